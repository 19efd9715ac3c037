"""One submission, as its judge sees it: a module somewhere else, whose names can be called."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Self

import numpy as np

from cairn.judge.conversation import Conversation, raised
from cairn.judge.outcome import EndedError, LearnerError, Outcome
from cairn.judge.protocol import Code, Reference, Tensor
from cairn.judge.sandbox.limits import Limits
from cairn.judge.sandbox.tier import Tier

Arguments = tuple[Sequence[object], Mapping[str, object]]
Target = tuple[int | None, str]


class Session:
    """A context manager for one submission. On leaving, the learner's process is gone.

    Attributes:
        tier: how the process is held.
        layers: what holds it, from the outside in, and what limits its memory.
        versions: of Python and the libraries in it.
    """

    def __init__(self, conversation: Conversation, runtime: str, closed: Callable[[], None]) -> None:
        self._conversation = conversation
        self._runtime = runtime
        self._closed = closed
        self.tier: Tier = conversation.parent.tier
        self.layers = (*self.tier.layers, conversation.memory_held_by)
        self.versions = conversation.parent.versions
        self.names: tuple[str, ...] = ()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def load(
        self,
        source: str,
        *,
        filename: str = "solution.py",
        limits: Limits | None = None,
        seed: int = 0,
        modules: Mapping[str, str] | None = None,
    ) -> None:
        """Run the learner's source; to be done once, first.

        Args:
            source: Python source.
            filename: what tracebacks call it.
            limits: for this and all later requests together.
            seed: for the generators a module may use without asking.
            modules: further modules by dotted name, importable by the source.

        Raises:
            LearnerError: when running it raised.
            EndedError: when it ended its process, or had to be ended.
        """
        inner = self._conversation.begin(limits or Limits())
        body = {"source": source, "filename": filename, "seed": seed, "modules": dict(modules or {})}
        names = self._conversation.ask("load", {**body, "limits": inner, "listen": True})
        self.names = tuple(n for n in names if type(n) is str) if type(names) is list else ()

    def call(
        self, target: Target, arguments: Arguments, watch: Sequence[str] = ()
    ) -> tuple[Any, dict[str, Any]]:
        """Call something; gives its result and what was watched ("arguments", "calls", "cost", "shapes").

        Raises:
            LearnerError: when it raised.
            EndedError: when the process ended or had to be ended.
        """
        args, kwargs = self._outward(arguments)
        found = self._conversation.ask(
            "call", {"target": target, "args": args, "kwargs": kwargs, "watch": tuple(watch)}
        )
        result, seen = self._pair(found)
        return self._inward(result), {k: self._inward(v) for k, v in seen.items()} if type(
            seen
        ) is dict else {}

    def map(self, target: Target, batch: Sequence[Arguments]) -> tuple[list[Any], LearnerError | None]:
        """Call something once for each set of arguments, in one round trip; ends at the first that raises."""
        sent = [self._outward(arguments) for arguments in batch]
        found = self._conversation.ask("map", {"target": target, "batch": sent})
        results, problem = self._pair(found)
        if type(results) is not list or len(results) > len(batch):
            raise self._broken()
        if problem is None and len(results) != len(batch):
            raise self._broken()
        return [self._inward(r) for r in results], None if problem is None else raised(problem)

    def get(self, target: Target) -> Any:
        """The value of a name or attribute: a plain value, or a reference to what must stay there."""
        return self._inward(self._conversation.ask("get", {"target": target}))

    def set(self, target: Target, value: object) -> None:
        """Set an attribute."""
        self._conversation.ask("set", {"target": target, "value": self._value_out(value)})

    def drop(self, numbers: Sequence[int]) -> None:
        """Let objects go."""
        self._conversation.ask("drop", {"numbers": list(numbers)})

    @property
    def output(self) -> str:
        """What the code printed so far, cut to the limit."""
        return self._conversation.output

    @property
    def output_cut(self) -> bool:
        """Whether it printed more than was kept."""
        return self._conversation.output_cut

    @property
    def memory_bytes(self) -> int:
        """The most memory it was seen to hold beyond the warm parent's."""
        return self._conversation.memory_bytes

    @property
    def open(self) -> bool:
        """Whether something can still be asked."""
        return self._conversation.open

    def close(self) -> None:
        """End the learner's process."""
        if self._closed is not _nothing:
            self._conversation.end()
            closed, self._closed = self._closed, _nothing
            closed()

    def _outward(self, arguments: Arguments) -> tuple[tuple[object, ...], dict[str, object]]:
        args, kwargs = arguments
        return tuple(map(self._value_out, args)), {k: self._value_out(v) for k, v in kwargs.items()}

    def _value_out(self, value: Any) -> Any:
        """What is sent for a value: the learner's objects by number, arrays as tensors for torch."""
        reference = getattr(value, "_reference", None)
        if isinstance(reference, Reference):
            return reference
        if isinstance(value, np.ndarray) and self._runtime == "torch":
            return Tensor(value)
        if isinstance(value, Code):
            return Code(value.source)
        if type(value) in {list, tuple}:
            return type(value)(self._value_out(v) for v in value)
        if type(value) is dict:
            return {k: self._value_out(v) for k, v in value.items()}
        return value

    def _inward(self, value: Any) -> Any:
        """A value that arrived: tensors as arrays."""
        if isinstance(value, Tensor):
            return value.array
        if type(value) in {list, tuple}:
            return type(value)(self._inward(v) for v in value)
        if type(value) is dict:
            return {k: self._inward(v) for k, v in value.items()}
        return value

    def _pair(self, value: object) -> tuple[Any, Any]:
        if type(value) is not tuple or len(value) != 2:
            raise self._broken()
        return value[0], value[1]

    def _broken(self) -> EndedError:
        self._conversation.end()
        return EndedError(Outcome.FORBIDDEN, "the answer broke the judge's protocol")


def _nothing() -> None:
    """What closing again does."""
