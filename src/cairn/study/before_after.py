"""What a change does to a plan: its end, its range and its phases, before and after."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from cairn.planning import Mix
from cairn.planning.outline import outline
from cairn.planning.plan import Plan
from cairn.planning.profile import Answers, apply
from cairn.study.planning import Planning
from cairn.study.planning_terms import Terms


@dataclass(frozen=True, slots=True)
class PhaseChange:
    """A phase: when it ends before and after, with its hours."""

    title: str
    before: date | None
    after: date | None
    hours: tuple[float, float]

    @property
    def days(self) -> int:
        """By how many days it ends later; negative is sooner; 0 where one of them has no end."""
        return (self.after - self.before).days if self.before and self.after else 0


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """Two plans side by side."""

    before: Plan
    after: Plan
    phases: tuple[PhaseChange, ...]

    @property
    def days(self) -> int:
        """By how many days the end comes later; negative is sooner."""
        if self.before.finish is None or self.after.finish is None:
            return 0
        return (self.after.finish - self.before.finish).days

    @property
    def hours(self) -> tuple[float, float]:
        """Hours ahead before and after."""
        return hours_ahead(self.before), hours_ahead(self.after)

    @property
    def same(self) -> bool:
        """Whether nothing changes that a person would see."""
        return (
            self.days == 0
            and round(self.hours[0]) == round(self.hours[1])
            and not any(p.days for p in self.phases)
        )


def hours_ahead(plan: Plan) -> float:
    """Hours of what is not done."""
    return sum(slot.minutes for day in plan.days for slot in day.slots if not slot.done) / 60


def before_after(planning: Planning, **different: Any) -> BeforeAfter:  # noqa: ANN401
    """The plan as it is and as it would be; nothing is kept.

    Args:
        planning: the person's plan.
        **different: fields of `Terms` to replace.

    Raises:
        NoPlanError: there is no plan.
        PlanError: it cannot be planned.
    """
    before, after = planning.what_if().plan, planning.what_if(**different).plan
    old, new = {p.id: p for p in before.phases}, {p.id: p for p in after.phases}
    phases = tuple(
        PhaseChange(
            (old.get(name) or new[name]).title,
            old[name].finish if name in old else None,
            new[name].finish if name in new else None,
            (old[name].minutes / 60 if name in old else 0.0, new[name].minutes / 60 if name in new else 0.0),
        )
        for name in dict.fromkeys((*old, *new))
    )
    return BeforeAfter(before, after, phases)


def answered(planning: Planning, terms: Terms, answers: Answers) -> dict[str, Any]:
    """The answers of a profile as fields of terms.

    Raises:
        PlanError: an area or a preference is unknown.
    """
    curriculum = planning.desk.atlas.curriculum
    request = planning.what_if().request
    rules = outline(curriculum, request.wishes, request.chosen, request.without).rules
    usual = rules.mix if rules and rules.mix else Mix()
    changed = apply(curriculum, replace(request, sooner=()), answers, usual)
    tilted = changed.mix if answers.prefers else None
    return {
        "met": answers.met,
        "mix": (tilted.doing, tilted.reading, tilted.watching) if tilted else terms.mix,
        "sooner": tuple(map(str, changed.sooner)),
    }
