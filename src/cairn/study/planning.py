"""The verbs of planning for one person: plan, what if, replan, move, today, checkpoint, audit, profile."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from cairn.curriculum import Kind, Skill
from cairn.planning import (
    Day,
    Gate,
    Happened,
    Mix,
    PaceBelief,
    Past,
    PlanError,
    Planner,
    Repair,
    Request,
    Verdict,
    learn_pace,
    optimal,
)
from cairn.planning.audit import Audit, audit
from cairn.planning.changes import Changes, changes
from cairn.planning.checkpoint import gate, judge
from cairn.planning.companions import Later, companions
from cairn.planning.outline import Part, outline
from cairn.planning.profile import Answers, Profile, apply, profile
from cairn.planning.request import ReviewLoad
from cairn.store.logbook import Logbook
from cairn.store.plans import Attempt, KeptPlan, Plans
from cairn.study.desk import Desk
from cairn.study.planning_days import days_from_json, days_to_json
from cairn.study.planning_made import Made, Replanned
from cairn.study.planning_memo import Memo
from cairn.study.planning_terms import Terms, request_of, zone_of


class NoPlanError(PlanError):
    """Raised when something is asked about a plan and none was made."""

    def __init__(self) -> None:
        super().__init__("there is no plan yet", "make one: cairn plan llm-roadmap --hours-per-week 7")


@dataclass(frozen=True)
class Planning:
    """One person's plan. Plan, log and evidence are read anew for each verb; a plan that follows from the same is
    not made twice.

    Attributes:
        desk: the person.
        plans, logbook: where plans and the log are kept.
        belief: for skills, the probability that the person has them; the desk's own belief, if None.
        accepted: the exercises they had accepted.
        load: minutes of review that their queue holds, from a day on.
        memo: plans made before.
    """

    desk: Desk
    plans: Plans
    logbook: Logbook
    belief: Mapping[Skill, float] | None = None
    accepted: Callable[[], Iterable[str]] = tuple
    load: Callable[[date], ReviewLoad] = lambda _today: 0
    memo: Memo = field(default_factory=Memo)

    def today(self, zone: str | None = None) -> date:
        """Which day it is for the person.

        Raises:
            PlanError: there is no such time zone.
        """
        return self.desk.clock().astimezone(zone_of(zone)).date()

    def propose(self, terms: Terms, *, fresh: bool = False) -> Made:
        """A plan that is not kept, with a proof of what fits where the solver is installed.

        Args:
            terms: what is asked.
            fresh: whether to ask as a stranger would: nothing known, nothing done.

        Raises:
            PlanError: it cannot be planned.
        """
        planner = Planner(self.desk.atlas.curriculum, optimal.exact if optimal.available() else None)
        return self._made(planner, terms, self._request(terms, fresh=fresh), Past() if fresh else self.past())

    def make(self, terms: Terms) -> Made:
        """A plan that is kept as the person's own."""
        made = self.propose(replace(terms, since=terms.since or terms.start))
        self._keep(made)
        return made

    def what_if(self, **different: Any) -> Made:  # noqa: ANN401
        """The plan as it would be with other terms; quick, and nothing is kept.

        Args:
            **different: fields of `Terms` to replace: hours, deadline, without, ...

        Raises:
            NoPlanError: there is no plan to change.
            PlanError: it cannot be planned.
        """
        terms = replace(self._from_today(self.terms()), **different)
        planner = Planner(self.desk.atlas.curriculum, thorough=False)
        return self._made(planner, terms, self._request(terms), self.past())

    def replan(self, **different: Any) -> Replanned:  # noqa: ANN401
        """A plan from today on, after what really happened, kept; with what moved and why.

        Args:
            **different: fields of `Terms` to replace.

        Raises:
            NoPlanError: there is no plan.
        """
        kept = self._kept()
        before = Terms.from_json(kept.terms)
        terms = replace(self._from_today(before), **different)
        made = self.propose(terms)
        moved = self._changes(kept, made)
        self._keep(made)
        return Replanned(made, moved)

    def move(self, skill: str, day: date) -> Replanned:
        """Begin a skill on a day, or as soon after it as what it requires allows; what requires it follows.

        A later day holds it until then. An earlier one also pulls it forward, with what it requires. A day that has
        passed lets it come as soon as can be.

        Raises:
            NoPlanError: there is no plan.
            PlanError: the skill is done, or in no plan, or the day lies after the deadline.
        """
        terms, name = self.terms(), str(self.desk.atlas.skill(skill))
        begins = self.begins().get(self.desk.atlas.skill(skill))
        if begins is None:
            raise PlanError(f"{name} is not ahead in the plan", "what is done is not moved")
        if terms.deadline and day > terms.deadline:
            raise PlanError(f"{day} is after the deadline {terms.deadline}", "move the deadline first")
        hold = {other: until for other, until in (terms.hold or {}).items() if other != name}
        sooner = tuple(other for other in terms.sooner if other != name)
        if day > self.today(terms.zone):
            hold[name] = day
        return self.replan(hold=hold, sooner=(name, *sooner) if day < begins else sooner)

    def begins(self) -> dict[Skill, date]:
        """For each skill that is ahead in the plan as of today the day on which it begins.

        Raises:
            NoPlanError: there is no plan.
        """
        return {
            s.activity.skill: d.date
            for d in reversed(self.current().plan.days)
            for s in d.slots
            if s.activity.skill is not None and not s.done
        }

    def last_change(self) -> tuple[int, Changes] | None:
        """What moved when the plan that holds was made, with its number; None where it is the first.

        Raises:
            NoPlanError: there is no plan.
        """
        kept, *before = self.plans.recent(self.desk.person_id) or [self._kept()]
        if not before:
            return None
        now = self.current()
        plan = replace(now.plan, days=days_from_json(kept.days))
        made = Made(Terms.from_json(kept.terms), now.request, plan)
        return kept.number, self._changes(before[0], made)

    def undo(self, number: int) -> bool:
        """Take the last change of the plan back, if it still is the one of this number."""
        return self.plans.back(self.desk.person_id, number)

    def terms(self) -> Terms:
        """What the person asked of the plan that holds.

        Raises:
            NoPlanError: there is none.
        """
        return Terms.from_json(self._kept().terms)

    def days(self) -> tuple[Day, ...]:
        """The days of the plan that holds, as it was made.

        Raises:
            NoPlanError: there is none.
        """
        return days_from_json(self._kept().days)

    def current(self) -> Made:
        """The plan from today on, after what has happened since it was made; not kept.

        Raises:
            NoPlanError: there is none.
        """
        return self.propose(self._from_today(self.terms()))

    # -- checkpoints ------------------------------------------------------------------------------------------

    def gates(self) -> list[Gate]:
        """The gates of the plan's phases, in order."""
        found = (gate(self.desk.atlas.curriculum, part) for part in self._parts(self.terms()))
        return [g for g in found if g is not None]

    def gate(self, phase: str) -> Gate:
        """The gate of a phase of any path.

        Raises:
            PlanError: there is no such phase, or it has no gate.
        """
        curriculum = self.desk.atlas.curriculum
        entry = curriculum.resolve(phase)
        stage = curriculum.phase(entry.id) if entry is not None and entry.kind is Kind.PHASE else None
        if stage is None:
            raise PlanError(f"{phase!r} is no phase", "see: cairn checkpoint")
        found = gate(curriculum, Part(stage.id, stage.title, stage.steps, stage.checkpoint))
        if found is None:
            raise PlanError(f"{stage.title} has no checkpoint", "go on to the next phase")
        return found

    def check(
        self,
        phase: str,
        answers: Mapping[str, bool],
        met: Mapping[int, bool] | None = None,
        waived: Iterable[str] = (),
    ) -> Verdict:
        """Grade a gate and keep how it went, once every question has an answer.

        A question that an accepted exercise answers needs no other answer.

        Args:
            phase: the phase.
            answers: by question, whether it was right.
            met: by number of the criterion from 0, whether it is met.
            waived: questions left out.

        Raises:
            PlanError: there is no such phase or gate, or an answer is to none of its questions.
        """
        found = self.gate(phase)
        verdict = judge(found, answers, self.accepted(), met, waived)
        if not verdict.unanswered:
            self.desk.person()
            repair = tuple(str(skill) for skill in verdict.repair)
            attempt = Attempt(self.desk.clock(), found.phase, verdict.passed, dict(answers), repair)
            self.plans.attempt(self.desk.person_id, attempt)
        return verdict

    # -- lists, advice ----------------------------------------------------------------------------------------

    def audit(self, target: str, lines: Sequence[str]) -> Audit:
        """A list of one's own, held against a goal, after what one knows."""
        atlas = self.desk.atlas
        return audit(atlas.curriculum, atlas.target(target), lines, self.desk.knows())

    def later(self, path: str) -> tuple[Later, ...]:
        """What a path says to skip or to put off, with the reason and when to learn it.

        Raises:
            PlanError: it is no path.
        """
        entry = self.desk.atlas.curriculum.resolve(path)
        if entry is None or entry.kind is not Kind.PATH:
            raise PlanError(f"{path!r} is no path", "see: cairn find path")
        return companions(self.desk.atlas.curriculum, self.desk.atlas.curriculum.paths[entry.id]).later

    def profile(self, terms: Terms, answers: Answers | None = None) -> tuple[Profile, Made]:
        """Where the person stands before the goals of some terms, and the plan as a few answers change it."""
        curriculum = self.desk.atlas.curriculum
        request = self._request(terms)
        rules = outline(curriculum, request.wishes, request.chosen, request.without).rules
        mix = request.mix or (rules.mix if rules and rules.mix else Mix())
        changed = apply(curriculum, request, answers or Answers(), mix)
        plan = Planner(curriculum, thorough=False).plan(changed, self.past())
        return profile(curriculum, changed), Made(terms, changed, plan)

    # -- the past ---------------------------------------------------------------------------------------------

    def past(self) -> Past:
        """What has happened, from the log and the checkpoints."""
        attempts = self.plans.attempts(self.desk.person_id)
        last = {attempt.phase: attempt for attempt in attempts}
        tries: dict[str, int] = {}
        for attempt in attempts:
            tries[attempt.phase] = tries.get(attempt.phase, 0) + 1
        graph = self._graph()
        repairs = tuple(
            Repair(
                a.phase,
                tries[a.phase],
                tuple(s for s in map(_skill, a.repair) if s is not None and s in graph.position),
            )
            for a in last.values()
            if not a.passed
        )
        passed = frozenset(a.phase for a in last.values() if a.passed)
        happened = tuple(
            Happened(e.day, e.activity, e.title, e.minutes, e.finished, e.planned, e.mode)
            for e in self.logbook.entries(self.desk.person_id)
        )
        return Past(happened, passed, repairs)

    def pace(self) -> PaceBelief:
        """The person's pace, from finished activities: minutes taken in all against minutes planned."""
        past = self.past()
        spent = past.spent()
        planned = {h.activity: h.planned for h in past.happened if h.planned}
        finished = past.finished
        return learn_pace((planned[a], spent[a]) for a in sorted(finished) if a in planned)

    # -- helpers ----------------------------------------------------------------------------------------------

    def _request(self, terms: Terms, *, fresh: bool = False) -> Request:
        desk = self.desk
        if fresh:
            return request_of(desk.atlas, terms, (), None)
        stands = desk.stands()
        belief = self.belief
        if belief is None and stands.belief is not None:
            belief = dict(zip(desk.atlas.curriculum.graph.nodes, stands.belief.p.tolist(), strict=True))
        review = self.load(self.today(terms.zone)) if terms.review is None else terms.review
        return request_of(
            desk.atlas, terms, stands.knows, desk.background(), belief=belief, pace=self.pace(), review=review
        )

    def _made(self, planner: Planner, terms: Terms, request: Request, past: Past) -> Made:
        """The plan of a request, from the memo where all it depends on is the same."""
        key = (
            id(self.desk.atlas),
            planner.thorough,
            json.dumps(terms.as_json(), sort_keys=True),
            request.known,
            request.background.id if request.background else None,
            tuple(request.belief.items()),
            request.pace,
            request.review,
            past,
        )
        return Made(terms, request, self.memo.get(key, lambda: planner.plan(request, past)))

    def _from_today(self, terms: Terms) -> Terms:
        """The same terms for what is left: from today on, and the deadline not before that."""
        today = max(self.today(terms.zone), terms.start)
        deadline = max(terms.deadline, today) if terms.deadline else None
        return replace(terms, start=today, deadline=deadline)

    def _changes(self, kept: KeptPlan, made: Made) -> Changes:
        """What is different between a plan that was kept and one made after it."""
        before = replace(made.plan, days=days_from_json(kept.days), dropped=())
        request = self._as_of(Terms.from_json(kept.terms), kept.at, made.request)
        return changes((request, before), (made.request, made.plan), self.past(), self._graph(), self._name)

    def _as_of(self, terms: Terms, made_at: datetime, now: Request) -> Request:
        """The request as it was when the kept plan was made, as far as it can be told."""
        request = request_of(self.desk.atlas, terms, now.known, self.desk.background())
        before = [e for e in self.logbook.entries(self.desk.person_id) if e.at <= made_at]
        pairs = [(e.planned, e.minutes) for e in before if e.finished]
        return replace(request, pace=learn_pace(pairs), known=now.known)

    def _parts(self, terms: Terms) -> tuple[Part, ...]:
        request = self._request(terms)
        return outline(self.desk.atlas.curriculum, request.wishes, request.chosen, request.without).parts

    def _kept(self) -> KeptPlan:
        kept = self.plans.last(self.desk.person_id)
        if kept is None:
            raise NoPlanError
        return kept

    def _keep(self, made: Made) -> None:
        self.desk.person()
        ahead = tuple(day for day in made.plan.days if day.date >= made.terms.start)
        kept = KeptPlan(self.desk.clock(), made.terms.as_json(), days_to_json(ahead))
        self.plans.keep(self.desk.person_id, kept)

    def _name(self, skill: Skill) -> str:
        topic = self.desk.atlas.curriculum.topics.get(skill.topic)
        return f"{topic.title} ({skill.level.value})" if topic else str(skill)

    def _graph(self) -> Any:  # noqa: ANN401
        return self.desk.atlas.curriculum.graph


def _skill(text: str) -> Skill | None:
    try:
        return Skill.parse(text)
    except ValueError:
        return None
