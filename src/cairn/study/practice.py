"""Practice: hand code in, have it judged, keep what it shows."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from cairn.judge import Exercise, Judge, JudgeError, Options, Verdict, grade
from cairn.learner import Evidence, Outcome, Source
from cairn.store.submissions import State, Submission, Submissions
from cairn.study import kinds
from cairn.study.desk import Desk
from cairn.study.errors import CodeTooLongError, MissingLibraryError, UnknownExerciseError
from cairn.study.library import Part, modules

LEASE = timedelta(seconds=60)
MAX_CODE = 100_000


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
    worker: str = field(default_factory=lambda: uuid.uuid4().hex)

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

    def work(self) -> Submission | None:
        """Judge the oldest waiting submission, whoever handed it in; None when nothing waits."""
        claimed = self.submissions.claim(self.worker, self.desk.clock(), LEASE)
        if claimed is None:
            return None
        exercise = self.exercises.get(claimed.exercise)
        if exercise is None:
            self.submissions.finish(
                claimed, self.worker, {"outcome": "error", "message": "The exercise is gone."}
            )
            return claimed
        verdict = self._grade(exercise, claimed)
        self.submissions.finish(
            claimed, self.worker, verdict.as_json(), list(self._shown(exercise, claimed, verdict))
        )
        if verdict.accepted:
            self._judge_dependants_again(exercise, claimed)
        return claimed

    def check(self, name: str, code: str, hints: int = 0) -> Submission:
        """Hand code in and wait for its verdict.

        Raises:
            UnknownExerciseError: there is no such exercise.
            CodeTooLongError: the code is larger than 100 kB.
            MissingLibraryError: its library is not installed; nothing is kept.
            JudgeError: the judge failed three times; the submission is kept.
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
            if self.work() is None:
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

    def _shown(self, exercise: Exercise, claimed: Submission, verdict: Verdict) -> Iterator[Evidence]:
        """An accepted exercise shows its skills, once for each code: judging the same again shows nothing new."""
        before = self.submissions.accepted(claimed.person).get(exercise.id)
        if verdict.accepted and (before is None or before.code != claimed.code):
            at, ref = self.desk.clock(), f"submission:{claimed.id}"
            for skill in exercise.sheet.skills:
                yield Evidence(claimed.person, at, Source.EXERCISE, str(skill), Outcome.KNOWN, ref)

    def _judge_dependants_again(self, exercise: Exercise, claimed: Submission) -> None:
        """New code in the library may break what stands on it, so that is judged again."""
        done = self.submissions.accepted(claimed.person)
        for name, submission in done.items():
            dependant = self.exercises.get(name)
            if dependant is not None and exercise.id in dependant.sheet.uses:
                self.submissions.add(
                    claimed.person, name, submission.code, self.desk.clock(), submission.hints
                )

    def _order(self, exercise: Exercise) -> tuple[int, str, int, str]:
        """Learning order; what shares a specification comes after the exercise it shares it with."""
        base = exercise.base or exercise
        place = max(self._place(exercise), self._place(base))
        return place, base.id, kinds.rank(exercise), exercise.id

    def _place(self, exercise: Exercise) -> int:
        position = self.desk.atlas.curriculum.graph.position
        return max((position[s] for s in exercise.sheet.skills if s in position), default=len(position))
