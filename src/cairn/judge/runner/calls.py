"""Which ready-made functions the learner's code calls, by their public names.

Python functions and C functions are seen by a profile hook. NumPy's ufuncs and dispatched functions are
neither to that hook, so while a call is watched the public names of the libraries lead to recorders.
"""

from __future__ import annotations

import linecache
import sys
import types
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

_MODULES = (
    "numpy", "numpy.linalg", "numpy.fft", "numpy.random", "numpy.lib.stride_tricks", "numpy.ma", "math",
    "statistics", "itertools", "functools", "collections", "heapq", "bisect", "random",
    "torch", "torch.nn.functional", "torch.linalg", "torch.optim", "torch.nn", "torch.nn.utils",
    "torch.special",
)  # fmt: skip


class _Recorder:
    """Stands for a function: notes the call if the learner's own code makes it, then makes it."""

    def __init__(self, function: Any, name: str, seen: Counter[str], files: set[str]) -> None:
        self.__wrapped__ = function
        self._note = (name, seen, files)

    def __call__(self, *args: object, **kwargs: object) -> object:
        name, seen, files = self._note
        if sys._getframe(1).f_code.co_filename in files:  # noqa: SLF001
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
        opaque: (module, function) by name, for those that a profile hook does not see.
        opaque_by_id: public name by the identity of such a function.
        codes: public name by the identity of the code of those that it does see.
    """

    def __init__(self, libraries: tuple[str, ...]) -> None:
        self.opaque: dict[str, list[tuple[str, Any]]] = {}
        self.opaque_by_id: dict[int, str] = {}
        self.codes: dict[int, str] = {}
        for library in libraries:
            for name, value in vars(sys.modules[library]).items():
                if name.startswith("_") or not callable(value):
                    continue
                for code in _codes(value):
                    self.codes.setdefault(id(code), f"{library}.{name}")
                if not isinstance(value, type | types.FunctionType):
                    self.opaque.setdefault(name, []).append((library, value))
                    self.opaque_by_id.setdefault(id(value), f"{library}.{name}")


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
    """Put recorders in place of functions named in the learner's code; gives what to put back.

    All of them would be several hundred, and each change copies a page of memory shared with the parent.
    """
    changed: list[tuple[dict[str, Any], str, object]] = []

    def replace(space: dict[str, Any], name: str, value: Any, dotted: str) -> None:
        changed.append((space, name, value))
        space[name] = _Recorder(value, dotted, counted, files)

    for name in _names(files):
        for library, value in public.opaque.get(name, ()):
            space = vars(sys.modules[library])
            if space.get(name) is value:
                replace(space, name, value, f"{library}.{name}")
    space = vars(module)
    for name, value in list(space.items()):
        dotted = public.opaque_by_id.get(id(value))
        if dotted is not None:
            replace(space, name, value, dotted)
    return changed


def _names(files: set[str]) -> set[str]:
    """Every name and every text in the code of the learner's files."""
    found: set[str] = set()
    for name in files:
        source = "".join(linecache.getlines(name))
        try:
            codes = [compile(source, name, "exec", dont_inherit=True)]
        except (SyntaxError, ValueError):
            codes = []
        while codes:
            code = codes.pop()
            found.update(code.co_names)
            found.update(c for c in code.co_consts if type(c) is str)
            codes += [c for c in code.co_consts if isinstance(c, types.CodeType)]
    return found


def _hook(
    counted: Counter[str], codes: dict[int, str], files: set[str]
) -> Callable[[types.FrameType, str, object], None]:
    def hook(frame: types.FrameType, event: str, argument: object) -> None:
        if event == "call":
            caller = frame.f_back
            if caller is None or caller.f_code.co_filename not in files or frame.f_code.co_filename in files:
                return
            name = codes.get(id(frame.f_code)) or _of_frame(frame)
            if not name.startswith("inside.") and "._" not in name:  # not what a method does
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
