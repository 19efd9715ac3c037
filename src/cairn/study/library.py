"""The learner's own package, grown from accepted exercises."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

PACKAGE = "mylib"


@dataclass(frozen=True, slots=True)
class Part:
    """One module of the library.

    Attributes:
        exercise: the exercise it answers.
        names: what it defines for others.
        source: its source text.
        own: whether the learner wrote it; else it is the reference, standing in until they do.
        named: whether the package itself names what it defines. What needs PyTorch is only found as a module, so that
            `import mylib` stays quick, and one name stands for one thing.
    """

    exercise: str
    names: tuple[str, ...]
    source: str
    own: bool
    named: bool = True

    @property
    def module(self) -> str:
        """Its module's name within the package: `softmax-from-scratch` is `softmax_from_scratch`."""
        return self.exercise.replace("-", "_").replace(".", "_")


def modules(parts: Iterable[Part]) -> Mapping[str, str]:
    """The sources of the package by dotted name, as they are importable in an exercise.

    `from mylib import softmax` and `from mylib.softmax_from_scratch import softmax` both work.
    """
    chosen = list(parts)
    found = {f"{PACKAGE}.{part.module}": part.source for part in chosen}
    return {PACKAGE: front(chosen), **found} if chosen else {}


def front(parts: Iterable[Part]) -> str:
    """The package's `__init__.py`: every name, and who wrote it."""
    lines = ['"""Built from your accepted exercises by Cairn. Edit the exercise, not this package."""', ""]
    for part in sorted(parts, key=lambda p: p.module):
        who = "" if part.own else "  # the reference, until you have written yours"
        lines += [f"from {PACKAGE}.{part.module} import {name}{who}" for name in part.names if part.named]
    return "\n".join([*lines, ""])
