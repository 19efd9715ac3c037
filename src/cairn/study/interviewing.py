"""Interview: questions against a clock that never punishes, follow-ups, and grades of one's own.

All state is one small record of the person, so an interview goes on in any tab, in the terminal and after a restart.
What is asked next is what belief is least sure of among what the goal needs. The clock counts only while a question is
open: it stands while one grades, when it is paused and when the person is away. It never cuts an answer off: when it
has run out, no further question is drawn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from cairn.curriculum import Skill
from cairn.study.answering import Occasion
from cairn.study.diagnosing import Diagnosing
from cairn.study.errors import PracticeError
from cairn.study.self_grading import MOST_TEXT, Credit, SelfGrading

LENGTHS = (15, 30, 45)
"""Minutes that are offered."""

AWAY = 900.0
"""Seconds after which a question that was left open stops the clock: then the person was away."""

KEPT = 20
"""Finished interviews whose reports can be seen again."""

LEAST = 60.0
"""Seconds that must be left for another question to be drawn."""


class InterviewError(PracticeError):
    """Raised when an interview cannot begin. The message says what to choose."""


class Stage(StrEnum):
    """What is to be done with a question."""

    ANSWER = "answer"
    FOLLOW_UP = "follow-up"
    GRADE = "grade"
    DONE = "done"


class Grading(StrEnum):
    """When one grades oneself."""

    EACH = "each"
    END = "end"


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of an interview.

    Attributes:
        question: its id.
        number: that of the answer, as it is kept.
        stage: what comes next.
        said: the answer.
        then: the answer to the follow-up.
        p: what was believed of each skill the question asks for when it was drawn.
        follow: the credit given for the follow-up, if it was graded.
    """

    question: str
    number: int
    stage: Stage = Stage.ANSWER
    said: str = ""
    then: str = ""
    p: Mapping[str, float] = field(default_factory=dict)
    follow: str = ""


@dataclass(frozen=True, slots=True)
class Interview:
    """An interview under way, or over.

    Attributes:
        id: its number, from 1.
        targets: the goals it is about; with no areas either, everything.
        areas: the areas it is about.
        minutes: how long it is to last.
        grading: when one grades oneself.
        began: when it began.
        used: seconds used up to `since`.
        since: since when the clock runs; None while it stands.
        turns: the questions so far.
        closing: whether no more is to be asked.
        over: whether no more is to be graded either.
    """

    id: int
    targets: tuple[str, ...]
    areas: tuple[str, ...]
    minutes: int
    grading: Grading
    began: datetime
    used: float = 0.0
    since: datetime | None = None
    turns: tuple[Turn, ...] = ()
    closing: bool = False
    over: bool = False

    def seconds(self, now: datetime) -> float:
        """Seconds used by now."""
        running = (now - self.since).total_seconds() if self.since is not None else 0.0
        return self.used + min(max(0.0, running), AWAY)

    def left(self, now: datetime) -> float:
        """Seconds that are left; 0 when the time is up."""
        return max(0.0, 60.0 * self.minutes - self.seconds(now))

    @property
    def turn(self) -> Turn | None:
        """The question at hand."""
        return next((t for t in self.turns if t.stage is not Stage.DONE), None) if not self.over else None

    @property
    def step(self) -> str:
        """A name for where it stands; a form that was sent from elsewhere changes nothing."""
        turn = self.turn
        return f"{self.id}:{self.turns.index(turn)}:{turn.stage.value}" if turn else f"{self.id}:over"

    @property
    def asking(self) -> bool:
        """Whether questions are still being asked; at the end only grades may be left."""
        return any(t.stage in {Stage.ANSWER, Stage.FOLLOW_UP} for t in self.turns)


@dataclass(frozen=True)
class Interviewing:
    """The verbs of interviews for one person."""

    grading: SelfGrading
    diagnosing: Diagnosing

    def begin(
        self, minutes: int, targets: Sequence[str] = (), areas: Sequence[str] = (), grading: str = "each"
    ) -> Interview:
        """Begin, and draw the first question. An interview under way is ended and kept as it stands.

        Raises:
            InterviewError: no question fits, or the length makes no sense.
            UnknownTargetError: a goal is none.
        """
        curriculum = self.grading.desk.atlas.curriculum
        if not 1 <= minutes <= 240:
            raise InterviewError("an interview takes from 1 to 240 minutes", f"usual are {LENGTHS}")
        unknown = [a for a in areas if a not in curriculum.areas]
        if unknown:
            raise InterviewError(f"there is no area {unknown[0]!r}", "cairn interview --areas lists them")
        now = self.grading.desk.clock()
        begun = Interview(
            id=self._last_id() + 1,
            targets=tuple(targets),
            areas=tuple(areas),
            minutes=minutes,
            grading=Grading(grading) if grading in set(Grading) else Grading.EACH,
            began=now,
            since=now,
        )
        first = self._drawn(begun)
        if first is None:
            raise InterviewError(
                "no question with a model answer fits", "choose a wider goal, or other areas"
            )
        before = self.current()
        if before is not None:
            self.end()
        return self._keep(replace(begun, turns=(first,)))

    def current(self) -> Interview | None:
        """The interview under way, if there is one. A question that has left the curriculum is passed over."""
        kept = self._preferences().get("interview")
        found = _read(kept) if isinstance(kept, dict) else None
        if found is None:
            return None
        have = self.grading.desk.atlas.curriculum.answers
        return replace(found, turns=tuple(t for t in found.turns if t.question in have))

    def draft(self, step: str, text: str) -> None:
        """Keep what was written so far, before the answer is given."""
        found, turn = self._at(step)
        if found is None or turn is None:
            return
        if turn.stage is Stage.ANSWER:
            self._went_on(found, turn, replace(turn, said=text[:MOST_TEXT]))
        elif turn.stage is Stage.FOLLOW_UP:
            self._went_on(found, turn, replace(turn, then=text[:MOST_TEXT]))

    def pause(self) -> None:
        """Stop the clock."""
        now, found = self.grading.desk.clock(), self.current()
        if found is not None and found.since is not None:
            self._keep(replace(found, used=found.seconds(now), since=None))

    def resume(self) -> None:
        """Let the clock run again."""
        found = self.current()
        if found is not None and found.since is None:
            self._keep(replace(found, since=self.grading.desk.clock()))

    def say(self, step: str, text: str) -> None:
        """Keep the answer to the question or to its follow-up, and go on to what comes next."""
        found, turn = self._at(step)
        if found is None or turn is None or turn.stage not in {Stage.ANSWER, Stage.FOLLOW_UP}:
            return
        text = text[:MOST_TEXT]
        if turn.stage is Stage.ANSWER:
            self._went_on(found, turn, replace(turn, said=text, stage=Stage.FOLLOW_UP))
        else:
            done = self._went_on(found, turn, replace(turn, then=text, stage=Stage.GRADE))
            if done.grading is Grading.END:
                self._next(done)

    def skip(self, step: str) -> None:
        """Keep that the person does not know, and go on to the next question."""
        found, turn = self._at(step)
        if found is None or turn is None or turn.stage is not Stage.ANSWER:
            return
        self.grading.keep(
            turn.question, turn.number, None, occasion=Occasion.INTERVIEW, more={"interview": found.id}
        )
        self._next(self._went_on(found, turn, replace(turn, stage=Stage.DONE)))

    def grade(self, step: str, marks: Sequence[Credit], follow: Credit) -> None:
        """Keep the grades of the question at hand, and go on.

        Raises:
            ValueError: the marks do not fit the rubric.
        """
        found, turn = self._at(step)
        if found is None or turn is None or turn.stage is not Stage.GRADE:
            return
        more = {"interview": found.id, "follow": follow.value, "then": turn.then}
        self.grading.keep(
            turn.question, turn.number, marks, said=turn.said, occasion=Occasion.INTERVIEW, more=more
        )
        self._next(self._went_on(found, turn, replace(turn, stage=Stage.DONE, follow=follow.value)))

    def finish(self) -> None:
        """Ask no more. What was answered can still be graded; without that it is over."""
        found = self.current()
        if found is None:
            return
        answered = tuple(t for t in found.turns if t.stage is not Stage.ANSWER or t.said.strip())
        turns = tuple(t if t.stage is Stage.DONE else replace(t, stage=Stage.GRADE) for t in answered)
        now = self.grading.desk.clock()
        kept = self._keep(replace(found, turns=turns, used=found.seconds(now), since=None, closing=True))
        if kept.turn is None:
            self.end()

    def end(self) -> None:
        """Close it: what was not graded counts for nothing. The report is kept, unless nothing was answered."""
        found = self.current()
        if found is None:
            return
        now = self.grading.desk.clock()
        turns = tuple(t for t in found.turns if t.stage is Stage.DONE)
        closed = replace(found, turns=turns, used=found.seconds(now), since=None, over=True)
        desk = self.grading.desk
        past = [_plain(i) for i in self.finished()]
        past += [_plain(closed)] if turns else []
        desk.people.prefer(desk.person_id, interview=None, interviews=past[-KEPT:] or None)

    def finished(self) -> list[Interview]:
        """The interviews that are over, the oldest first."""
        kept = self._preferences().get("interviews")
        return [i for i in map(_read, kept if isinstance(kept, list) else []) if i is not None]

    def find(self, number: int) -> Interview | None:
        """A finished interview."""
        return next((i for i in self.finished() if i.id == number), None)

    # ---- inside ----------------------------------------------------------------------------------------------

    def _at(self, step: str) -> tuple[Interview | None, Turn | None]:
        """The interview and its question, if it still stands where a form says."""
        found = self.current()
        return (found, found.turn) if found is not None and found.step == step else (None, None)

    def _went_on(self, found: Interview, before: Turn, after: Turn) -> Interview:
        """The same with a question's turn changed. While one grades after each question, the clock stands."""
        now = self.grading.desk.clock()
        runs = found.since is not None and not (after.stage is Stage.GRADE and found.grading is Grading.EACH)
        turns = tuple(after if t == before else t for t in found.turns)
        used = found.seconds(now)
        return self._keep(replace(found, turns=turns, used=used, since=now if runs else None))

    def _next(self, found: Interview) -> None:
        """Another question while there is time; else what is left to grade; else the end."""
        now = self.grading.desk.clock()
        free = found.turn is None or found.grading is Grading.END
        drawn = self._drawn(found) if free and not found.closing and found.left(now) >= LEAST else None
        if drawn is not None:
            self._keep(replace(found, turns=self._placed(found, drawn), since=now))
        elif found.turn is None:
            self.end()
        else:
            self._keep(replace(found, used=found.seconds(now), since=None, closing=True))

    @staticmethod
    def _placed(found: Interview, drawn: Turn) -> tuple[Turn, ...]:
        """The new question before those that only wait for their grades."""
        done = [t for t in found.turns if t.stage is Stage.DONE]
        owed = [t for t in found.turns if t.stage is not Stage.DONE]
        return (*done, drawn, *owed)

    def _drawn(self, found: Interview) -> Turn | None:
        """The question whose skills are least sure, among those that the goal needs; None when there is none left."""
        curriculum = self.grading.desk.atlas.curriculum
        goal = self._goal(found)
        belief = self.diagnosing.belief().p
        counts = self.grading.answers.counts(self.grading.desk.person_id)
        asked = {t.question for t in found.turns}
        best: tuple[float, str] | None = None
        for name in curriculum.answers:
            if name in asked or name not in curriculum.questions:
                continue
            places = [curriculum.graph.position.get(s) for s in curriculum.questions[name].targets]
            mine = [i for i in places if i is not None and i in goal]
            if mine:
                unsure = sum(float(belief[i]) * (1 - float(belief[i])) for i in mine) / len(mine)
                worth = unsure / (1 + counts.get(f"question/{name}", 0))
                if best is None or worth > best[0]:
                    best = (worth, name)
        if best is None:
            return None
        chosen = best[1]
        position = curriculum.graph.position
        targets = [s for s in curriculum.questions[chosen].targets if s in position]
        p = {str(s): round(float(belief[position[s]]), 4) for s in targets}
        return Turn(chosen, self.grading.number(chosen), p=p)

    def _goal(self, found: Interview) -> frozenset[int]:
        """The positions of the skills that the interview is about."""
        curriculum = self.grading.desk.atlas.curriculum
        if found.targets:
            wanted = frozenset(self.diagnosing.goal(found.targets))
        else:
            wanted = frozenset(range(len(curriculum.graph.nodes)))
        if not found.areas:
            return wanted
        inside = {a for area in found.areas for a in curriculum.areas_within(area)}
        nodes = curriculum.graph.nodes
        return frozenset(i for i in wanted if curriculum.topics[nodes[i].topic].area in inside)

    def _last_id(self) -> int:
        now = self.current()
        return max([i.id for i in self.finished()] + ([now.id] if now else []), default=0)

    def _preferences(self) -> Mapping[str, Any]:
        return self.grading.desk.person().preferences

    def _keep(self, found: Interview) -> Interview:
        desk = self.grading.desk
        desk.people.prefer(desk.person_id, interview=_plain(found))
        return found


def _plain(found: Interview) -> dict[str, Any]:
    """An interview as JSON can hold it."""
    return asdict(found) | {
        "began": found.began.isoformat(),
        "since": found.since.isoformat() if found.since else None,
        "turns": [asdict(t) | {"p": dict(t.p)} for t in found.turns],
    }


def _read(kept: Mapping[str, Any]) -> Interview | None:
    """The inverse; None for what another version or a broken disk left."""
    try:
        return Interview(
            id=int(kept["id"]),
            targets=tuple(map(str, kept["targets"])),
            areas=tuple(map(str, kept["areas"])),
            minutes=int(kept["minutes"]),
            grading=Grading(kept["grading"]),
            began=datetime.fromisoformat(kept["began"]),
            used=float(kept["used"]),
            since=datetime.fromisoformat(kept["since"]) if kept["since"] else None,
            turns=tuple(Turn(**{**t, "stage": Stage(t["stage"])}) for t in kept["turns"]),
            closing=bool(kept["closing"]),
            over=bool(kept["over"]),
        )
    except (KeyError, TypeError, ValueError):
        return None


def skills_of(turn: Turn) -> tuple[Skill, ...]:
    """The skills that a question asked for when it was drawn."""
    return tuple(map(Skill.parse, turn.p))
