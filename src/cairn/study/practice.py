"""Practice: hand code in, have it judged, keep what it shows."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from cairn.judge import Exercise, Judge, JudgeError, Options, Verdict, grade
from cairn.learner import Evidence, Outcome, Source
from cairn.store.submissions import SUSPICIOUS, State, Submission, Submissions
from cairn.study import kinds
from cairn.study.alive import is_gone, worker_name
from cairn.study.desk import Desk
from cairn.study.errors import CodeTooLongError, MissingLibraryError, UnknownExerciseError
from cairn.study.library import Part, modules

LEASE = timedelta(seconds=30)
TRIES = 3
"""Times the judge may fail on a submission before it is put back."""
PAUSES_S = (0.0, 0.0, 0.1, 0.3, 0.8)
"""Before each further run of a process that was killed. After the last it is put back, for a later claim; from
the third claim on that it was killed is taken for its own doing."""
MAX_CODE = 100_000
_KILLED = "The process closed its end of the conversation."
"""What the judge says of a process that was killed: by its own code, or by somebody else."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a person stands with one exercise."""

    exercise: Exercise
    tries: int
    accepted: bool


@dataclass(frozen=True)
class Practice:
    """The verbs of practice for one person. The judge is shared; the queue is the table of submissions."""

    desk: Desk
    submissions: Submissions
    judge: Judge
    exercises: dict[str, Exercise]
    worker: str = field(default_factory=worker_name)

    def exercise(self, name: str) -> Exercise:
        """The exercise of this name.

        Raises:
            UnknownExerciseError: there is none.
        """
        found = self.exercises.get(name)
        if found is None:
            near = tuple(n for n in self.exercises if name.casefold() in n or n in name.casefold())[:3]
            raise UnknownExerciseError(name, near)
        return found

    def submit(self, name: str, code: str, hints: int = 0) -> int:
        """Keep a submission and queue it; when this returns it cannot be lost.

        Raises:
            UnknownExerciseError: there is no such exercise.
            CodeTooLongError: the code is larger than 100 kB.
        """
        exercise = self.exercise(name)
        if len(code) > MAX_CODE:
            raise CodeTooLongError(len(code), MAX_CODE)
        self.desk.person()
        return self.submissions.add(self.desk.person_id, exercise.id, code, self.desk.clock(), hints)

    def work(self, person: str | None = None) -> Submission | None:
        """Judge the oldest waiting submission, of this person or of anybody; None when nothing waits.

        Raises:
            JudgeError: the judge failed three times; the submission waits again.
        """
        claimed = self.submissions.claim(self.worker, self.desk.clock(), LEASE, person)
        if claimed is not None:
            self.settle(claimed)
        return claimed

    def settle(self, claimed: Submission) -> bool:
        """Judge a claimed submission and keep its verdict; False if another worker had taken it over by then.

        Raises:
            JudgeError: the judge failed three times; the submission waits again.
        """
        exercise = self.exercises.get(claimed.exercise)
        if exercise is None:
            gone = {"outcome": "error", "message": "The exercise is gone."}
            return self.submissions.finish(claimed, self.worker, gone)
        with self._held(claimed):
            try:
                verdict = self._grade_surely(exercise, claimed)
            except BaseException:
                self.submissions.release(claimed, self.worker, in_vain=True)
                raise
            shown: list[Evidence] = []
            again: list[Submission] = []
            if verdict.accepted:
                shown, again = self._shown(exercise, claimed), self._dependants(exercise, claimed)
            return self.submissions.finish(claimed, self.worker, verdict.as_json(), shown, again)

    def check(self, name: str, code: str, hints: int = 0) -> Submission:
        """Hand code in and wait for its verdict, judging what this person has waiting meanwhile.

        Raises:
            UnknownExerciseError: there is no such exercise.
            CodeTooLongError: the code is larger than 100 kB.
            MissingLibraryError: its library is not installed; nothing is kept.
            JudgeError: the judge failed on it again and again; the submission is kept.
        """
        lacking = self.lacking(self.exercise(name))
        if lacking:
            raise MissingLibraryError(lacking, kinds.install(self.exercise(name).runtime))
        number = self.submit(name, code, hints)
        while True:
            found = self.submissions.get(number)
            if found is not None and found.state is State.JUDGED:
                return found
            if found is None or found.state is State.FAILED:
                msg = "the judge failed on this submission; it is kept, and can be handed in again"
                raise JudgeError(msg)
            try:
                idle = self.work(self.desk.person_id) is None
            except JudgeError:
                continue  # it was put back; after ten claims it is given up
            if idle:
                self.submissions.release_those_of(is_gone)
                time.sleep(0.02)  # another worker holds it

    def lacking(self, exercise: Exercise) -> str:
        """The library that an exercise needs and this machine lacks; empty if it can be judged."""
        return "" if self.judge.has(exercise.runtime) else kinds.LIBRARIES[exercise.runtime]

    def starter(self, exercise: Exercise) -> str:
        """What the person begins with; in a bug hunt the bug they have not mended yet."""
        return kinds.starter(exercise, self.desk.person_id, self._all_of(exercise))

    def hints(self, exercise: Exercise) -> list[str]:
        """All hints for the person, from a nudge to nearly the answer."""
        return kinds.hints(exercise, self.desk.person_id, self._all_of(exercise))

    def history(self, name: str) -> list[Submission]:
        """The person's submissions to an exercise, the newest first."""
        return self.submissions.of(self.desk.person_id, name)

    def standings(self) -> list[Standing]:
        """All exercises in learning order of what they show, with how the person stands."""
        done = self.submissions.accepted(self.desk.person_id)
        tries: dict[str, int] = {}
        for submission in self.submissions.of(self.desk.person_id, limit=10_000):
            tries[submission.exercise] = tries.get(submission.exercise, 0) + 1
        rows = [Standing(e, tries.get(e.id, 0), e.id in done) for e in self.exercises.values()]
        return sorted(rows, key=lambda row: self._order(row.exercise))

    def next(self) -> Exercise | None:
        """The first exercise in learning order that is not yet accepted and can be judged here.

        The same in another library is offered on its page, not here.
        """
        waiting = (row.exercise for row in self.standings() if not row.accepted)
        return next((e for e in waiting if not e.is_twin and not self.lacking(e)), None)

    def following(self, exercise: Exercise) -> Exercise | None:
        """The next exercise after this one that is not yet accepted, from the start again after the last."""
        rows = self.standings()
        place = next((i for i, row in enumerate(rows) if row.exercise.id == exercise.id), -1)
        later = [*rows[place + 1 :], *rows[: max(0, place)]]
        waiting = (row.exercise for row in later if not row.accepted)
        return next((e for e in waiting if not e.is_twin and not self.lacking(e)), None)

    def parts(self, exercise: Exercise, person: str | None = None) -> list[Part]:
        """The library an exercise may use: the person's own accepted code, or the reference where there is none."""
        done = self.submissions.accepted(person or self.desk.person_id)
        found = []
        for name in self._all_uses(exercise):
            used = self.exercises[name]
            own = done.get(name)
            found.append(Part(name, used.sheet.entry, own.code if own else used.solution, own is not None))
        return found

    def library(self) -> list[Part]:
        """Everything the person has built."""
        done = self.submissions.accepted(self.desk.person_id)
        return [
            Part(name, found.sheet.entry, submission.code, own=True, named=found.runtime == "numpy")
            for name, submission in sorted(done.items())
            if (found := self.exercises.get(name)) is not None and found.kind == "write"
        ]

    def _all_of(self, exercise: Exercise) -> list[Submission]:
        return self.submissions.of(self.desk.person_id, exercise.id, limit=200)

    def _all_uses(self, exercise: Exercise) -> list[str]:
        found: dict[str, None] = {}
        pending = list(exercise.sheet.uses)
        while pending:
            name = pending.pop(0)
            if name in self.exercises and name not in found and name != exercise.id:
                found[name] = None
                pending += self.exercises[name].sheet.uses
        return list(found)

    def _grade(self, exercise: Exercise, claimed: Submission) -> Verdict:
        library = modules(self.parts(exercise, claimed.person))
        options = Options(modules=library or None, hints_used=tuple(range(1, claimed.hints + 1)))
        return grade(self.judge, exercise, claimed.code, options)

    def _grade_surely(self, exercise: Exercise, claimed: Submission) -> Verdict:
        """A verdict that rests on the code: what a killed process or a dead judge left undone is done again."""
        failed, pauses = 0, list(PAUSES_S)
        while True:
            try:
                verdict = self._grade(exercise, claimed)
            except JudgeError:
                failed += 1
                if failed == TRIES:
                    raise
                continue
            killed = any(c.finding and c.finding.message == _KILLED for c in verdict.failed)
            if not killed or (not pauses and claimed.attempts >= SUSPICIOUS):
                return verdict
            if not pauses:
                msg = "the learner's process was killed again and again"
                raise JudgeError(msg)
            time.sleep(pauses.pop(0))  # whatever kills it may be over soon

    @contextmanager
    def _held(self, claimed: Submission) -> Iterator[None]:
        """Renew the lease while the submission is judged."""
        over = threading.Event()

        def renew() -> None:
            while not over.wait(LEASE.total_seconds() / 3):
                self.submissions.renew(claimed, self.worker, self.desk.clock(), LEASE)

        threading.Thread(target=renew, name="lease", daemon=True).start()
        try:
            yield
        finally:
            over.set()

    def _shown(self, exercise: Exercise, claimed: Submission) -> list[Evidence]:
        """What an accepted submission shows; it is kept once for each code."""
        at, ref = self.desk.clock(), f"submission:{claimed.id}"
        return [
            Evidence(claimed.person, at, Source.EXERCISE, str(skill), Outcome.KNOWN, ref)
            for skill in exercise.sheet.skills
        ]

    def _dependants(self, exercise: Exercise, claimed: Submission) -> list[Submission]:
        """Accepted work that stands on this exercise: new code in the library may break it."""
        done = self.submissions.accepted(claimed.person)
        known = ((self.exercises.get(name), submission) for name, submission in done.items())
        return [s for e, s in known if e is not None and exercise.id in self._all_uses(e)]

    def _order(self, exercise: Exercise) -> tuple[int, str, int, str]:
        """Learning order; what shares a specification comes after the exercise it shares it with."""
        base = exercise.base or exercise
        place = max(self._place(exercise), self._place(base))
        return place, base.id, kinds.rank(exercise), exercise.id

    def _place(self, exercise: Exercise) -> int:
        position = self.desk.atlas.curriculum.graph.position
        return max((position[s] for s in exercise.sheet.skills if s in position), default=len(position))
