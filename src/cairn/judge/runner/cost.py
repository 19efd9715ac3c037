"""What a call costs, counted rather than timed: operations and peak memory.

Operations are lines of the learner's own code plus the elements NumPy worked through for it. The arguments
arrive as arrays of a counting kind; whatever is computed from them is of that kind too.
"""

from __future__ import annotations

import sys
import tracemalloc
import types
from collections.abc import Callable
from typing import Any

import numpy as np

from . import tensors


class _Counter:
    operations = 0


class Counting(np.ndarray[Any, Any]):
    """An array that counts the elements of every operation it takes part in."""

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **kwargs: Any) -> Any:
        """Count, compute on plain arrays, hand back counting ones."""
        out = kwargs.get("out")
        if out is not None:
            kwargs["out"] = tuple(_plain(o) for o in out)
        plain = [_plain(i) for i in inputs]
        result = getattr(ufunc, method)(*plain, **kwargs)
        _Counter.operations += _product(plain) if ufunc is np.matmul else _size([*plain, result])
        if out is not None:
            return out[0] if len(out) == 1 else out
        return _counting(result)

    def __array_function__(self, func: Any, kinds: Any, args: Any, kwargs: Any) -> Any:
        """The same for NumPy's other functions."""
        plain_args, plain_kwargs = _deep(args, _plain), _deep(kwargs, _plain)
        result = func(*plain_args, **plain_kwargs)
        name = getattr(func, "__name__", "")
        arrays = [a for a in plain_args if isinstance(a, np.ndarray)]
        if name in {"dot", "matmul", "inner"} and len(arrays) == 2:
            _Counter.operations += _product(arrays)
        elif name == "einsum":
            _Counter.operations += _einsum(plain_args)
        else:
            _Counter.operations += _size([*arrays, result])
        return _deep(result, _counting)


def watched(
    call: Callable[[], object], seen: dict[str, object], files: set[str], module: types.ModuleType
) -> Callable[[], object]:
    """The call with `seen["cost"]` = (operations, peak bytes)."""

    def line(frame: types.FrameType, event: str, argument: object) -> Any:
        del argument
        if event == "line":
            _Counter.operations += 1
        return line if frame.f_code.co_filename in files else None

    def run() -> object:
        changed = _record(vars(np)) + _record(vars(module))
        tally = tensors.Tally.begin() if "torch" in sys.modules else None
        _Counter.operations = 0
        tracemalloc.start(1)
        sys.settrace(line)
        try:
            return call()
        finally:
            sys.settrace(None)
            for space, name, function in changed:
                space[name] = function
            if tally is not None:
                _Counter.operations += tally.end()
            _, peak = tracemalloc.get_traced_memory()
            tracemalloc.stop()
            seen["cost"] = (_Counter.operations, peak)

    return run


# What makes a plain array of whatever it is given: without these, `np.asarray(x)` would end the counting.
_MAKERS = {
    id(getattr(np, name)): getattr(np, name)
    for name in (
        "array", "asarray", "asanyarray", "ascontiguousarray", "asfortranarray", "copy", "require", "zeros",
        "ones", "empty", "full", "arange", "linspace", "eye", "identity", "fromiter",
    )
}  # fmt: skip


class _Maker:
    """Stands for a function that makes an array: makes it, counts its elements, gives it as a counting one."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.__wrapped__ = function

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        result = self.__wrapped__(*_deep(args, _plain), **_deep(kwargs, _plain))
        _Counter.operations += _size([result])
        return _counting(result)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.__wrapped__, name)


def _record(space: dict[str, Any]) -> list[tuple[dict[str, Any], str, Any]]:
    """Put counting makers in place of NumPy's in a namespace; gives what to put back."""
    found = [(space, name, value) for name, value in space.items() if id(value) in _MAKERS]
    for _, name, value in found:
        space[name] = _Maker(value)
    return found


def counting(value: object) -> object:
    """Arrays in a value as counting ones."""
    return _deep(value, _counting)


def _plain(value: object) -> object:
    return value.view(np.ndarray) if isinstance(value, Counting) else value


def _counting(value: object) -> object:
    if isinstance(value, np.ndarray) and value.ndim:
        return value.view(Counting)
    return tuple(map(_counting, value)) if type(value) is tuple else value


def _deep(value: Any, change: Callable[[object], object]) -> Any:
    if type(value) in {list, tuple}:
        return type(value)(_deep(v, change) for v in value)
    if type(value) is dict:
        return {k: _deep(v, change) for k, v in value.items()}
    return change(value)


def _size(values: list[Any]) -> int:
    return max((v.size for v in values if isinstance(v, np.ndarray)), default=1)


def _product(arrays: list[Any]) -> int:
    """Multiplications of a matrix product."""
    left, right = (np.asarray(a) for a in arrays[:2])
    inner = left.shape[-1] if left.ndim else 1
    columns = right.shape[-1] if right.ndim > 1 else 1
    rows = left.size // max(inner, 1)
    batch = right.size // max(inner * columns, 1) if right.ndim > 2 and left.ndim <= 2 else 1
    return rows * inner * columns * batch


def _einsum(args: Any) -> int:
    """The product of all index ranges: what a sum over every index would cost."""
    if not args or not isinstance(args[0], str):
        return _size(list(args))
    inputs = args[0].split("->")[0].split(",")
    ranges: dict[str, int] = {}
    for letters, array in zip(inputs, args[1:], strict=False):
        ranges.update(zip(letters.strip(), np.shape(array), strict=False))
    total = 1
    for n in ranges.values():
        total *= n
    return total
