"""A worker: claims submissions and judges them, one after another or several at once, until it is told to stop."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from cairn.store.submissions import Submission
from cairn.study.alive import is_gone
from cairn.study.practice import LEASE, Practice

LOOK_S = 0.25
SWEEP_S = 1.0
REST_S = 1.0


class NotSafeError(RuntimeError):
    """Raised where other people's code would run in a sandbox too weak for it."""


@dataclass
class Tally:
    """What a worker has done.

    Attributes:
        judged: verdicts kept.
        lost: verdicts dropped because another worker had taken the submission over.
        failed: times the judge failed and the submission was given back.
    """

    judged: int = 0
    lost: int = 0
    failed: int = 0


@dataclass
class Worker:
    """Serves the queue with some threads over one judge.

    In the full tier it serves everybody. In a weaker one it takes the submissions of one person only, the one
    whose machine this is, and refuses to start where others are kept: it fails closed.

    Attributes:
        practice: the verbs; its person is the one whose machine this is.
        jobs: how many submissions at once.
        settled: called after each, from the thread that judged it.
        complain: told of each fault of the judge or the database; the worker goes on after it.
        tally: what was done so far.
    """

    practice: Practice
    jobs: int = 1
    settled: Callable[[], None] = lambda: None
    complain: Callable[[Exception], None] = lambda _: None
    tally: Tally = field(default_factory=Tally)
    _stop: threading.Event = field(default_factory=threading.Event)
    _wake: threading.Condition = field(default_factory=threading.Condition)
    _threads: list[threading.Thread] = field(default_factory=list)
    _in_hand: list[Submission] = field(default_factory=list)
    _only: str | None = None

    def open(self) -> None:
        """Find out whom it may serve, and give back what dead workers hold. To be called first.

        Raises:
            NotSafeError: others are kept here, and this host cannot hold their code safely.
            TierError: the host cannot give the tier that was asked for.
            JudgeError: the judge does not start.
        """
        local = self.practice.desk.person_id
        if not self.practice.judge.tier.serves_others:
            if self.practice.submissions.others_than(local):
                reasons = "; ".join(self.practice.judge.refusals) or "a weaker tier was asked for"
                msg = f"other people's code needs the full sandbox, which is not in use here: {reasons}"
                raise NotSafeError(msg)
            self._only = local
        self.practice.submissions.release_those_of(is_gone)

    def start(self) -> None:
        """Begin to serve, in threads of its own; `stop` ends them."""
        for number in range(self.jobs):
            thread = threading.Thread(target=self._serve, name=f"worker-{number}", daemon=True)
            self._threads.append(thread)
            thread.start()
        sweeper = threading.Thread(target=self._sweep, name="worker-sweep", daemon=True)
        self._threads.append(sweeper)
        sweeper.start()

    def wake(self) -> None:
        """Look at the queue now: something was handed in."""
        with self._wake:
            self._wake.notify_all()

    def stop(self, patience: float = LEASE.total_seconds()) -> None:
        """Take nothing new, finish what is in hand, and end.

        What is not finished within `patience` seconds is given back, for another worker to begin afresh.
        """
        self._stop.set()
        self.wake()
        until = time.monotonic() + patience
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))
        for claimed in list(self._in_hand):
            self.practice.submissions.release(claimed, self.practice.worker, in_vain=False)

    def drain(self) -> None:
        """Judge until nothing waits that may be taken, in this thread."""
        while not self._stop.is_set() and self._one():
            pass

    def _serve(self) -> None:
        while not self._stop.is_set():
            if not self._one():
                with self._wake:
                    if not self._stop.is_set():
                        self._wake.wait(LOOK_S)

    def _sweep(self) -> None:
        """Now and then give back what workers hold that have died on this machine."""
        while not self._stop.wait(SWEEP_S):
            if self._guarded(lambda: self.practice.submissions.release_those_of(is_gone)):
                self.wake()

    def _one(self) -> bool:
        """Judge one; whether there was one. A fault of the judge or the database is counted, and waited out."""
        return bool(self._guarded(self._claim_and_settle))

    def _claim_and_settle(self) -> bool:
        practice = self.practice
        claimed = practice.submissions.claim(practice.worker, practice.desk.clock(), LEASE, self._only)
        if claimed is None:
            return False
        self._in_hand.append(claimed)
        try:
            kept = practice.settle(claimed)
        finally:
            self._in_hand.remove(claimed)
        self.tally.judged += kept
        self.tally.lost += not kept
        self.settled()
        return True

    def _guarded(self, act: Callable[[], object]) -> object:
        """Do it. After a fault, rest, and let the loop go on: what was claimed was given back by then."""
        try:
            return act()
        except Exception as error:  # a worker outlives a broken exercise and a database that is away  # noqa: BLE001
            self.tally.failed += 1
            self.complain(error)
        self._stop.wait(REST_S)
        return True
