"""Where code is handed in: kept before it is acknowledged, judged by a worker, waited for without a thread each."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from concurrent.futures import Future

from starlette.concurrency import run_in_threadpool

from cairn.app import LOCAL_PERSON, App
from cairn.study.errors import PracticeError
from cairn.study.practice import Practice

MOST_WAITING = 1000
RETRY_AFTER_S = 5
LOOK_S = 0.05


class BusyError(PracticeError):
    """Raised when so much waits that no more is taken. Nothing was kept."""

    def __init__(self, waiting: int) -> None:
        super().__init__(f"{waiting} submissions are waiting already", "nothing was kept; try again soon")


class Reception:
    """Takes submissions in and tells who waits when one is judged.

    Attributes:
        most_waiting: how many submissions may wait before no more are taken.
    """

    def __init__(self, app: App, *, worker: bool = True) -> None:
        """Nothing is started yet.

        Args:
            app: the app.
            worker: whether this process judges too; else others must.
        """
        self.most_waiting = MOST_WAITING
        self._app, self._works = app, worker
        self._lock = threading.Lock()
        self._news = threading.Condition()
        self._expected: dict[int, list[Future[bool]]] = {}
        self._watching = False
        self._starting: threading.Thread | None = None
        self._worker: object = None
        self._closed = False

    async def hand_in(self, practice: Practice, name: str, code: str, hints: int = 0) -> int:
        """Keep a submission; when this returns its number, it cannot be lost.

        Raises:
            BusyError: too many wait.
            UnknownExerciseError: there is no such exercise.
            CodeTooLongError: the code is too long.
        """
        number = await run_in_threadpool(self._keep, practice, name, code, hints)
        self.work()
        return number

    async def judged(self, practice: Practice, number: int, seconds: float) -> bool:
        """Wait until a submission is judged or given up; False if it still waits after so many seconds."""
        if await run_in_threadpool(practice.submissions.settled, [number]):
            return True
        future: Future[bool] = Future()
        with self._news:
            self._expected.setdefault(number, []).append(future)
            if not self._watching:
                self._watching = True
                threading.Thread(target=self._watch, args=(practice,), name="reception", daemon=True).start()
            self._news.notify_all()
        try:
            return await asyncio.wait_for(asyncio.wrap_future(future), seconds)
        except TimeoutError:
            return False
        finally:
            self._forget(number, future)

    def work(self) -> None:
        """See to it that somebody here judges, if this process does; does not wait for it."""
        with self._lock:
            if not self._works or self._closed:
                return
            if self._starting is None:
                self._starting = threading.Thread(target=self._start, name="worker-start", daemon=True)
                self._starting.start()
        wake = getattr(self._worker, "wake", None)
        if wake is not None:
            wake()

    def resume(self) -> None:
        """Judge what an earlier run left waiting; looks in a thread of its own."""
        threading.Thread(target=self._resume, name="resume", daemon=True).start()

    def close(self) -> None:
        """Stop judging, what is in hand finished, and let go of who waits."""
        with self._lock:
            self._closed = True
        if self._starting is not None:
            self._starting.join()
        stop = getattr(self._worker, "stop", None)
        if stop is not None:
            stop()
        self._tell(set(self._expected), judged=False)

    def _keep(self, practice: Practice, name: str, code: str, hints: int) -> int:
        waiting = practice.submissions.waiting()
        if waiting >= self.most_waiting:
            raise BusyError(waiting)
        return practice.submit(name, code, hints)

    def _start(self) -> None:
        from cairn.study.worker import Worker  # noqa: PLC0415  # not before something is handed in

        practice = self._app.practice(LOCAL_PERSON)
        worker = Worker(practice, os.cpu_count() or 1, self._look, _complain)
        try:
            worker.open()
        except Exception as error:  # submissions are kept; the next one tries again  # noqa: BLE001
            _complain(error)
            with self._lock:
                self._starting = None
            return
        with self._lock:
            if self._closed:
                return
            self._worker = worker
            worker.start()

    def _resume(self) -> None:
        from cairn.store.submissions import Submissions  # noqa: PLC0415

        try:
            left = Submissions(self._app.engine).waiting()
        except Exception as error:  # the first page will say it too  # noqa: BLE001
            _complain(error)
            return
        if left:
            self.work()

    def _look(self) -> None:
        with self._news:
            self._news.notify_all()

    def _watch(self, practice: Practice) -> None:
        """Look for news as long as somebody waits: one question to the database for all of them."""
        while True:
            with self._news:
                if not self._expected:
                    self._watching = False
                    return
                numbers = list(self._expected)
            try:
                over = practice.submissions.settled(numbers)
            except Exception as error:  # asked again in a moment  # noqa: BLE001
                _complain(error)
                over = set()
            if over:
                self._tell(over, judged=True)
            else:
                with self._news:
                    self._news.wait(LOOK_S)

    def _tell(self, numbers: set[int], *, judged: bool) -> None:
        with self._news:
            futures = [f for n in numbers for f in self._expected.pop(n, [])]
        for future in futures:
            if future.set_running_or_notify_cancel():
                future.set_result(judged)

    def _forget(self, number: int, future: Future[bool]) -> None:
        with self._news:
            left = [f for f in self._expected.get(number, []) if f is not future]
            if left:
                self._expected[number] = left
            else:
                self._expected.pop(number, None)


def _complain(error: Exception) -> None:
    lines = str(error).strip().splitlines() or [""]
    print(f"cairn: {type(error).__name__}: {lines[0][:300]}", file=sys.stderr, flush=True)  # noqa: T201
