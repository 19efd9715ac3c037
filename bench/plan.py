"""The planner, measured: what it keeps before a deadline, how quick it is, whether plans hold, and their ranges.

1. Two hundred instances with a tight deadline: the importance kept as a share of the proven bound, for the planner
   with and without its solver, greedy by ratio, a topological cut-off, and a plain CP-SAT model with the same time
   limit. Every choice is checked to be closed and within the budget.
2. Timings: a full plan of the longest path, a replan after one event, a what-if.
3. Random learners: violated requirements, budgets, gates and deadlines, counted from the days alone.
4. Simulated learners who follow their plan day by day. Their times come from other models than the planner's own;
   the table says how many of them finish within the range that the plan stated.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from _table import arguments, machine

from cairn.app import load
from cairn.curriculum import Skill
from cairn.planning import Availability, Happened, Past, Planner, Request, Strictness, Wish, missing, optimal
from cairn.planning.activity import Act
from cairn.planning.check import violations
from cairn.planning.closure import Selection
from cairn.planning.greedy import greedy
from cairn.planning.pace import PaceBelief
from cairn.planning.plan import Plan
from cairn.planning.subset import Kept, keep
from cairn.study.atlas import Atlas

LIMIT_S = 2.0
START = date(2027, 1, 4)
Table = dict[str, Any]


# -- 1. what to keep --------------------------------------------------------------------------------------------


def instance(atlas: Atlas, rng: random.Random) -> Selection:
    """Some goals of random importance on the real map, half-hours as minutes, and too little time."""
    graph = atlas.curriculum.graph
    if rng.random() < 0.2:
        path = atlas.curriculum.paths[
            rng.choice(["llm-roadmap", "research-readiness", "minimal", "self-study"])
        ]
        worth = {s: float(rng.choice([1, 1, 1, 2, 3, 5])) for s in path.targets}
    else:
        goals = rng.sample(list(graph.nodes), rng.randint(5, 60))
        worth = {s: float(rng.choice([1, 2, 3, 5, 8])) for s in goals}
    positions = missing(graph, worth)
    place = {p: k for k, p in enumerate(positions)}
    nodes = [graph.nodes[p] for p in positions]
    costs = tuple(max(1, round(30 * sum(atlas.curriculum.hours_of_skill(s)))) for s in nodes)
    needs = tuple(tuple(place[j] for j in graph.needs[p]) for p in positions)
    values = tuple(worth.get(s, 0.0) for s in nodes)
    return Selection(costs, values, needs, int(sum(costs) * rng.uniform(0.1, 0.8)))


def by_ratio(problem: Selection) -> frozenset[int]:
    """Goals by worth per minute of their whole closure, computed once; each is taken if it still fits."""
    goals = [i for i, v in enumerate(problem.values) if v > 0]
    below = {i: problem.below(i) for i in goals}
    chosen: set[int] = set()
    for i in sorted(goals, key=lambda i: -problem.values[i] / max(1, problem.cost(below[i]))):
        if problem.cost(chosen | below[i]) <= problem.budget:
            chosen |= below[i]
    return frozenset(chosen)


def cut_off(problem: Selection) -> frozenset[int]:
    """Learn in order until the time is over."""
    chosen: set[int] = set()
    spent = 0
    for i, cost in enumerate(problem.costs):
        if spent + cost > problem.budget:
            break
        spent += cost
        chosen.add(i)
    return frozenset(chosen)


def by_cp_sat(problem: Selection) -> frozenset[int]:
    """The textbook model in CP-SAT, one worker, the same time limit."""
    from ortools.sat.python import cp_model  # noqa: PLC0415  # only here, and slow to import

    model = cp_model.CpModel()
    x = [model.new_bool_var(f"x{i}") for i in range(len(problem.costs))]
    for i, needed in enumerate(problem.needs):
        for j in needed:
            model.add_implication(x[i], x[j])
    model.add(sum(c * v for c, v in zip(problem.costs, x, strict=True)) <= problem.budget)
    model.maximize(sum(round(1000 * v) * y for v, y in zip(problem.values, x, strict=True)))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = LIMIT_S
    solver.parameters.num_workers = 1
    status = solver.solve(model)
    if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return frozenset()
    return frozenset(i for i, v in enumerate(x) if solver.boolean_value(v))


def keeping(atlas: Atlas, count: int) -> Table:
    """The first table."""
    rng = random.Random(2027)
    proven: dict[str, Kept] = {}

    def remembered(name: str, kept: Kept) -> frozenset[int]:
        proven[name] = kept
        return kept.nodes

    ways: dict[str, Callable[[Selection], frozenset[int]]] = {
        "cairn with HiGHS": lambda p: remembered("exact", keep(p, optimal.exact)),
        "cairn, no solver": lambda p: remembered("alone", keep(p)),
        "cairn, what-if": lambda p: keep(p, thorough=False).nodes,
        "CP-SAT, plain model": by_cp_sat,
        "greedy, closures updated": greedy,
        "greedy by ratio": by_ratio,
        "topological cut-off": cut_off,
    }
    shares: dict[str, list[float]] = {name: [] for name in ways}
    spans: dict[str, list[float]] = {name: [] for name in ways}
    gaps = []
    for _ in range(count):
        problem = instance(atlas, rng)
        chosen_by: dict[str, frozenset[int]] = {}
        for name, way in ways.items():
            begin = time.perf_counter()
            chosen_by[name] = way(problem)
            spans[name].append((time.perf_counter() - begin) * 1000)
        bound = proven["exact"].bound
        gaps.append(proven["alone"].bound / bound if bound else 1.0)
        for name, chosen in chosen_by.items():
            assert problem.is_valid(chosen), f"{name} broke the rules"
            shares[name].append(problem.value(chosen) / bound if bound else 1.0)
    rows = [
        {
            "by": name,
            "mean share of the bound": round(statistics.mean(shares[name]), 4),
            "worst": round(min(shares[name]), 4),
            "within 1 %": sum(s >= 0.99 for s in shares[name]),
            "median ms": round(statistics.median(spans[name]), 1),
            "worst ms": round(max(spans[name]), 1),
        }
        for name in ways
    ]
    ok = all(s >= 0.99 for s in shares["cairn with HiGHS"])
    note = f"own bound over the solver's: mean {statistics.mean(gaps):.4f}, worst {max(gaps):.4f}"
    return {
        "title": f"Kept before a tight deadline, {count} instances",
        "rows": rows,
        "met": ok,
        "note": note,
    }


# -- 2. how quick -----------------------------------------------------------------------------------------------


def timings(atlas: Atlas, times: int) -> Table:
    """The second table."""
    planner = Planner(atlas.curriculum, optimal.exact)
    quick = Planner(atlas.curriculum, thorough=False)
    request = asked(atlas, ["llm-roadmap"], 7.0)
    plan = planner.plan(request)
    event = past_of(plan, 1)
    later = replace(request, time=request.time.from_day(START + timedelta(days=1)))
    tight = replace(request, time=replace(request.time, deadline=START + timedelta(days=150)))
    works: list[tuple[str, Callable[[], object], float]] = [
        ("full plan of the longest path, a year of days", lambda: planner.plan(request), 2000),
        ("replan after one event", lambda: planner.plan(later, event), 300),
        ("what-if: other hours", lambda: quick.plan(asked(atlas, ["llm-roadmap"], 11.0)), 500),
        ("what-if: a deadline that cannot hold", lambda: quick.plan(tight), 500),
        ("the same with the solver's proof", lambda: planner.plan(tight), 10_000),
    ]
    rows: list[dict[str, Any]] = []
    for name, run, target in works:
        run()
        spans = []
        for _ in range(times):
            begin = time.perf_counter()
            run()
            spans.append((time.perf_counter() - begin) * 1000)
        rows.append(
            {
                "task": name,
                "median ms": round(statistics.median(spans), 1),
                "worst ms": round(max(spans), 1),
                "target ms": target,
            }
        )
    return {
        "title": "How quick",
        "rows": rows,
        "met": all(r["median ms"] <= r["target ms"] for r in rows),
        "note": "",
    }


def asked(atlas: Atlas, goals: list[str], hours: float, **more: Any) -> Request:
    """A request for some goals."""
    wishes = tuple(Wish(atlas.target(goal)) for goal in goals)
    return Request(wishes, Availability.weekly(hours, START), **more)


def past_of(plan: Plan, count: int) -> Past:
    """The first activities of a plan, done on their days as planned."""
    slots = [
        (day.date, slot) for day in plan.days for slot in day.slots if slot.activity.act is not Act.REVIEW
    ]
    done = [
        Happened(day, s.activity.id, s.activity.title, s.minutes, s.part == s.parts, s.activity.minutes)
        for day, s in slots[:count]
    ]
    return Past(tuple(done))


# -- 3. whether plans hold --------------------------------------------------------------------------------------


def random_request(atlas: Atlas, rng: random.Random) -> Request:
    """Anybody: goals, hours, days off, deadline, belief, reviews, gates."""
    c = atlas.curriculum
    pool = [
        *c.paths,
        *rng.sample(list(c.topics), 12),
        *rng.sample(list(c.papers), 3),
        *rng.sample(list(c.questions), 3),
    ]
    wishes: list[Wish] = []
    while not wishes:
        for name in rng.sample(pool, rng.randint(1, 4)):
            try:
                wishes.append(Wish(atlas.target(name), rng.choice([0.5, 1, 2, 5])))
            except LookupError:
                continue
    minutes = tuple(rng.choice([0, 0, 20, 45, 60, 90, 150, 240]) for _ in range(7))
    start = START + timedelta(days=rng.randrange(2000))
    off = frozenset(start + timedelta(days=rng.randrange(200)) for _ in range(rng.randrange(20)))
    deadline = start + timedelta(days=rng.randrange(400)) if rng.random() < 0.5 else None
    time_ = Availability(minutes if any(minutes) else (30,) * 7, start, deadline, off)
    nodes = c.graph.nodes
    return Request(
        tuple(wishes),
        time_,
        known=tuple(rng.sample(nodes, rng.randrange(20))),
        belief={s: rng.random() for s in rng.sample(nodes, rng.randrange(200))},
        background=rng.choice([None, *c.backgrounds.values()]),
        review=rng.choice([0, 0, 5, 15, 60]),
        strictness=rng.choice(list(Strictness)),
        pace=PaceBelief(rng.gauss(0, 0.3), 0.04, 5),
        hold={s: start + timedelta(days=rng.randrange(60)) for s in rng.sample(nodes, rng.randrange(3))},
    )


def holding(atlas: Atlas, count: int) -> Table:
    """The third table."""
    rng = random.Random(11)
    planner = Planner(atlas.curriculum, thorough=False)
    broken: list[str] = []
    infeasible = days = 0
    for _ in range(count):
        request = random_request(atlas, rng)
        plan = planner.plan(request)
        broken += violations(atlas.curriculum, request, plan)
        infeasible += not plan.feasible
        days += len(plan.days)
    row = {
        "learners": count,
        "days planned": days,
        "with a deadline too tight": infeasible,
        "violations": len(broken),
    }
    return {"title": "Random learners", "rows": [row], "met": not broken, "note": "; ".join(broken[:3])}


# -- 4. whether the stated range holds --------------------------------------------------------------------------


@dataclass(frozen=True)
class Truth:
    """How long things really take: a model other than the planner's."""

    name: str
    pace: Callable[[random.Random], float]
    own: Callable[[random.Random], float]


TRUTHS = (
    Truth(
        "log-normal pace and luck",
        lambda r: r.lognormvariate(-0.03125, 0.25),
        lambda r: r.lognormvariate(-0.08, 0.4),
    ),
    Truth("gamma pace, uniform luck", lambda r: r.gammavariate(16, 1 / 16), lambda r: r.uniform(0.4, 1.6)),
    Truth(
        "slow and quick halves, long tails",
        lambda r: r.choice([0.8, 1.2]) * r.uniform(0.85, 1.15),
        lambda r: r.expovariate(1),
    ),
    Truth(
        "narrow: everybody near the estimate", lambda r: r.uniform(0.85, 1.15), lambda r: r.uniform(0.7, 1.3)
    ),
    Truth(
        "wide: pace differs by half",
        lambda r: r.lognormvariate(-0.08, 0.4),
        lambda r: r.lognormvariate(-0.125, 0.5),
    ),
)


def follow(request: Request, plan: Plan, rng: random.Random, truth: Truth, spread: bool) -> date:
    """The day on which somebody finishes who does the plan's work in its order, each day as long as the day has.

    A person's place between the two ends of all hours is drawn once where the background is unknown.
    """
    pace = truth.pace(rng)
    place = rng.uniform(-1, 1) if spread else 0.0
    todo: dict[str, float] = {}
    for planned in plan.days:
        for slot in planned.slots:
            if slot.activity.act is not Act.REVIEW:
                todo[slot.activity.id] = todo.get(slot.activity.id, 0) + slot.minutes
    kind = {s.activity.id: s.activity for d in plan.days for s in d.slots}
    luck: dict[Skill | None, float] = {}
    for name in todo:
        activity = kind[name]
        if activity.skill is not None:
            factor = luck.setdefault(activity.skill, truth.own(rng))
            todo[name] *= pace * factor * (1 + 0.44 * place)
    left = sum(todo.values())
    for day, budget in request.time.days():
        left -= budget - min(request.review_on(day), budget // 2)
        if left <= 0:
            return day
    raise AssertionError("nobody finishes")


def ranges(atlas: Atlas, learners: int) -> Table:
    """The fourth table."""
    rng = random.Random(5)
    c = atlas.curriculum
    cases: list[tuple[str, list[str], float, str | None]] = [
        ("llm-roadmap", ["llm-roadmap"], 7, "none"),
        ("llm-roadmap, background unknown", ["llm-roadmap"], 14, None),
        ("research-readiness, maths", ["research-readiness"], 10, "maths"),
        ("attention and LoRA, engineer", ["multi-head-attention", "lora"], 5, "engineer"),
    ]
    planner = Planner(c)
    rows: list[dict[str, Any]] = []
    for truth in TRUTHS:
        for name, goals, hours, background in cases:
            request = asked(atlas, goals, hours, background=c.backgrounds.get(background or ""), review=5)
            plan = planner.plan(request)
            assert plan.early is not None
            assert plan.late is not None
            ends = [follow(request, plan, rng, truth, background is None) for _ in range(learners)]
            inside = sum(plan.early <= end <= plan.late for end in ends) / learners
            rows.append(
                {
                    "truth": truth.name,
                    "goal": name,
                    "range in days": f"{(plan.early - START).days}-{(plan.late - START).days}",
                    "finish within": f"{100 * inside:.1f} %",
                    "share": inside,
                }
            )
    own = [r["share"] for r in rows if r["truth"] == TRUTHS[0].name]
    for row in rows:
        row.pop("share")
    met = all(0.75 <= s <= 0.85 for s in own)
    note = "the target of 75-85 % is for the first truth; the others show what wrong assumptions cost"
    return {
        "title": f"Finishing in the stated range, {learners} learners a line",
        "rows": rows,
        "met": met,
        "note": note,
    }


def show(table: Table) -> None:
    """Print one table."""
    print(f"\n{table['title']}  {'' if table['met'] else 'MISSED'}")
    names = list(table["rows"][0])
    wide = {n: max(len(n), *(len(str(r[n])) for r in table["rows"])) for n in names}
    print("  ".join(f"{n:<{wide[n]}}" for n in names))
    for row in table["rows"]:
        print("  ".join(f"{row[n]!s:<{wide[n]}}" for n in names))
    if table["note"]:
        print(table["note"])


def main() -> int:
    """Run and print."""
    options = arguments(__doc__ or "")
    atlas = load(Path(__file__).parent.parent / "curriculum")
    quick = options.quick
    tables = [
        keeping(atlas, 20 if quick else 200),
        timings(atlas, 3 if quick else 11),
        holding(atlas, 100 if quick else 2000),
        ranges(atlas, 300 if quick else 2000),
    ]
    if options.json:
        json.dump({"format": 1, "title": "Planning", "machine": machine(), "tables": tables}, sys.stdout)
        print()
    else:
        print(f"Planning\n{machine()}")
        for table in tables:
            show(table)
    return 0 if all(table["met"] for table in tables) else 1


if __name__ == "__main__":
    sys.exit(main())
