"""The judge's own process: keeps warm parents and ready children, and hands out sessions."""

from __future__ import annotations

import os
import sys
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Self

from cairn.judge import probe, staging
from cairn.judge.conversation import Conversation
from cairn.judge.outcome import EndedError, JudgeError, KilledError
from cairn.judge.parent import Parent
from cairn.judge.sandbox.tier import Tier, TierError
from cairn.judge.session import Session
from cairn.judge.workers import Workers

_WORKERS_AHEAD = 2
_STARTS = 4
_STRONGEST_FIRST = (Tier.FULL, Tier.CHILD_ONLY, Tier.PLAIN)


class Judge:
    """Hands out sessions, each a process of its own. Safe to use from several threads.

    Nothing is started before it is needed. A context manager: on leaving, every process is gone.
    """

    def __init__(
        self,
        tier: Tier | None = None,
        *,
        parallel: int | None = None,
        spares: int = 1,
        fork: bool | None = None,
    ) -> None:
        """Choose how submissions are held.

        Args:
            tier: the tier to use; by default the strongest this host gives. If it is named and cannot be had,
                the first session raises: a judge never runs code in a weaker tier than it was asked for.
            parallel: how many submissions may run at once; by default one for each processor.
            spares: how many children of each runtime wait ready for the next submission.
            fork: whether children are forked from a warm parent; by default where this system can (Linux).
                Without it each is a process started ahead, in the plain tier only.
        """
        self._fork = sys.platform == "linux" if fork is None else fork
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
            return _Warm(runtime, self._tier, self._spares, fork=self._fork)
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
        if not self._fork and tier is not Tier.PLAIN:
            raise TierError(f"tier {tier.value} needs Linux, where children are forked from a warm parent")
        warm = _Warm(runtime, tier, self._spares, fork=self._fork)
        if tier is Tier.PLAIN:
            return warm  # it promises nothing that could be probed
        nothing: Callable[[], None] = lambda: None  # noqa: E731
        try:
            with Session(self._first(warm), runtime, nothing) as session:
                probe.check(session)
            self._prove_memory(warm, runtime)
        except BaseException:
            warm.close()
            raise
        return warm

    def _prove_memory(self, warm: _Warm, runtime: str) -> None:
        """Try the memory limit, more than once: where resident size is watched, a busy host may look too late."""
        for last in (*[False] * (_STARTS - 1), True):
            try:
                with Session(self._first(warm), runtime, lambda: None) as session:
                    probe.check_memory(session)
            except TierError:
                if last:
                    raise
            else:
                return

    @staticmethod
    def _first(warm: _Warm) -> Conversation:
        """The first child of a parent; that a kill kept it from coming up says nothing about the tier."""
        try:
            return warm.take()
        except JudgeError as error:
            if isinstance(warm.parent, Parent) and warm.parent.was_killed():
                raise KilledError("the runner was killed while it was probed") from error
            raise JudgeError(str(error)) from error


class _Warm:
    """A warm parent (or what makes workers) with its stage and the children that wait ready.

    A thread makes and greets each of them, so that no submission waits for that.
    """

    def __init__(self, runtime: str, tier: Tier, spares: int, *, fork: bool) -> None:
        self.stage = staging.lay(runtime)
        try:
            self.parent: Parent | Workers = Parent(self.stage, tier) if fork else Workers(self.stage)
        except BaseException:
            self.stage.close()
            raise
        self.wanted = spares if fork else max(spares, _WORKERS_AHEAD)
        self.spares: deque[Conversation] = deque()
        self.change = threading.Condition()
        self.asked = self.greeting = self.waiting = 0
        self.closed = False
        self.greeter = threading.Thread(target=self._greet, name=f"judge-spares-{runtime}", daemon=True)
        self.greeter.start()

    def take(self) -> Conversation:
        """A child: one that waits, one that is on its way, or a new one."""
        while True:
            with self.change:
                while not self.spares and self.waiting < self.greeting:
                    self.waiting += 1
                    self.change.wait()
                    self.waiting -= 1
                ready = self.spares.popleft() if self.spares else None
            if ready is None:
                return Conversation(self.parent, self.parent.spawn())
            if ready.fresh:
                return ready
            ready.end()

    def refill(self) -> None:
        """Have the parent fork ahead; does not wait for it."""
        with self.change:
            self.asked = self.wanted
            self.change.notify_all()

    def _greet(self) -> None:
        while True:
            with self.change:
                while len(self.spares) >= self.asked and not self.closed:
                    self.change.wait()
                if self.closed:
                    return
                self.greeting += 1
            found = None
            with suppress(Exception):  # whatever it is, the session that needs a child meets it itself
                found = Conversation(self.parent, self.parent.spawn())
            with self.change:
                self.greeting -= 1
                if found is None:
                    self.asked = 0  # the parent is gone; the next session finds that out
                elif not self.closed:
                    self.spares.append(found)
                    found = None
                self.change.notify_all()
            if found is not None:
                found.end()

    def close(self) -> None:
        with self.change:
            self.closed = True
            left = list(self.spares)
            self.spares.clear()
            self.change.notify_all()
        if threading.current_thread() is not self.greeter:
            self.greeter.join(1.0)  # what it is greeting ends with the parent, and is accounted for there
        for conversation in left:
            conversation.end()
        self.parent.close()
        self.stage.close()
