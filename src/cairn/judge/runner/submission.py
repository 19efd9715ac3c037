"""The learner's module and objects, and the requests that can be made of them."""

from __future__ import annotations

import random
import sys
import types
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

import numpy as np

from ..protocol import Code, Generator, Reference, Tensor, names
from ..sandbox import limits
from . import calls, cost, module, shapes
from .denials import Denials

MOST_OBJECTS = 100_000
MOST_ITEMS = 20_000

Request = dict[str, Any]


class Submission:
    """Holds one module and a table of the objects the driver speaks of by number."""

    def __init__(self, runtime: str, denials: Denials) -> None:
        self.torch: Any = sys.modules.get("torch") if runtime == "torch" else None
        self.denials = denials
        self.module = types.ModuleType("solution")
        self.files: set[str] = set()
        self.objects: dict[int, object] = {}
        self.numbers: dict[int, int] = {}

    # ---- requests ---------------------------------------------------------------------------------------

    def do_load(self, body: Request) -> object:
        """Run the learner's source; gives the names it defines."""
        filename, sources = body["filename"], body["modules"]
        self.files = {filename, *(module.Library.filename(name) for name in sources)}
        sys.meta_path.insert(0, module.Library(sources))
        np.random.seed(body["seed"] % (1 << 32))  # learners use the old interface too
        random.seed(body["seed"])
        if self.torch is not None:
            self.torch.default_generator.manual_seed(body["seed"])  # torch.manual_seed asks every device too
        if body.get("listen"):
            self.denials.listen()
        limits.at_load(*body["limits"])
        self.module = module.execute(body["source"], filename)
        return sorted(name for name in vars(self.module) if type(name) is str and not name.startswith("__"))

    def do_call(self, body: Request) -> object:
        """Call a function, class or method; gives its result and what was watched."""
        function = self.find(body["target"])
        args = tuple(self.inward(a) for a in body["args"])
        if "cost" in body["watch"]:
            args = tuple(cost.counting(a) for a in args)
        kwargs = {name: self.inward(a) for name, a in body["kwargs"].items()}
        seen: dict[str, object] = {}
        call: Callable[[], object] = lambda: function(*args, **kwargs)  # noqa: E731
        for watch in body["watch"]:
            if watch != "arguments":
                call = _WATCHES[watch](call, seen, self.files, self.module)
        result = call()
        if "arguments" in body["watch"]:
            seen["arguments"] = (args, kwargs)
        return result, seen

    def do_map(self, body: Request) -> object:
        """Call a function once for each set of arguments; stops at the first that raises."""
        function = self.find(body["target"])
        results: list[object] = []
        for args, kwargs in body["batch"]:
            try:
                found = function(*map(self.inward, args), **{n: self.inward(a) for n, a in kwargs.items()})
                results.append(self.settled(found))
            except BaseException as error:  # the answers so far are wanted all the same  # noqa: BLE001
                return results, self.describe(error)
        return results, None

    def do_get(self, body: Request) -> object:
        """The value of a name or attribute."""
        return self.find(body["target"])

    def do_set(self, body: Request) -> None:
        """Set an attribute of the module or of an object."""
        number, name = body["target"]
        setattr(self.module if number is None else self.objects[number], name, self.inward(body["value"]))

    def do_drop(self, body: Request) -> None:
        """Forget objects."""
        for number in body["numbers"]:
            found = self.objects.pop(number, None)
            self.numbers.pop(id(found), None)

    # ---- values -----------------------------------------------------------------------------------------

    def find(self, target: tuple[int | None, str]) -> Any:
        """A dotted name from the module, or from an object given by its number."""
        number, path = target
        found: Any = self.module if number is None else self.objects[number]
        for name in path.split(".") if path else ():
            found = getattr(found, name)
        return found

    def inward(self, value: object) -> object:
        """What a learner's function gets for a decoded value."""
        match value:
            case list() | tuple() | set():
                return type(value)(self.inward(v) for v in value)
            case dict():
                return {k: self.inward(v) for k, v in value.items()}
            case Code():
                module.show_source("<given>", value.source)
                return eval(compile(value.source, "<given>", "eval"), names())  # noqa: S307
            case Generator():
                if self.torch is not None:
                    return self.torch.Generator().manual_seed(value.seed)
                return np.random.default_rng(value.seed)
            case Reference():
                return self.objects[value.number]
            case Tensor():
                return self.torch.from_numpy(value.array)
        return value

    def settled(self, value: object) -> object:
        """The value as it is now: an array that the next call may write into is copied."""
        return value.copy() if type(value) is np.ndarray else value

    def outward(self, value: object) -> object | None:
        """What travels for a value the protocol has no code for: an array, a list or a reference."""
        torch = self.torch
        kind_of = type(value)  # not isinstance, which asks the object itself
        if torch is not None and issubclass(kind_of, torch.Tensor):
            return _tensor(torch, value)
        if torch is not None and kind_of is torch.dtype:
            return str(value)
        if issubclass(kind_of, _LAZY):
            return list(islice(value, MOST_ITEMS))  # type: ignore[call-overload]
        number = self.numbers.get(id(value))
        if number is None:
            if len(self.objects) >= MOST_OBJECTS:
                raise MemoryError(f"more than {MOST_OBJECTS} objects are held")
            number = len(self.objects) + 1
            self.objects[number] = value
            self.numbers[id(value)] = number
        kind = _kind(kind_of, value)
        named = value if kind == "class" else kind_of
        name = (
            getattr(value, "__name__", None)
            if kind == "function"
            else type.__getattribute__(named, "__name__")
        )
        return Reference(number, kind, name[:100] if type(name) is str else "")

    def describe(self, error: BaseException) -> dict[str, object]:
        """An exception in plain values."""
        refused = self.denials.of(error)  # first: describing opens files, which is noticed too
        return {**module.describe(error, self.files), "refused": refused}


def _kind(kind_of: type, value: object) -> str:
    """What the driver makes of an object; one with a state that can be called is more than a function."""
    if issubclass(kind_of, type):
        return "class"
    if issubclass(kind_of, _FUNCTIONS):
        return "function"
    return "callable" if callable(value) else "object"


def _tensor(torch: Any, value: Any) -> Tensor:
    """A tensor's numbers alone: no graph, no subclass, no device, no strides, no lazy conjugate."""
    plain = torch.Tensor.detach(value).resolve_conj().resolve_neg().cpu()
    if plain.layout != torch.strided:
        plain = plain.to_dense()
    if plain.dtype == torch.bfloat16:
        return Tensor(plain.float().numpy(), brain=True)
    return Tensor(plain.contiguous().numpy())


_LAZY: tuple[type, ...] = (
    range,
    zip,
    map,
    filter,
    enumerate,
    Iterator,
    type({}.keys()),
    type({}.values()),
    type({}.items()),
)
_FUNCTIONS = (
    types.FunctionType,
    types.MethodType,
    types.BuiltinFunctionType,
    types.MethodWrapperType,
    np.ufunc,
)
_WATCHES = {"calls": calls.watched, "cost": cost.watched, "shapes": shapes.watched}
