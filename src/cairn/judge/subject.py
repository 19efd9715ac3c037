"""Modules as checks see them: the learner's, somewhere else, and the reference, here. Both are used alike."""

from __future__ import annotations

import copy
import sys
import types
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import numpy as np

from cairn.judge import trail
from cairn.judge.outcome import LearnerError
from cairn.judge.protocol import Code, Generator, Reference, Tensor, names
from cairn.judge.session import Arguments, Session, Target

_LAZY = (range, zip, map, filter, enumerate, Iterator)


class RemoteFunction:
    """A function, class or method of the learner's."""

    def __init__(self, session: Session, target: Target, name: str, reference: Reference) -> None:
        self._session, self._target, self.name, self._reference = session, target, name, reference

    def __call__(self, *args: object, **kwargs: object) -> Any:
        """Call it there; plain values come back as they are, objects as handles.

        Raises:
            LearnerError: when it raises.
            EndedError: when the learner's process ended.
        """
        result, _ = self._session.call(self._target, (args, kwargs))
        found = wrap(self._session, result, self._target, self.name)
        if self._target[0] is None:
            trail.note(self._target[1], args, kwargs, found)
        return found

    def map(self, batch: Sequence[Arguments]) -> tuple[list[Any], LearnerError | None]:
        """Call it for each set of arguments in one round trip; stops at the first that raises."""
        results, problem = self._session.map(self._target, batch)
        found = [wrap(self._session, r, self._target, self.name) for r in results]
        if self._target[0] is None:
            for (args, kwargs), got in zip(batch, found, strict=False):
                trail.note(self._target[1], tuple(args), kwargs, got)
        return found, problem

    def watch(self, arguments: Arguments, *watch: str) -> tuple[Any, dict[str, Any]]:
        """Call it and report "arguments" (as they are afterwards), "calls", "cost" or "shapes"."""
        return self._session.call(self._target, arguments, watch)

    def __repr__(self) -> str:
        return f"learner.{self.name}"


class Handle:
    """An object of the learner's that stays in their process. Its attributes are fetched as they are read."""

    def __init__(self, session: Session, reference: Reference) -> None:
        object.__setattr__(self, "_session", session)
        object.__setattr__(self, "_reference", reference)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        target = (self._reference.number, name)
        return wrap(self._session, self._session.get(target), target, f"{self._reference.name}.{name}")

    def __setattr__(self, name: str, value: object) -> None:
        self._session.set((self._reference.number, name), value)

    def __call__(self, *args: object, **kwargs: object) -> Any:
        """Call the object itself."""
        target = (self._reference.number, "")
        result, _ = self._session.call(target, (args, kwargs))
        return wrap(self._session, result, target, self._reference.name)

    def __repr__(self) -> str:
        return f"<{self._reference.name} of the learner's>"


class RemoteModule:
    """The learner's module. `module.softmax` is a remote function, `module.EPS` a plain value."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._functions: dict[str, RemoteFunction] = {}

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name not in self._functions:
            value = self._session.get((None, name))
            found = wrap(self._session, value, (None, name), name)
            if (
                isinstance(value, Reference) and value.kind == "callable"
            ):  # an object that stands as a function
                found = RemoteFunction(self._session, (None, name), name, value)
            if not isinstance(found, RemoteFunction):
                return found
            self._functions[name] = found
        return self._functions[name]


def wrap(session: Session, value: object, target: Target, name: str) -> Any:
    """References as things that can be used; everything else as it is."""
    if isinstance(value, Reference):
        if value.kind in {"object", "callable"}:
            return Handle(session, value)
        # What a call gave back has no name to be found by, only its number.
        named = target[1].rsplit(".", 1)[-1] == value.name
        return RemoteFunction(session, target if named else (value.number, ""), value.name or name, value)
    if type(value) in {list, tuple}:
        return type(value)(wrap(session, v, target, name) for v in value)  # type: ignore[attr-defined, call-arg]
    return value


class LocalFunction:
    """A function, class or method of the reference solution."""

    def __init__(self, function: Any, name: str, runtime: str) -> None:
        self._function, self.name, self._runtime = function, name, runtime

    def __call__(self, *args: object, **kwargs: object) -> Any:
        """Call it on copies, so that it cannot change what the learner was given."""
        given = [_inward(a, self._runtime) for a in args]
        named = {k: _inward(v, self._runtime) for k, v in kwargs.items()}
        return _outward(self._function(*given, **named), self._runtime)

    def map(self, batch: Sequence[Arguments]) -> tuple[list[Any], LearnerError | None]:
        """Call it for each set of arguments."""
        return [self(*args, **kwargs) for args, kwargs in batch], None

    def __repr__(self) -> str:
        return f"reference.{self.name}"


class LocalObject:
    """An object of the reference solution's."""

    def __init__(self, value: object, runtime: str) -> None:
        object.__setattr__(self, "_value", value)
        object.__setattr__(self, "_runtime", runtime)

    def __getattr__(self, name: str) -> Any:
        return _named(getattr(self._value, name), name, self._runtime)

    def __setattr__(self, name: str, value: object) -> None:
        setattr(self._value, name, _inward(value, self._runtime))

    def __call__(self, *args: object, **kwargs: object) -> Any:
        """Call the object itself."""
        return LocalFunction(self._value, type(self._value).__name__, self._runtime)(*args, **kwargs)


class LocalModule:
    """The reference solution, to be used like the learner's module."""

    def __init__(self, module: types.ModuleType, runtime: str = "numpy") -> None:
        self._module, self._runtime = module, runtime
        if runtime == "torch" and "torch" in sys.modules:
            # A reference works on small tensors: waking a pool of threads costs more than the work itself.
            sys.modules["torch"].set_num_threads(1)

    def __getattr__(self, name: str) -> Any:
        return _named(getattr(self._module, name), name, self._runtime)


def evaluated(code: Code) -> Any:
    """The value of an expression that an author wrote, in this process."""
    return eval(compile(code.source, "<given>", "eval"), names())  # authors are trusted  # noqa: S307


def _named(value: Any, name: str, runtime: str) -> Any:
    if isinstance(value, type | types.FunctionType | types.MethodType | types.BuiltinFunctionType | np.ufunc):
        return LocalFunction(value, name, runtime)
    return _outward(value, runtime)


def _inward(value: Any, runtime: str) -> Any:
    """What the reference gets for an argument: a copy, and what the protocol's special values stand for."""
    if isinstance(value, LocalObject):
        return value._value  # noqa: SLF001
    if isinstance(value, LocalFunction):
        return value._function  # noqa: SLF001
    if isinstance(value, Code):
        return evaluated(value)
    if isinstance(value, Generator):
        if runtime == "torch":
            return sys.modules["torch"].Generator().manual_seed(value.seed)
        return np.random.default_rng(value.seed)
    if isinstance(value, np.ndarray):
        return sys.modules["torch"].from_numpy(value.copy()) if runtime == "torch" else value.copy()
    if type(value) in {list, tuple}:
        return type(value)(_inward(v, runtime) for v in value)
    if type(value) is dict:
        return {k: _inward(v, runtime) for k, v in value.items()}
    return copy.copy(value)


def _outward(value: Any, runtime: str) -> Any:
    """What the learner's result would look like after its journey."""
    torch = sys.modules.get("torch") if runtime == "torch" else None
    if torch is not None and isinstance(value, torch.Tensor):
        plain = value.detach().resolve_conj().resolve_neg().cpu()
        plain = plain if plain.layout == torch.strided else plain.to_dense()
        return (plain.float() if plain.dtype == torch.bfloat16 else plain).numpy().copy()
    if torch is not None and isinstance(value, torch.dtype):
        return str(value)
    if isinstance(value, Tensor):
        return value.array
    if isinstance(value, np.ndarray):
        return np.array(value)
    if isinstance(value, _LAZY):
        return [_outward(v, runtime) for v in islice(value, 100_000)]
    if type(value) in {list, tuple}:
        return type(value)(_outward(v, runtime) for v in value)
    if isinstance(value, Mapping):
        return {k: _outward(v, runtime) for k, v in value.items()}
    if isinstance(value, set | frozenset | str | bytes | int | float | complex | np.generic) or value is None:
        return value
    return (
        LocalFunction(value, "", runtime)
        if callable(value) and not _stateful(value)
        else LocalObject(value, runtime)
    )


def _stateful(value: object) -> bool:
    return not isinstance(value, types.FunctionType | types.MethodType | types.BuiltinFunctionType | type)
