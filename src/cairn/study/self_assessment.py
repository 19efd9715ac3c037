"""The lists of questions to ask oneself after a phase: an honest yes or not yet, which stops nothing."""

from __future__ import annotations

from collections.abc import Mapping

from cairn.planning.companions import companions
from cairn.store.gate_answers import GateAnswer
from cairn.study.checkpoints import Checkpoints

SELF = "self/"
"""Before the id of a question where its answer is kept."""


def list_after(checkpoints: Checkpoints, phase: str) -> tuple[str, ...]:
    """The questions to ask oneself after a phase, without those of its checkpoint.

    Raises:
        PlanError: there is no such phase.
    """
    path, number = checkpoints.path(phase)
    gate = path.phases[number].checkpoint
    asked = gate.questions if gate else ()
    curriculum = checkpoints.desk.atlas.curriculum
    mine = [one for one in companions(curriculum, path).lists if one.after_phase == number + 1]
    return tuple(q for one in mine for q in one.questions if q in curriculum.questions and q not in asked)


def said(checkpoints: Checkpoints, phase: str) -> dict[str, str]:
    """What was said to the list after a phase: `met` or `not-met` by question."""
    kept = checkpoints.kept.of(checkpoints.desk.person_id, phase)
    names = list_after(checkpoints, phase)
    return {name: kept[phase, SELF + name].state for name in names if (phase, SELF + name) in kept}


def tell(checkpoints: Checkpoints, phase: str, answers: Mapping[str, bool]) -> None:
    """Keep an honest yes or no to questions of the list after a phase."""
    now = checkpoints.desk.clock()
    for name in list_after(checkpoints, phase):
        if name in answers:
            state = "met" if answers[name] else "not-met"
            checkpoints.keep(GateAnswer(now, phase, SELF + name, "", state))
