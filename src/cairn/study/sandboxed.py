"""A learner's matrix formula, worked out in the judge's sandbox.

The formula was read by our own grammar already: what is sent is the tree, never a text that could be run, and the
program in the sandbox is our own evaluator. The sandbox adds limits of time and memory that hold whatever a tree does.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np

from cairn.curriculum.items import evaluation, formula
from cairn.curriculum.items.evaluation import Points, Value, at_points
from cairn.curriculum.items.formula import AnswerError, Call, Node, Num, Op, Row, Var
from cairn.judge import EndedError, Judge, JudgeError, LearnerError, Limits, TierError

LIMITS = Limits(cpu_s=1.0, wall_s=2.0, memory_bytes=128 << 20)
_LOST = "This formula could not be worked out: it takes too much time or memory."

_PROGRAM = """
import numpy as np
from cairn.curriculum.items import evaluation, formula


def node(tree):
    name, *parts = tree
    made = [tuple(node(m) for m in p) if type(p) is list else p for p in parts]
    return getattr(formula, name)(*made)


def work_out(tree, points):
    try:
        return True, [np.asarray(v, dtype=complex) for v in evaluation.at_points(node(tree), points)]
    except formula.AnswerError as error:
        return False, str(error)
"""


class Sandboxed:
    """A way to work out formulas, for `grade`: matrix formulas in the sandbox, all others here.

    Where this host has no sandbox the evaluator runs here, which is as exact; docs/decisions says why it is safe.
    """

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._absent = False

    def __call__(self, node: Node, where: Points) -> list[Value]:
        """The values of a formula at some points.

        Raises:
            AnswerError: it cannot be worked out, or took too long.
        """
        if self._absent or not _has_arrays(where):
            return at_points(node, where)
        try:
            session = self._judge.session("numpy")
        except (JudgeError, TierError, OSError):
            self._absent = True
            return at_points(node, where)
        with session:
            try:
                session.load(_PROGRAM, filename="formula.py", limits=LIMITS, modules=_modules())
                answer, _ = session.call((None, "work_out"), ([as_tree(node), [dict(p) for p in where]], {}))
            except (EndedError, LearnerError):
                raise AnswerError(_LOST) from None
        return _values(answer, len(where))


def _has_arrays(where: Points) -> bool:
    return any(np.ndim(v) == 2 for here in where for v in here.values())


def as_tree(node: Node) -> list[Any]:
    """A formula in plain values: the name of the node's type, then its fields; a tuple of nodes as a list."""
    match node:
        case Num(number, text):
            return ["Num", number, text]
        case Var(name):
            return ["Var", name]
        case Op(name, parts) | Call(name, parts):
            return [type(node).__name__, name, list(map(as_tree, parts))]
        case Row(members):
            return ["Row", list(map(as_tree, members))]


@cache
def _modules() -> Mapping[str, str]:
    """The evaluator's source, under its own names."""
    packages = ("cairn", "cairn.curriculum", "cairn.curriculum.items")
    return {
        **dict.fromkeys(packages, ""),
        **{m.__name__: inspect.getsource(m) for m in (formula, evaluation)},
    }


def _values(answer: object, count: int) -> list[Value]:
    """What the sandbox answered, every part of it checked.

    Raises:
        AnswerError: it refused the formula, or the answer is none.
    """
    match answer:
        case (True, list() as values) if len(values) == count and all(map(_is_value, values)):
            return [v[()] if v.ndim == 0 else v for v in values]
        case (False, str() as message):
            raise AnswerError(message[:500])
    raise AnswerError(_LOST)


def _is_value(v: object) -> bool:
    return isinstance(v, np.ndarray) and v.dtype == complex and v.ndim <= 2 and v.size <= evaluation.LARGEST
