"""How the code goes about it: what it changes, whether it repeats itself, what it calls, what it refuses."""

from __future__ import annotations

import ast
import fnmatch
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from cairn.judge.checks.check import setting
from cairn.judge.checks.compare import difference, failed
from cairn.judge.checks.sampling import raised
from cairn.judge.outcome import LearnerError
from cairn.judge.subject import Handle

_OPERATORS: dict[type[ast.operator], str] = {ast.MatMult: "operator.matmul"}


def no_mutation(function: Any, *args: object, **kwargs: object) -> None:
    """Check that the call leaves its arguments as they were.

    Raises:
        CheckFailed: naming the argument that was changed.
    """
    try:
        _, seen = function.watch((args, kwargs), "arguments")
    except LearnerError as error:
        raise raised(error, args) from error
    after, named = seen["arguments"]
    before = {**{f"argument {i + 1}": a for i, a in enumerate(args)}, **kwargs}
    now = {**{f"argument {i + 1}": a for i, a in enumerate(after)}, **named}
    for name, value in before.items():
        if isinstance(value, np.ndarray | list | dict | tuple) and difference(
            now[name], value, rtol=0, atol=0
        ):
            message = f"The call changed {name}. Work on a copy: the caller still needs what it passed in."
            raise failed(
                "the inputs are left as they were", message, args=args, got=now[name], expected=value
            )


def deterministic(function: Any, *args: object, **kwargs: object) -> None:
    """Check that the same call twice gives exactly the same.

    Raises:
        CheckFailed: with both results.
    """
    results, problem = function.map([(args, kwargs), (args, kwargs)])
    if problem is not None:
        raise raised(problem, args)
    found = difference(results[1], results[0], rtol=0, atol=0)
    if found is not None:
        message = f"Called again with the same arguments, the result {found.message}."
        raise failed(
            "the same call gives the same result", message, args=args, got=results[1], expected=results[0]
        )


def raises(function: Any, *args: object, error: str = "ValueError", **kwargs: object) -> None:
    """Check that a call is refused with a certain exception.

    Raises:
        CheckFailed: when it returns, or raises another one.
    """
    try:
        got = function(*args, **kwargs)
    except LearnerError as found:
        if found.type == error:
            return
        message = f"It raised {found} where it should raise {error}."
        raise failed(f"a bad argument raises {error}", message, args=args) from found
    message = f"It returned a value where it should raise {error}."
    raise failed(f"a bad argument raises {error}", message, args=args, got=got)


def from_scratch(function: Any, *args: object, forbid: Sequence[str], **kwargs: object) -> None:
    """Check that the code does the work itself.

    Two kinds of evidence: the functions the call really made, traced in the learner's process, and the names
    that stand in the source. The first is told by their process, so it convinces the honest; the second is
    read here.

    Args:
        function: the learner's.
        args: for the call that is traced.
        forbid: public dotted names, with `*` for any part: "numpy.linalg.*". "operator.matmul" is the `@`.
        kwargs: for the call that is traced.

    Raises:
        CheckFailed: naming what was called.
    """
    try:
        _, seen = function.watch((args, kwargs), "calls")
    except LearnerError as error:
        raise raised(error, args) from error
    called = seen.get("calls")
    names = [*called] if isinstance(called, dict) else []
    names += written(setting().source)
    found = sorted({name for name in map(str, names) if any(fnmatch.fnmatch(name, p) for p in forbid)})
    if found:
        what = ", ".join("the operator @" if n == "operator.matmul" else n for n in found)
        message = f"The code uses {what}. Here it is to be built from simpler operations."
        raise failed("written from scratch", message, detail={"called": found})


@lru_cache(maxsize=64)
def written(source: str) -> tuple[str, ...]:
    """Full dotted names of library functions that stand in a source, and of operators."""
    try:
        return tuple(_written(ast.parse(source)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()


def _written(tree: ast.Module) -> Iterator[str]:
    bound: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                top = alias.name if alias.asname else alias.name.split(".")[0]
                bound[alias.asname or top] = top
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            bound.update({a.asname or a.name: f"{node.module}.{a.name}" for a in node.names})
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = _dotted(node.func)
            head, _, rest = name.partition(".")
            if head in bound:
                yield f"{bound[head]}.{rest}" if rest else bound[head]
        elif isinstance(node, ast.BinOp | ast.AugAssign) and type(node.op) in _OPERATORS:
            yield _OPERATORS[type(node.op)]


def _dotted(node: ast.expr) -> str:
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(parts)]) if isinstance(node, ast.Name) else ""


def parameter_count(found: object, expected: int) -> None:
    """Check how many numbers a model learns.

    Args:
        found: a number, or arrays in any nesting of lists, tuples and dicts.
        expected: how many there should be.

    Raises:
        CheckFailed: with both counts.
    """
    count = _count(found)
    if count != expected:
        message = f"There are {count} parameters, not {expected}."
        raise failed("the number of parameters is right", message, got=count, expected=expected)


def _count(value: Any) -> int:
    if isinstance(value, bool | int | np.integer):
        return int(value)
    if isinstance(value, dict):
        return sum(map(_array_size, value.values()))
    return _array_size(value)


def _array_size(value: Any) -> int:
    if isinstance(value, dict):
        return sum(map(_array_size, value.values()))
    if isinstance(value, list | tuple):
        return sum(map(_array_size, value))
    return 0 if isinstance(value, Handle) or value is None else int(np.size(value))
