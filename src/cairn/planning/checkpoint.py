"""The gate at the end of a phase: what is asked, how each question is graded, and where a failure leads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from cairn.curriculum import Curriculum, Skill
from cairn.curriculum.question import AnswerKind, Question
from cairn.planning.errors import PlanError
from cairn.planning.outline import Part

QUESTION_MINUTES = 12
ASSESS_MINUTES = 5
REPAIR_SHARE = 0.4
"""What share of a skill's minutes is planned to go over it again after a failed question."""


class Strictness(StrEnum):
    """What a checkpoint that is not passed stops."""

    SOFT = "soft"
    HARD = "hard"


class Grading(StrEnum):
    """Who can say whether an answer is right."""

    EXERCISE = "exercise"
    ITEM = "item"
    RUBRIC = "rubric"


@dataclass(frozen=True, slots=True)
class GateQuestion:
    """One question of a gate.

    Attributes:
        id: the question's id.
        ask: its words.
        grading: who grades it.
        exercises: exercises of which one accepted answers it, as the checkpoint names them.
        skills: the skills it takes.
        key: the short answer, for grading by rubric.
    """

    id: str
    ask: str
    grading: Grading
    exercises: tuple[str, ...]
    skills: tuple[Skill, ...]
    key: str


@dataclass(frozen=True, slots=True)
class Gate:
    """A checkpoint with its questions and exact criteria.

    Attributes:
        phase: id of its phase.
        title: of the phase.
        questions: what is asked.
        criteria: what must hold.
        if_yes, if_no: what the path says to do then.
        repairs: for each criterion the skills to go over again; none where it speaks of all questions together,
            so that nobody need be asked about it.
    """

    phase: str
    title: str
    questions: tuple[GateQuestion, ...]
    criteria: tuple[str, ...]
    if_yes: str
    if_no: str
    repairs: tuple[tuple[Skill, ...], ...] = ()

    @property
    def minutes(self) -> int:
        """How long it is expected to take."""
        return QUESTION_MINUTES * max(1, len(self.questions))


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a gate was met.

    Attributes:
        passed: whether every question and criterion that was not waived is met.
        failed: the questions that were not.
        unanswered: the questions that have no answer yet; there is no verdict before all have one.
        unmet: criteria that are not met.
        repair: the skills to go over again: those of the questions in order, then those of the criteria.
        advice: what the path says to do now.
    """

    passed: bool
    failed: tuple[str, ...]
    unanswered: tuple[str, ...]
    unmet: tuple[str, ...]
    repair: tuple[Skill, ...]
    advice: str


def gate(curriculum: Curriculum, part: Part) -> Gate | None:
    """The gate of a phase, or None if it has none. Questions that left the curriculum are passed over."""
    checkpoint = part.checkpoint
    if checkpoint is None:
        return None
    known = [curriculum.questions[q] for q in checkpoint.questions if q in curriculum.questions]
    return Gate(
        phase=part.id,
        title=part.title,
        questions=tuple(
            _question(curriculum, question, checkpoint.exercises.get(question.id, ())) for question in known
        ),
        criteria=checkpoint.criteria,
        if_yes=checkpoint.if_yes or "",
        if_no=checkpoint.if_no or "review weak areas",
        repairs=tuple(
            tuple(s for s in skills if s in curriculum.graph.position)
            for skills in (*checkpoint.repairs, *([()] * len(checkpoint.criteria)))[
                : len(checkpoint.criteria)
            ]
        ),
    )


def _question(curriculum: Curriculum, question: Question, answered_by: Iterable[str]) -> GateQuestion:
    exercises = tuple(e for e in answered_by if e in curriculum.exercises)
    grading = Grading.RUBRIC
    if exercises:
        grading = Grading.EXERCISE
    elif {AnswerKind.NUMBER, AnswerKind.CHOICE}.intersection(question.kind):
        grading = Grading.ITEM
    return GateQuestion(question.id, question.ask, grading, exercises, question.targets, question.key or "")


def judge(
    gate: Gate,
    answers: Mapping[str, bool],
    accepted: Iterable[str] = (),
    met: Mapping[int, bool] | None = None,
    waived: Iterable[str] = (),
) -> Verdict:
    """Whether a gate is passed.

    Args:
        gate: the gate.
        answers: by question id, whether the answer was right by its rubric or item. It also counts for a
            question whose code nobody has judged.
        accepted: exercises the judge has accepted; one answers each question that lists it.
        met: by number of the criterion from 0, whether it is met. One that nobody spoke about counts as met when
            all questions are.
        waived: questions the learner leaves out for a reason of their own.

    Raises:
        PlanError: an answer, a waiver or a criterion is none of this gate's.
    """
    own = {question.id for question in gate.questions}
    for name in [*answers, *waived]:
        if name not in own:
            raise PlanError(
                f"{name!r} is no question of {gate.title}", f"its questions: {', '.join(sorted(own))}"
            )
    for number in met or {}:
        if not 0 <= number < len(gate.criteria):
            raise PlanError(f"there is no criterion {number + 1}", f"there are {len(gate.criteria)}")
    have, left_out = set(accepted), set(waived)
    asked = [q for q in gate.questions if q.id not in left_out]
    right = {q.id for q in asked if answers.get(q.id) or have.intersection(q.exercises)}
    wrong = [q for q in asked if q.id not in right and q.id in answers]
    open_ = tuple(q.id for q in asked if q.id not in right and q.id not in answers)
    unmet = tuple(text for n, text in enumerate(gate.criteria) if (met or {}).get(n) is False)
    passed = not wrong and not open_ and not unmet
    weak = [q.skills for q in wrong] + [
        gate.repairs[n] for n in range(len(gate.repairs)) if (met or {}).get(n) is False
    ]
    repair = tuple(dict.fromkeys(skill for skills in weak for skill in skills))
    advice = gate.if_yes if passed else gate.if_no
    return Verdict(passed, tuple(q.id for q in wrong), open_, unmet, repair, advice)
