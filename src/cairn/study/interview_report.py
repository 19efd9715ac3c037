"""What an interview showed: what was covered, each point, where one's grade and earlier answers disagree, what to read.

There is no score. Points are counted by what they earned, and one's own grade is set beside what other answers say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cairn.curriculum import Curriculum, Skill
from cairn.curriculum.model_answer import Criterion
from cairn.learner import Evidence, Outcome, Source
from cairn.planning import Gap
from cairn.study.interviewing import Interview, Interviewing, Turn
from cairn.study.self_grading import GOOD, POOR, Credit, by_skill
from cairn.study.typeset import readable
from cairn.study.wording import about, count

WORDS = {Credit.FULL: "in full", Credit.PARTIAL: "in part", Credit.NONE: "not"}


@dataclass(frozen=True, slots=True)
class Asked:
    """One question and how it went.

    Attributes:
        question: its id.
        ask: the question.
        number: that of the answer.
        marks: each criterion with its credit; none for "I don't know".
        said, then: the answer and that to the follow-up.
        follow: the credit for the follow-up, or "".
    """

    question: str
    ask: str
    number: int
    marks: tuple[tuple[Criterion, Credit], ...]
    said: str
    then: str
    follow: str

    @property
    def passed(self) -> bool:
        """Whether the person said that they do not know."""
        return not self.marks


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A skill on which one's own grade and earlier answers differ.

    Attributes:
        skill: the skill.
        well: whether one graded oneself well.
        right, wrong: earlier answers on this very skill.
        p: what was believed when the question was drawn.
    """

    skill: Skill
    well: bool
    right: int
    wrong: int
    p: float

    @property
    def says(self) -> str:
        """In a sentence."""
        own = "You graded yourself well" if self.well else "You graded yourself poorly"
        of = count(self.right + self.wrong, "earlier answer")
        return f"{own}; of {of} on this {self.right} {'was' if self.right == 1 else 'were'} right."


@dataclass(frozen=True, slots=True)
class Reading:
    """A page section to read, with the points that it repairs."""

    place: str
    title: str
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What an interview showed.

    Attributes:
        interview: the interview.
        asked: its questions.
        topics: titles of the topics that they asked for.
        disagreements: where one's grade and earlier answers differ.
        readings: what to read, the weightiest first.
        gap: what stands between the person and the questions that did not go well; None where all did.
    """

    interview: Interview
    asked: tuple[Asked, ...]
    topics: tuple[str, ...]
    disagreements: tuple[Disagreement, ...]
    readings: tuple[Reading, ...]
    gap: Gap | None

    def credits(self, credit: Credit) -> int:
        """How many points earned this."""
        return sum(m is credit for a in self.asked for _, m in a.marks)


def report(interviewing: Interviewing, interview: Interview) -> Report:
    """The report of a finished interview. Questions that have left the curriculum are passed over."""
    curriculum = interviewing.grading.desk.atlas.curriculum
    asked = tuple(a for t in interview.turns if (a := _asked(interviewing, t)) is not None)
    weak = [a.question for a in asked if not _well(curriculum, a)]
    topics = dict.fromkeys(s.topic for a in asked for s in curriculum.questions[a.question].targets)
    return Report(
        interview=interview,
        asked=asked,
        topics=tuple(curriculum.topics[t].title for t in topics if t in curriculum.topics),
        disagreements=tuple(_disagreements(interviewing, interview, asked)),
        readings=_readings(curriculum, asked),
        gap=interviewing.grading.desk.gap(*weak) if weak else None,
    )


def _asked(interviewing: Interviewing, turn: Turn) -> Asked | None:
    curriculum = interviewing.grading.desk.atlas.curriculum
    kept = interviewing.grading.find(turn.question, turn.number)
    model = curriculum.answers.get(turn.question)
    if kept is None or model is None:
        return None
    marks = tuple(zip(model.rubric, kept.marks, strict=True)) if kept.marks and kept.current else ()
    ask = curriculum.questions[turn.question].ask
    return Asked(turn.question, ask, turn.number, marks, kept.said, turn.then, turn.follow)


def _well(curriculum: Curriculum, asked: Asked) -> bool:
    """Whether a question went well on every skill it asks for."""
    return bool(asked.marks) and min(_shares(curriculum, asked).values()) >= GOOD


def _shares(curriculum: Curriculum, asked: Asked) -> dict[Skill, float]:
    model = curriculum.answers[asked.question]
    return by_skill(curriculum.questions[asked.question], model, [m for _, m in asked.marks])


def _disagreements(
    interviewing: Interviewing, interview: Interview, asked: Sequence[Asked]
) -> list[Disagreement]:
    """Skills graded well that earlier answers mostly missed, and the reverse; none without such answers."""
    curriculum = interviewing.grading.desk.atlas.curriculum
    desk = interviewing.grading.desk
    before = [e for e in desk.log.of(desk.person_id) if e.at < interview.began]
    p = {skill: value for t in interview.turns for skill, value in t.p.items()}
    found = []
    for one in asked:
        if one.passed:
            continue
        for skill, earned in _shares(curriculum, one).items():
            right, wrong = _answers(before, skill)
            well = earned >= GOOD and wrong > right
            if well or (earned <= POOR and right > wrong):
                found.append(Disagreement(skill, well, right, wrong, p.get(str(skill), 0.5)))
    return found


def _answers(events: Sequence[Evidence], skill: Skill) -> tuple[int, int]:
    """Answers to items and exercises on a skill: right, and wrong or passed."""
    mine = [e for e in events if e.skill == str(skill) and e.source is not Source.SELF_REPORT]
    right = sum(e.outcome.good for e in mine)
    missed = sum(e.outcome in {Outcome.WRONG, Outcome.PASSED, Outcome.UNKNOWN} for e in mine)
    return right, missed


def _readings(curriculum: Curriculum, asked: Sequence[Asked]) -> tuple[Reading, ...]:
    missing: dict[str, list[tuple[float, str]]] = {}
    for one in asked:
        rubric = curriculum.answers[one.question].rubric
        marks = one.marks or tuple((c, Credit.NONE) for c in rubric)
        for criterion, mark in marks:
            if mark is not Credit.FULL:
                lost = criterion.weight * (1 - mark.share)
                missing.setdefault(criterion.see, []).append((lost, criterion.point))
    order = sorted(missing, key=lambda place: -sum(lost for lost, _ in missing[place]))
    return tuple(
        Reading(place, place_title(curriculum, place), tuple(dict.fromkeys(p for _, p in missing[place])))
        for place in order
    )


def place_title(curriculum: Curriculum, place: str) -> str:
    """What a page section is called: the topic, and the section's heading."""
    topic, _, anchor = place.partition("#")
    found, section = curriculum.topics.get(topic), curriculum.section(anchor)
    words = readable(section.title) if section else anchor.replace("-", " ")
    return f"{found.title if found else topic}: {words}"


def about_what(curriculum: Curriculum, interview: Interview) -> str:
    """What an interview is about, for a heading."""
    names = []
    for target in interview.targets:
        entry = curriculum.resolve(target)
        names.append(entry.title if entry else target)
    names += [curriculum.areas[a].title for a in interview.areas if a in curriculum.areas]
    return ", ".join(names) or "everything on the map"


def document(found: Report, curriculum: Curriculum) -> dict[str, Any]:
    """A report as JSON."""
    i = found.interview
    return {
        "format": 1,
        "interview": i.id,
        "began": i.began.isoformat(),
        "about": about_what(curriculum, i),
        "minutes": i.minutes,
        "used_minutes": round(i.used / 60, 1),
        "topics": list(found.topics),
        "points": {c.value: found.credits(c) for c in Credit},
        "questions": [
            {
                "id": a.question,
                "ask": a.ask,
                "passed": a.passed,
                "points": [
                    {"point": c.point, "weight": c.weight, "credit": m.value, "see": c.see} for c, m in a.marks
                ],
                "follow_up": a.follow or None,
            }
            for a in found.asked
        ],
        "disagreements": [
            {
                "skill": str(d.skill), "graded": "well" if d.well else "poorly", "right": d.right,
                "wrong": d.wrong, "p_before": d.p,
            }
            for d in found.disagreements
        ],
        "read": [{"see": r.place, "title": r.title, "points": list(r.points)} for r in found.readings],
        "gap": _gap(found.gap),
    }  # fmt: skip


def _gap(gap: Gap | None) -> Mapping[str, Any] | None:
    if gap is None:
        return None
    return {"hours": [round(h, 1) for h in gap.hours], "skills": list(map(str, gap.skills))}


def markdown(found: Report, curriculum: Curriculum, when: datetime | None = None) -> str:
    """A report as Markdown, to be kept elsewhere."""
    i = found.interview
    day = (when or i.began).strftime("%d %B %Y")
    lines = [
        f"# Interview of {day}: {about_what(curriculum, i)}",
        "",
        f"{count(len(found.asked), 'question')}, {i.used / 60:.0f} of {i.minutes} min. {tally(found)}",
        "",
    ]
    for n, a in enumerate(found.asked, 1):
        lines += [f"## {n}. {a.ask}", ""]
        lines += ["I don’t know.", ""] if a.passed else []
        lines += [f"- **{WORDS[m]}**: {readable(c.point)}" + _counts(c) for c, m in a.marks]
        lines += [f"- **{WORDS[Credit(a.follow)]}**: the follow-up"] if a.follow else []
        lines += [""] if a.marks else []
        lines += ["> " + line for line in a.said.strip().splitlines()] + ([""] if a.said.strip() else [])
    if found.disagreements:
        lines += ["## Where your grade and earlier answers disagree", ""]
        lines += [f"- {d.skill}: {d.says}" for d in found.disagreements] + [""]
    if found.readings:
        lines += ["## What to read", ""]
        lines += [f"- {r.title} ({'; '.join(readable(p) for p in r.points)})" for r in found.readings] + [""]
    if found.gap is not None and found.gap.skills:
        lines += [
            f"Left to learn for these questions: {count(len(found.gap.topics), 'topic')}, {about(found.gap.hours)}.",
            "",
        ]
    return "\n".join(lines).rstrip() + "\n"


def _counts(criterion: Criterion) -> str:
    return f" (counts {criterion.weight})" if criterion.weight > 1 else ""


def tally(found: Report) -> str:
    """The points by what they earned, in a sentence."""
    full, partial, none = (found.credits(c) for c in Credit)
    passed = sum(a.passed for a in found.asked)
    said = f"{count(full, 'point')} in full, {partial} in part, {none} not"
    return f"{said}; {passed} passed." if passed else f"{said}."
