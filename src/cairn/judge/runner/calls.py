"""Which ready-made functions the learner's code calls, by their public names.

Python functions and C functions are seen by a profile hook. NumPy's ufuncs and dispatched functions are
neither to that hook, so while a call is watched the public names of the libraries lead to recorders.
"""

from __future__ import annotations

import sys
import types
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

_MODULES = (
    "numpy", "numpy.linalg", "numpy.fft", "numpy.random", "numpy.lib.stride_tricks", "numpy.ma", "math",
    "statistics", "itertools", "functools", "collections", "heapq", "bisect", "random", "torch", "torch.nn.functional",
    "torch.linalg", "torch.optim", "torch.nn", "torch.nn.utils", "torch.special",
)  # fmt: skip


class _Recorder:
    """Stands for a function: notes the call if the learner's own code makes it, then makes it."""

    def __init__(self, function: Any, name: str, seen: Counter[str], files: set[str]) -> None:
        self.__wrapped__ = function
        self._note = (name, seen, files)

    def __call__(self, *args: object, **kwargs: object) -> object:
        name, seen, files = self._note
        if sys._getframe(1).f_code.co_filename in files:
            seen[name] += 1
        return self.__wrapped__(*args, **kwargs)

    def __getattr__(self, name: str) -> object:
        return getattr(self.__wrapped__, name)


def watched(
    call: Callable[[], object], seen: dict[str, object], files: set[str], module: types.ModuleType
) -> Callable[[], object]:
    """The call with its library calls counted into `seen["calls"]`: public dotted name to number of calls."""
    counted: Counter[str] = Counter()

    def run() -> object:
        libraries = tuple(name for name in _MODULES if name in sys.modules)
        public = _public(libraries)
        changed = _record(public, counted, files, module)
        sys.setprofile(_hook(counted, public.codes, files))
        try:
            return call()
        finally:
            sys.setprofile(None)
            for space, name, function in changed:
                space[name] = function
            seen["calls"] = dict(counted)

    return run


class _Public:
    """The public functions of some libraries.

    Attributes:
        opaque: (module, name, function) for those that a profile hook does not see.
        codes: public name by the identity of the code of those that it does see.
    """

    def __init__(self, libraries: tuple[str, ...]) -> None:
        self.opaque: list[tuple[str, str, Any]] = []
        self.codes: dict[int, str] = {}
        for library in libraries:
            for name, value in vars(sys.modules[library]).items():
                if name.startswith("_") or not callable(value):
                    continue
                for code in _codes(value):
                    self.codes.setdefault(id(code), f"{library}.{name}")
                if not isinstance(value, type | types.FunctionType):
                    self.opaque.append((library, name, value))


_public = cache(_Public)  # made in the warm parent, where every child finds it


def _codes(function: Any) -> Iterator[types.CodeType]:
    for candidate in (
        function,
        getattr(function, "__wrapped__", None),
        getattr(function, "_implementation", None),
    ):
        code = getattr(candidate, "__code__", None)
        if isinstance(code, types.CodeType):
            yield code
    if isinstance(function, type):
        code = getattr(vars(function).get("__init__"), "__code__", None)
        if isinstance(code, types.CodeType):
            yield code


def _record(
    public: _Public, counted: Counter[str], files: set[str], module: types.ModuleType
) -> list[tuple[dict[str, Any], str, object]]:
    """Put recorders in place of functions; gives what to put back."""
    changed: list[tuple[dict[str, Any], str, object]] = []
    recorders: dict[int, _Recorder] = {}
    for library, name, value in public.opaque:
        recorder = recorders.get(id(value))
        if recorder is None:
            recorders[id(value)] = recorder = _Recorder(value, f"{library}.{name}", counted, files)
        space = vars(sys.modules[library])
        if space.get(name) is value:
            changed.append((space, name, value))
            space[name] = recorder
    space = vars(module)
    for name, value in list(space.items()):
        if id(value) in recorders:
            changed.append((space, name, value))
            space[name] = recorders[id(value)]
    return changed


def _hook(
    counted: Counter[str], codes: dict[int, str], files: set[str]
) -> Callable[[types.FrameType, str, object], None]:
    def hook(frame: types.FrameType, event: str, argument: object) -> None:
        if event == "call":
            caller = frame.f_back
            if caller is None or caller.f_code.co_filename not in files or frame.f_code.co_filename in files:
                return
            name = codes.get(id(frame.f_code)) or _of_frame(frame)
            if not name.startswith("inside.") and "._" not in name:  # what a method does inside is not a call
                counted[name] += 1
        elif event == "c_call" and frame.f_code.co_filename in files:
            counted[_of_builtin(argument)] += 1

    return hook


def _of_frame(frame: types.FrameType) -> str:
    return f"{frame.f_globals.get('__name__', '?')}.{frame.f_code.co_qualname}"


def _of_builtin(function: Any) -> str:
    owner = getattr(function, "__self__", None)
    name = getattr(function, "__name__", "?")
    if owner is None or isinstance(owner, types.ModuleType):
        return f"{getattr(function, '__module__', None) or 'builtins'}.{name}"
    kind = owner if isinstance(owner, type) else type(owner)
    return f"{kind.__module__}.{kind.__qualname__}.{name}"
