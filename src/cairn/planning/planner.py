"""Make a plan: order what is missing, fit it before the deadline or choose what fits, and lay it into days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil

from cairn.curriculum import Curriculum, Skill
from cairn.planning.activity import Act, Activity, Mix
from cairn.planning.blocks import Laying, blocks
from cairn.planning.checkpoint import gate
from cairn.planning.clock import Clock
from cairn.planning.closure import Selection, relaxed
from cairn.planning.effort import Effort, effort
from cairn.planning.estimate import Total, total
from cairn.planning.order import places
from cairn.planning.outline import Outline, outline
from cairn.planning.plan import Choice, Day, Dropped, Plan, Timing, TrackWeek
from cairn.planning.request import Past, Request
from cairn.planning.schedule import LEAST, Rooms, lay, numbered, week_number
from cairn.planning.subset import Exact, Kept, Relaxation, begun, keep
from cairn.planning.tracks import track_week
from cairn.planning.weeks import history, joined, ledger, phase_spans, weeks

LOW, HIGH = 0.1, 0.9
TRIES = 8
SOLVED = 1
"""How many tries ask the solver, or search; later ones are greedy, improved by exchanges."""


@dataclass(frozen=True)
class Planner:
    """Makes plans over one map.

    Attributes:
        curriculum: the map.
        exact: an exact solver for what to keep before a deadline; the greedy rule alone where there is none.
        thorough: whether the choice without a solver is improved by exchanges; not for answers while a person
            moves a slider.
    """

    curriculum: Curriculum
    exact: Exact | None = None
    thorough: bool = True

    def plan(self, request: Request, past: Past | None = None) -> Plan:
        """A plan from the request's start on, after what has happened.

        Raises:
            PlanError: the request makes no sense, or its work does not fit into a hundred years.
        """
        past = past or Past()
        return _Making(self, request, past).plan()


class _Making:
    """One plan in the making."""

    def __init__(self, planner: Planner, request: Request, past: Past) -> None:
        self.curriculum = planner.curriculum
        self.planner, self.request, self.past = planner, request, past
        self.outline: Outline = outline(self.curriculum, request.wishes, request.chosen, request.without)
        self.gates = [gate(self.curriculum, part) for part in self.outline.parts]
        beside = sum(g.minutes for g in self.gates if g)
        self.effort: Effort = effort(self.curriculum, request, self.outline, self._worked_through(), beside)
        rules = self.outline.rules
        self.mix: Mix = request.mix or (rules.mix if rules and rules.mix else Mix())
        self.schedule_factor = self._schedule_factor()
        today = [h for h in past.happened if h.day == request.time.start]
        self.rooms = Rooms(
            request.time,
            request.review_on,
            self._tracks_on,
            lambda day: sum(h.minutes for h in today) if day == request.time.start else 0,
        )

    def plan(self) -> Plan:
        """Lay everything; if that is too late, what fits."""
        request, positions = self.request, self.effort.positions
        laying = self._lay(positions)
        deadline = request.time.deadline
        whole_minutes = laying.main_minutes
        kept: Kept | None = None
        kept_positions = positions
        capacity = self.rooms.until(deadline) if deadline else 0
        if deadline and laying.finish and laying.finish > deadline:
            kept, kept_positions, laying = self._fit(laying, capacity, deadline)
        spread = self._total(positions, laying, whole=True)
        chance = spread.below(capacity) if deadline else None
        days = joined(history(self.past.happened, request.time), laying.days)
        early, late = self._range(kept_positions, laying)
        return Plan(
            start=min([h.day for h in self.past.happened] + [request.time.start]),
            finish=laying.finish,
            early=early,
            late=late,
            feasible=kept is None,
            over_minutes=max(0, whole_minutes - capacity) if kept is not None else 0,
            chance=chance,
            days=numbered(days),
            weeks=weeks(days, request.time.start, self._tracks_in),
            phases=phase_spans(laying.days, self.outline.parts),
            dropped=self._dropped(kept_positions, capacity - laying.main_minutes) if kept is not None else (),
            choice=self._choice(kept),
            timing=self._timing(positions),
            pace=request.pace.factor,
            mix=ledger(laying.days),
            skills=tuple(self.curriculum.graph.nodes[i] for i in laying.order),
            notes=self._notes(laying, kept),
        )

    # -- what is laid -----------------------------------------------------------------------------------------

    def _worked_through(self) -> frozenset[int]:
        """Positions whose last activity is finished: the plan does not ask for them again."""
        position = self.curriculum.graph.position
        found = set()
        for name in self.past.finished:
            head, _, part = name.partition("/")
            if part == "practise" and "@" in head:
                try:
                    found.add(position[Skill.parse(head)])
                except (KeyError, ValueError):
                    continue
        return frozenset(found)

    def _lay(self, positions: Sequence[int]) -> _Laid:
        made: Laying = blocks(
            self.curriculum,
            self.request,
            self.past,
            self.outline,
            self.gates,
            self.effort,
            positions,
            self.mix,
        )
        days = lay(made.blocks, self.rooms)
        work = [d.date for d in days if any(s.activity.act not in {Act.REVIEW, Act.TRACK} for s in d.slots)]
        main = sum(a.minutes for block in made.blocks for a in block.activities)
        return _Laid(days, made.order, main, made.fixed, max(work, default=None))

    def _fit(self, whole: _Laid, capacity: int, deadline: date) -> tuple[Kept, tuple[int, ...], _Laid]:
        """The choice that fits, and its days.

        What a person held until shortly before the deadline can keep all that builds on it from fitting, and hold up
        a gate: so it is also tried to leave out what was held, and the better choice is taken.
        """
        instance, nodes = self._instance(self.effort.positions, capacity)
        relaxation = relaxed(instance)
        bound = self._bound(instance, relaxation[0])
        found = [self._fit_among(instance, nodes, relaxation, (whole, bound, deadline))]
        graph = self.curriculum.graph
        held = [graph.position[s] for s, day in self.request.hold.items() if day > self.request.time.start]
        free = set(self.effort.positions) - set(graph.above(held))
        if len(free) < len(self.effort.positions):
            fewer, nodes = self._instance(tuple(i for i in self.effort.positions if i in free), capacity)
            found.append(self._fit_among(fewer, nodes, relaxed(fewer), (whole, bound, deadline)))
        return max(found, key=lambda one: one[0].value)

    def _fit_among(
        self,
        instance: Selection,
        nodes: Sequence[int],
        relaxation: Relaxation,
        asked: tuple[_Laid, float, date],
    ) -> tuple[Kept, tuple[int, ...], _Laid]:
        """The choice among some nodes.

        Days keep crumbs too short for a piece of work, so a choice that fits by its minutes may end too late; the
        next try has that much less. The bound stays the one of the whole, which knows nothing of crumbs.
        """
        whole, bound, deadline = asked
        crumbs = 1 - whole.main_minutes / max(1, self.rooms.until(whole.finish or deadline))
        budget = int(instance.budget * (1 - max(0.0, crumbs)))
        for attempt in range(TRIES):
            smaller = Selection(instance.costs, instance.values, instance.needs, max(0, budget))
            solver = self.planner.exact if attempt < SOLVED else None
            thorough = self.planner.thorough
            kept = keep(
                smaller,
                solver,
                thorough=thorough,
                search=attempt < SOLVED,
                relaxation=None if thorough else relaxation,  # nearly as good, and a third of the time
            )
            kept = replace(kept, bound=max(bound, kept.value), nodes=begun(smaller, kept.nodes))
            positions = tuple(sorted(nodes[k] for k in kept.nodes if nodes[k] >= 0))
            laid = self._lay(positions)
            if laid.finish is None or laid.finish <= deadline or not positions:
                return kept, positions, laid
            late = sum(
                s.minutes
                for d in laid.days
                if d.date > deadline
                for s in d.slots
                if s.activity.act is not Act.REVIEW
            )
            budget = min(budget, instance.cost(kept.nodes)) - max(late, LEAST)
        return Kept(frozenset(), 0.0, bound, "greedy"), (), self._lay(())

    def _bound(self, instance: Selection, bound: float) -> float:
        """What no choice exceeds in the whole time, crumbs included; at most a bound that is known."""
        answer = self.planner.exact(instance, frozenset()) if self.planner.exact is not None else None
        return min(bound, answer[1]) if answer else bound

    def _instance(self, positions: Sequence[int], budget: int) -> tuple[Selection, list[int]]:
        """The choice as a problem: a node for each gate, needed by all of its phase, and one for each of some skills.

        The list names the position of each node; a gate has a negative one.
        """
        graph = self.curriculum.graph
        place = places(self.curriculum, self.outline, positions)
        open_gates = [n for n, g in enumerate(self.gates) if g and g.phase not in self.past.passed]
        nodes = [-1 - n for n in open_gates] + list(positions)
        at = {node: k for k, node in enumerate(nodes)}
        costs = [g.minutes for g in self.gates if g and g.phase not in self.past.passed]
        needs = []
        for i in positions:
            gate_node = at.get(-1 - place[i].phase)
            below = [at[j] for j in graph.needs[i] if j in at]
            needs.append(tuple([gate_node, *below] if gate_node is not None else below))
        return Selection(
            (*costs, *(self.effort.minutes[i] for i in positions)),
            (
                *(0.0 for _ in open_gates),
                *(self.outline.worth.get(graph.nodes[i], 0.0) for i in positions),
            ),
            (*(() for _ in open_gates), *needs),
            max(0, budget),
        ), nodes

    # -- what is said about it --------------------------------------------------------------------------------

    def _total(self, positions: Sequence[int], laying: _Laid, *, whole: bool = False) -> Total:
        loads = self.effort.loads(positions)
        planned = sum(load.minutes for load in loads)
        fixed = laying.fixed if whole else max(0.0, laying.main_minutes - planned)
        return total(loads, self.request.pace.spread, fixed, stranger=self.request.background is None)

    def _range(self, positions: Sequence[int], laying: _Laid) -> tuple[date | None, date | None]:
        """The days by which a tenth and nine tenths of such learners have finished."""
        if laying.finish is None:
            return None, None
        spread = self._total(positions, laying)
        room = self.rooms.until(laying.finish)
        scale = room / max(1, laying.main_minutes)  # crumbs of days that stay unused
        early = self.rooms.day_after(spread.quantile(LOW) * scale)
        late = self.rooms.day_after(spread.quantile(HIGH) * scale)
        return early, late

    def _choice(self, kept: Kept | None) -> Choice | None:
        if kept is None:
            return None
        nodes = self.curriculum.graph.nodes
        whole = sum(self.outline.worth.get(nodes[i], 0.0) for i in self.effort.positions)
        return Choice(kept.value, whole, min(kept.bound, whole), kept.method)

    def _dropped(self, kept: Sequence[int], slack: int) -> tuple[Dropped, ...]:
        graph, inside, minutes = self.curriculum.graph, set(kept), self.effort.minutes
        time = self.request.time
        weeks = max(1, ((time.deadline or time.start) - time.start).days + 1) / 7
        left = set(self.effort.positions) - inside
        found = []
        for i in sorted(left):
            worth = self.outline.worth.get(graph.nodes[i])
            if worth is None:
                continue
            brings = sorted(j for j in graph.below([i]) if j in left)
            cost = sum(minutes[j] for j in brings)
            extra = max(1, ceil((cost - slack) / weeks))
            skills = tuple(graph.nodes[j] for j in brings)
            found.append(Dropped(graph.nodes[i], worth, cost, extra, skills))
        return tuple(sorted(found, key=lambda d: (-d.importance, d.minutes)))

    def _timing(self, positions: Sequence[int]) -> Timing | None:
        found = self.effort.stated
        if found is None:
            return None
        stranger = self.request.background is None
        own = total(self.effort.loads(positions), self.request.pace.spread, stranger=stranger)
        whole = self.request.time.weekly_minutes
        weekly = max(1, whole - min(self.request.weekly_review, whole // 2))
        fixed = sum(g.minutes for g in self.gates if g)
        low, high = ((own.quantile(q) / self.effort.factor + fixed) / weekly for q in (LOW, HIGH))
        share = self.effort.share
        scaled = (found.weeks[0] * share, found.weeks[1] * share)
        return Timing(scaled, (low, high), self.effort.factor, found.factor)

    def _schedule_factor(self) -> float:
        return self.effort.stated.factor if self.effort.stated else 1.0

    def _tracks_in(self, number: int) -> tuple[TrackWeek, ...]:
        rules = self.outline.rules
        if rules is None:
            return ()
        hours = self.request.time.weekly_minutes / 60
        wanted = self.request.tracks
        weeks = (
            track_week(track, number, self.schedule_factor, hours, inside=track.id in wanted)
            for track in rules.tracks
        )
        return tuple(week for week in weeks if week is not None)

    def _tracks_on(self, day: date) -> tuple[tuple[Activity, int], ...]:
        """A day's share of the tracks that are part of the days."""
        if not self.request.tracks:
            return ()
        number = week_number(self.request.time.start, day)
        today = [h for h in self.past.happened if h.day == day]
        weekly, own = self.request.time.weekly_minutes, self.request.time.on(day)
        found = []
        for week in self._tracks_in(number):
            if week.inside:
                name = f"{week.id}/{number}"
                did = [h for h in today if h.activity == name]
                minutes = round(sum(week.minutes) / 2 * own / weekly) - sum(h.minutes for h in did)
                if minutes > 0 and not any(h.finished for h in did):
                    what = week.what or week.title
                    found.append((Activity(name, Act.TRACK, week.title, minutes, what, week.id), minutes))
        return tuple(found)

    def _notes(self, laying: _Laid, kept: Kept | None) -> tuple[str, ...]:
        notes = []
        if not self.effort.positions and not laying.days:
            notes.append("Nothing is missing: everything the goal needs is known or done.")
        timing = self.effort.stated
        if timing is not None and self.effort.clock is Clock.PATH and laying.days:
            percent = round(100 * self.effort.factor)
            notes.append(
                f"Paced by the path, which says {timing.weeks[0]:.0f} to {timing.weeks[1]:.0f} weeks at these hours: "
                f"{percent} % of the minutes that we estimate."
            )
        if any(self.request.review_on(day.date) > day.budget // 2 for day in laying.days):
            notes.append("Reviews would take more than half of some days; there they are held to half.")
        if kept is not None and not kept.value:
            notes.append(
                "No goal fits whole before the deadline; the days go to what the first of them needs."
            )
        return tuple(notes)


@dataclass(frozen=True, slots=True)
class _Laid:
    """Days with the order behind them, minutes of the plan's own work, and those that do not vary."""

    days: tuple[Day, ...]
    order: tuple[int, ...]
    main_minutes: int
    fixed: int
    finish: date | None
