"""What is said of a plan in sentences: how far it is, what another would change, what a move led to and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import ceil

from cairn.curriculum import Curriculum, Skill
from cairn.planning import Act, Day, Past, Plan
from cairn.planning.changes import Changes
from cairn.planning.weeks import BESIDE
from cairn.study.planning_made import Made
from cairn.study.wording import count

FEW = 3
WEEK = 7


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a plan is, in minutes of its own work.

    Attributes:
        since: when the first plan for these goals began.
        done: minutes logged since then.
        ahead: minutes that are left, if all takes as long as expected.
        held: the first day of the plan that holds.
        planned, did: minutes planned and logged from that day to yesterday.
    """

    since: date
    done: int
    ahead: int
    held: date
    planned: int
    did: int

    @property
    def share(self) -> float:
        """The share of all work that is done."""
        return self.done / (self.done + self.ahead) if self.done + self.ahead else 1.0

    @property
    def behind(self) -> int:
        """Minutes that were planned and not done; negative where more was done."""
        return self.planned - self.did


def progress(made: Made, kept: tuple[Day, ...], past: Past, held: date) -> Progress:
    """How far a plan is.

    Args:
        made: the plan as of today.
        kept: the days of the plan that holds, as it was made.
        past: what has happened.
        held: the first day of the plan that holds.
    """
    today, since = made.terms.start, min(made.terms.since or held, held)
    return Progress(
        since=since,
        done=sum(h.minutes for h in past.happened if h.day >= since),
        ahead=work(made.plan.days),
        held=held,
        planned=work(day for day in kept if day.date < today),
        did=sum(h.minutes for h in past.happened if held <= h.day < today),
    )


def work(days: Iterable[Day]) -> int:
    """Minutes of the plan's own work that are to be done in some days: no reviews, no tracks."""
    return sum(
        slot.minutes
        for day in days
        for slot in day.slots
        if not slot.done and slot.activity.act not in BESIDE
    )


def moved_by(days: int) -> str:
    """`3 days later`, `14 weeks sooner`, `the same day`."""
    if not days:
        return "the same day"
    size = abs(days)
    said = count(size, "day") if size < 2 * WEEK else count(round(size / WEEK), "week")
    return f"{said} {'later' if days > 0 else 'sooner'}"


def day_name(day: date, today: date) -> str:
    """`Tuesday 3 February`, with the year where it is another."""
    year = f" {day.year}" if day.year != today.year else ""
    return f"{day:%A} {day.day} {day:%B}{year}"


def enough(made: Made) -> float | None:
    """About how many hours a week would hold everything before the deadline, by halves; None where it holds."""
    plan, time = made.plan, made.request.time
    if plan.feasible or time.deadline is None:
        return None
    weeks = max(1, (time.deadline - time.start).days + 1) / WEEK
    hours = (time.weekly_minutes + plan.over_minutes / weeks) / 60
    return ceil(2 * hours) / 2


def instead(now: Made, then: Made) -> tuple[str, ...]:
    """What would be different if one plan held instead of another, the end first."""
    a, b, today = now.plan, then.plan, now.terms.start
    said = []
    if b.finish is None:
        said.append("Nothing would be left to do." if b.feasible else "Nothing fits before the deadline.")
    elif a.finish is None or a.finish == b.finish:
        said.append("The end stays where it is.")
    else:
        by = moved_by((b.finish - a.finish).days)
        said.append(f"You would be done about {day_name(b.finish, today)}: {by}.")
    if b.early and b.late:
        span = f"{b.early.day} {b.early:%B %Y} and {b.late.day} {b.late:%B %Y}"
        said.append(f"Four of five people like you finish between {span}.")
    if not b.feasible:
        gone = count(len(b.dropped), "target")
        said.append(f"{round(b.over_minutes / 60)} h are too many before the deadline: {gone} would not fit.")
    elif not a.feasible:
        said.append("Everything would fit before the deadline.")
    if b.chance is not None and b.feasible:
        said.append(f"The chance to do all of it in time is {100 * b.chance:.0f} %.")
    hours = round((work(b.days) - work(a.days)) / 60)
    if hours:
        said.append(f"The plan would have {abs(hours)} h {'more' if hours > 0 else 'less'} of work.")
    left = {p.title for p in a.phases} - {p.title for p in b.phases}
    if left:
        said.append(f"Left out: {', '.join(p.title for p in a.phases if p.title in left)}.")
    return tuple(said)


def follows(made: Made, changes: Changes, skill: Skill, wanted: date, curriculum: Curriculum) -> str:
    """What a move led to, and why it is not the day that was wished where it is another."""
    today = made.terms.start
    name = f"{curriculum.topics[skill.topic].title} ({skill.level.value})"
    begins = begin_of(made.plan, skill)
    if begins is None:
        return f"{name} no longer fits before the deadline, and is dropped."
    said = [f"{name} now begins on {day_name(begins, today)}"]
    if begins > max(wanted, today):
        said[0] += f", not on {day_name(wanted, today)}: {why_later(made, skill, wanted, curriculum)}"
    others = [m for m in changes.moves if m.id != str(skill) and m.was is not None and m.now is not None]
    if others:
        what = "thing moves" if len(others) == 1 else "things move"
        said.append(f"{len(others)} other {what} with it")
    gone = [m for m in changes.moves if m.was is not None and m.now is None]
    if gone:
        said.append(f"{count(len(gone), 'thing')} {'falls' if len(gone) == 1 else 'fall'} out")
    return ". ".join(said) + "."


def begin_of(plan: Plan, skill: Skill) -> date | None:
    """The day on which a skill begins in what is left of a plan."""
    days = (d.date for d in plan.days for s in d.slots if s.activity.skill == skill and not s.done)
    return next(days, None)


def why_later(made: Made, skill: Skill, wanted: date, curriculum: Curriculum) -> str:
    """Why a skill begins only after the day that was wished: what stands before it, or that there is no time."""
    graph, plan = curriculum.graph, made.plan
    ends: dict[Skill, date] = {}
    gates: dict[int, date] = {}
    phase = 0
    for day in plan.days:
        for slot in day.slots:
            activity = slot.activity
            if slot.done:
                continue
            if activity.skill is not None:
                ends[activity.skill] = day.date
                phase = activity.phase if activity.skill == skill else phase
            elif activity.act is Act.CHECKPOINT:
                gates[activity.phase] = day.date
    below = [graph.nodes[j] for j in graph.below([graph.position[skill]])]
    before = sorted((ends[s], s) for s in below if s != skill and ends.get(s, wanted) >= wanted)
    if before:
        names = [f"{curriculum.topics[s.topic].title} ({s.level.value})" for _, s in before[-FEW:]]
        more = f" and {len(before) - FEW} more" if len(before) > FEW else ""
        return f"it needs {', '.join(reversed(names))}{more} first"
    if any(number < phase and day >= wanted for number, day in gates.items()):
        return "the checkpoint of the phase before it comes first"
    if not made.request.time.on(wanted):
        return "there is no time on that day"
    return "what was begun before it is finished first"


def weeks_of(start: date, end: date) -> int:
    """Whole weeks from one day to another, at least one."""
    return max(1, ceil(((end - start).days + 1) / WEEK))
