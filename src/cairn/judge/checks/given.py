"""Arguments that are not plain values: a function to be called, a generator to draw from."""

from __future__ import annotations

from typing import Any

from cairn.judge.protocol import Code, Generator
from cairn.judge.subject import evaluated


class Function(Code):
    """A function written as an expression: handed to the learner's code, and callable here."""

    def __call__(self, *args: object) -> Any:
        """The function's value, worked out in this process."""
        return evaluated(self)(*args)


def function(source: str, *, calls: int | None = None) -> Function:
    """A function to pass to the learner's code, such as `c.function("lambda x: (x ** 2).sum()")`.

    Args:
        source: an expression in which `np` and `math` are known, and `torch` for PyTorch exercises. The
            learner can read it: it must not be the answer.
        calls: how often it may be called. One call more and the verdict says which budget was spent.
    """
    return Function(source if calls is None else f"at_most({calls}, {source})")


def generator(seed: int) -> Generator:
    """A NumPy generator, made afresh from its seed for each call, for the learner as for the reference."""
    return Generator(seed)
