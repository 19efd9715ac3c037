"""The judge's own process: keeps warm parents and ready children, and hands out sessions."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable
from types import TracebackType
from typing import Self

from cairn.judge import probe, staging
from cairn.judge.conversation import Conversation
from cairn.judge.outcome import EndedError, JudgeError, KilledError
from cairn.judge.parent import Child, Parent
from cairn.judge.sandbox.tier import Tier, TierError
from cairn.judge.session import Session

_STARTS = 4
_STRONGEST_FIRST = (Tier.FULL, Tier.CHILD_ONLY, Tier.PLAIN)


class Judge:
    """Hands out sessions, each a process of its own. Safe to use from several threads.

    Nothing is started before it is needed. A context manager: on leaving, every process is gone.
    """

    def __init__(self, tier: Tier | None = None, *, parallel: int | None = None, spares: int = 1) -> None:
        """Choose how submissions are held.

        Args:
            tier: the tier to use; by default the strongest this host gives. If it is named and cannot be had,
                the first session raises: a judge never runs code in a weaker tier than it was asked for.
            parallel: how many submissions may run at once; by default one for each processor.
            spares: how many children of each runtime wait ready for the next submission.
        """
        self._wanted = tier
        self._tier: Tier | None = None
        self._refusals: list[str] = []
        self._lock = threading.RLock()
        self._room = threading.BoundedSemaphore(parallel or os.cpu_count() or 1)
        self._spares = spares
        self._warm: dict[str, _Warm] = {}
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None
    ) -> None:
        self.close()

    @property
    def tier(self) -> Tier:
        """The tier in use; starts and probes a runner if that has not happened yet.

        Raises:
            TierError: when the host cannot give the tier that was asked for.
        """
        self._ready("numpy")
        if self._tier is None:
            raise TierError("no tier")
        return self._tier

    @property
    def refusals(self) -> tuple[str, ...]:
        """Why stronger tiers are not in use, for a person."""
        return tuple(self._refusals)

    @staticmethod
    def has(runtime: str) -> bool:
        """Whether the libraries of a runtime are installed: "numpy" always, "torch" where PyTorch is."""
        return staging.available(runtime)

    def warm(self, runtime: str = "numpy") -> None:
        """Start a runtime now rather than at the first submission."""
        self._ready(runtime)

    def session(self, runtime: str = "numpy") -> Session:
        """A process for one submission; waits while as many as allowed are running.

        Raises:
            TierError: when the host cannot give the tier that was asked for.
            JudgeError: when the runtime cannot be started.
        """
        self._room.acquire()
        try:
            warm = self._ready(runtime)
            try:
                conversation = warm.take()
            except JudgeError:
                # Its parent was killed under it; a new parent is as good as the old one.
                conversation = self._ready(runtime).take()
        except BaseException:
            self._room.release()
            raise
        return Session(conversation, runtime, lambda: self._over(runtime))

    def close(self) -> None:
        """End every process and remove what was laid out for them."""
        with self._lock:
            self._closed = True
            for warm in self._warm.values():
                warm.close()
            self._warm.clear()

    def _over(self, runtime: str) -> None:
        """A session ended: there is room for another, and time to make a child ready for it."""
        self._room.release()
        with self._lock:
            warm = self._warm.get(runtime)
        if warm is not None:
            warm.refill()

    def _ready(self, runtime: str) -> _Warm:
        with self._lock:
            if self._closed:
                raise JudgeError("the judge is closed")
            warm = self._warm.get(runtime)
            if warm is not None and warm.parent.alive:
                return warm
            if warm is not None:
                warm.close()
            if not staging.available(runtime):
                raise JudgeError(f"the libraries of the {runtime} runtime are not installed")
            self._warm[runtime] = warm = self._start(runtime)
            warm.refill()
            return warm

    def _start(self, runtime: str) -> _Warm:
        """A warm parent in the tier in use; the first one finds out which that is.

        A start that is cut off by a kill is begun again: it must never leave a weaker tier in use.
        """
        if self._tier is not None:
            return _Warm(runtime, self._tier, self._spares)
        for tier in _STRONGEST_FIRST if self._wanted is None else (self._wanted,):
            for last in (*[False] * (_STARTS - 1), True):
                try:
                    warm = self._proved(runtime, tier)
                except KilledError:
                    if last:
                        raise
                except (JudgeError, TierError) as error:
                    if not last and isinstance(error.__cause__, EndedError | JudgeError):
                        continue
                    self._refusals.append(str(error))
                    break
                else:
                    self._tier = tier
                    return warm
        raise TierError("; ".join(self._refusals))

    def _proved(self, runtime: str, tier: Tier) -> _Warm:
        warm = _Warm(runtime, tier, self._spares)
        if tier is Tier.PLAIN:
            return warm  # it promises nothing that could be probed
        nothing: Callable[[], None] = lambda: None  # noqa: E731
        try:
            with Session(self._first(warm), runtime, nothing) as session:
                probe.check(session)
        except BaseException:
            warm.close()
            raise
        return warm

    @staticmethod
    def _first(warm: _Warm) -> Conversation:
        """The first child of a parent; that a kill kept it from coming up says nothing about the tier."""
        try:
            return warm.take()
        except JudgeError as error:
            if warm.parent.was_killed():
                raise KilledError("the runner was killed while it was probed") from error
            raise JudgeError(str(error)) from error


class _Warm:
    """A warm parent with its stage and its ready children."""

    def __init__(self, runtime: str, tier: Tier, spares: int) -> None:
        self.stage = staging.lay(runtime)
        try:
            self.parent = Parent(self.stage, tier)
        except BaseException:
            self.stage.close()
            raise
        self.wanted = spares
        self.spares: deque[Child] = deque()
        self.lock = threading.Lock()

    def take(self) -> Conversation:
        """A child, ready or new."""
        with self.lock:
            child = self.spares.popleft() if self.spares else None
        return Conversation(self.parent, child or self.parent.spawn())

    def refill(self) -> None:
        """Have the parent fork ahead; does not wait for it."""
        with self.lock:
            try:
                while len(self.spares) < self.wanted:
                    self.spares.append(self.parent.spawn())
            except JudgeError:
                self.spares.clear()

    def close(self) -> None:
        self.parent.close()
        with self.lock:
            for child in self.spares:
                child.stream.close()
                os.close(child.output)
            self.spares.clear()
        self.stage.close()
