"""Plans keep what they promise: requirements, budgets, gates, deadlines; and strange wishes get a right answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cairn.app import load
from cairn.curriculum import Skill
from cairn.planning import Act, Availability, Clock, Mode, PlanError, Planner, Request, Strictness, Wish
from cairn.planning.check import violations
from cairn.planning.gap import missing
from tests.conftest import MINI, REAL
from tests.planning.asking import MONDAY, anybody, asked, planned

REAL_ATLAS, MINI_ATLAS = load(REAL), load(MINI)


@given(st.integers(0, 2**32))
@example(24064)  # a phase without work stood between a gate and what waited for it
@settings(max_examples=40, deadline=None)
def test_no_plan_breaks_a_promise(seed):
    """Over random learners nothing stands before what it requires, past its deadline, its budget or its gate."""
    request = anybody(REAL_ATLAS, seed)

    plan = Planner(REAL_ATLAS.curriculum, thorough=False).plan(request)

    assert violations(REAL_ATLAS.curriculum, request, plan) == []


@given(st.integers(0, 2**32))
@settings(max_examples=60, deadline=None)
def test_a_feasible_plan_loses_no_skill(seed):
    """Without a deadline every missing skill is planned, with all its minutes, and nothing else is."""
    request = replace(anybody(MINI_ATLAS, seed), hold={})
    request = replace(request, time=replace(request.time, deadline=None))
    graph = MINI_ATLAS.curriculum.graph
    sure = [s for s, p in request.belief.items() if p >= 0.9]
    background = request.background.knows if request.background else ()
    wanted = [s for wish in request.wishes for s in wish.target.skills]

    plan = Planner(MINI_ATLAS.curriculum).plan(request)

    left = {graph.nodes[i] for i in missing(graph, wanted, [*request.known, *background, *sure])}
    assert set(plan.skills) == left
    assert {s.activity.skill for d in plan.days for s in d.slots if s.activity.skill} == left


def test_the_checker_finds_what_is_wrong():
    """A plan whose days are turned round is found out: order of days, requirements and gates."""
    request = asked(REAL_ATLAS, "llm-roadmap")
    plan = Planner(REAL_ATLAS.curriculum).plan(request)
    dates = [d.date for d in plan.days]
    turned = tuple(replace(day, date=when) for day, when in zip(reversed(plan.days), dates, strict=True))

    found = violations(REAL_ATLAS.curriculum, request, replace(plan, days=turned))

    assert any("before" in text and "is done" in text for text in found)
    assert any("gate" in text for text in found)
    assert violations(REAL_ATLAS.curriculum, request, replace(plan, days=plan.days[::-1]))
    full = replace(plan.days[0], slots=plan.days[0].slots * 2)
    assert "holds" in violations(REAL_ATLAS.curriculum, request, replace(plan, days=(full,)))[0]


def test_the_same_wish_gives_the_same_plan():
    """Nothing in a plan depends on chance or on a clock."""
    request = anybody(REAL_ATLAS, 5)

    assert Planner(REAL_ATLAS.curriculum).plan(request) == Planner(REAL_ATLAS.curriculum).plan(request)


def test_minutes_of_a_skill_are_kept_when_it_is_split(mini):
    """What is laid on the days adds up to what each skill was given."""
    plan = planned(mini, "fitting@derive", hours=0.5)
    by_hand = {s: sum(mini.curriculum.hours_of_skill(s)) * 30 for s in plan.skills}
    laid = {}
    for day in plan.days:
        for slot in day.slots:
            laid[slot.activity.skill] = laid.get(slot.activity.skill, 0) + slot.minutes

    assert {s: pytest.approx(m, abs=1) for s, m in by_hand.items()} == laid


def test_long_work_is_split_and_counted(mini):
    """A piece of work longer than a day is done in parts that are numbered and add up."""
    plan = planned(mini, "fitting", hours=1.75)
    pieces = {}
    for day in plan.days:
        for slot in day.slots:
            pieces.setdefault(slot.activity.id, []).append(slot)
    longest = max(pieces.values(), key=len)

    assert len(longest) > 2
    assert [s.part for s in longest] == list(range(1, len(longest) + 1))
    assert {s.parts for s in longest} == {len(longest)}
    assert sum(s.minutes for s in longest) == longest[0].activity.minutes


def test_every_activity_has_a_reason_and_a_thing_it_is_about(real):
    """No line of a plan says only that time should pass."""
    plan = planned(real, "llm-roadmap", review=10)

    slots = [s for d in plan.days for s in d.slots]
    assert all(s.activity.reason and s.activity.title and s.activity.ref for s in slots)
    exercises = {s.activity.ref for s in slots if s.activity.act is Act.EXERCISE}
    assert exercises <= set(real.curriculum.exercises)
    assert len(exercises) > 30


def test_kin_come_together_with_some_interleaving(real):
    """Two groups are open at a time: neighbours are mostly kin, yet a group is left and met again."""
    plan = planned(real, "llm-roadmap", hours=14)
    areas = [real.curriculum.topics[s.topic].area for s in plan.skills]
    same = sum(a == b for a, b in pairwise(areas)) / (len(areas) - 1)
    shuffled_same = sum((areas.count(a) / len(areas)) ** 2 for a in set(areas))
    runs = [a for n, a in enumerate(areas) if n == 0 or areas[n - 1] != a]

    assert same > 2 * shuffled_same
    assert len(runs) > len(set(areas))


@pytest.mark.parametrize("belief", [0.0, 0.5, 0.8])
def test_hours_shrink_by_the_probability_of_knowing(mini, belief):
    """A skill half known is given half its minutes; one almost known is not planned at all."""
    skill = Skill.parse("fitting@use")
    whole = planned(mini, "fitting")
    part = planned(mini, "fitting", belief={skill: belief})

    def minutes(plan):
        return sum(s.minutes for d in plan.days for s in d.slots if s.activity.skill == skill)

    assert minutes(part) == pytest.approx((1 - belief) * minutes(whole), abs=1)
    assert skill not in planned(mini, "fitting", belief={skill: 0.95}).skills


def test_nothing_to_learn_is_a_plan_too(mini):
    """Who knows everything gets an empty plan that says so."""
    plan = planned(mini, "fitting", known=(Skill.parse("fitting@use"),))

    assert plan.days == ()
    assert plan.finish is None
    assert plan.feasible
    assert "Nothing is missing" in plan.notes[0]


def test_reviews_take_their_minutes_first_and_at_most_half(mini):
    """Reviews stand first on each day; a load beyond half of the day is held there, and the plan says so."""
    light, heavy = planned(mini, "fitting", review=10), planned(mini, "fitting", review=500)

    assert all(d.slots[0].activity.act is Act.REVIEW for d in light.days)
    assert all(d.slots[0].minutes == 10 for d in light.days)
    assert all(d.slots[0].minutes <= d.budget / 2 for d in heavy.days)
    assert any("half" in note for note in heavy.notes)
    assert heavy.finish > light.finish > planned(mini, "fitting").finish - timedelta(days=1)


def test_review_may_depend_on_the_day(mini):
    """The load may be a function of the date, as a forecast of the review queue gives it."""
    plan = planned(mini, "fitting", review=lambda day: 20 if day.weekday() == 0 else 0)

    reviews = {d.date.weekday(): d.slots[0].activity.act is Act.REVIEW for d in plan.days}
    assert reviews[0]
    assert not any(reviews[n] for n in reviews if n)


def test_a_held_skill_waits_and_what_needs_it_too(mini):
    """Work goes round a skill that must wait; whatever requires it follows."""
    held, until = Skill.parse("slope@recognise"), MONDAY + timedelta(days=30)
    plan = planned(mini, "fitting", hold={held: until})
    first = {}
    for day in plan.days:
        for slot in day.slots:
            first.setdefault(slot.activity.skill, day.date)

    assert first[held] >= until
    assert first[Skill.parse("fitting@recognise")] >= until
    assert first[Skill.parse("multiplication@use")] < until


def test_what_is_asked_sooner_comes_as_soon_as_it_can(mini):
    """A skill pulled forward stands right after what it requires."""
    pulled = Skill.parse("slope@recognise")

    assert planned(mini, "fitting", sooner=(pulled,)).skills.index(pulled) == 0
    assert planned(mini, "fitting").skills.index(pulled) > 0


def test_days_off_and_free_weekdays_stay_free(mini):
    """Nothing stands on a day off or on a weekday without hours."""
    off = {MONDAY + timedelta(days=n) for n in range(3, 10)}
    time = Availability((60, 60, 0, 60, 60, 0, 0), MONDAY, off=frozenset(off))
    plan = Planner(mini.curriculum).plan(Request((Wish(mini.target("fitting@derive")),), time))

    assert plan.days
    assert all(d.date not in off and d.date.weekday() not in {2, 5, 6} for d in plan.days)


def test_a_leap_day_is_a_day(mini):
    """The 29th of February has its hours, and the day after it is the 1st of March."""
    plan = planned(mini, "fitting@derive", hours=3.5, start=date(2028, 2, 27))
    dates = [d.date for d in plan.days]

    assert date(2028, 2, 29) in dates
    assert dates[dates.index(date(2028, 2, 29)) + 1] == date(2028, 3, 1)


def test_a_plan_over_ten_thousand_days(real):
    """At a few minutes a day the longest path takes decades; every promise is kept, and quickly."""
    request = asked(real, "llm-roadmap", hours=0.25)
    request = replace(request, clock=Clock.HOURS)
    plan = Planner(real.curriculum).plan(request)

    assert len(plan.days) > 8_000
    assert violations(real.curriculum, request, plan) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"hours": 0}, "cannot be planned"),
        ({"hours": -3}, "cannot be planned"),
        ({"hours": float("nan")}, "cannot be planned"),
        ({"hours": float("inf")}, "cannot be planned"),
        ({"hours": 169}, "cannot be planned"),
        ({"deadline": MONDAY - timedelta(days=1)}, "before the start"),
        ({"review": -1}, "no sense"),
        ({"clock": Clock.PATH}, "states no weeks"),
        ({"without": ("nothing",)}, "is no phase"),
    ],
)
def test_what_cannot_be_planned_is_said_with_a_way_out(mini, change, words):
    """Each impossible wish gets an error that names it, and a hint."""
    with pytest.raises(PlanError, match=words) as error:
        planned(mini, "everything", **change)
    assert error.value.hint


def test_a_plan_of_centuries_is_refused(real):
    """One minute a week is no plan for a path of hundreds of hours."""
    with pytest.raises(PlanError, match="hundred years"):
        planned(real, "llm-roadmap", hours=0.02, clock=Clock.HOURS)


def test_a_deadline_on_the_first_day(mini):
    """One day is a plan of one day; what does not fit is named."""
    plan = planned(mini, "fitting", deadline=MONDAY)

    assert not plan.feasible
    assert [d.date for d in plan.days] == [MONDAY]
    assert plan.dropped


def test_a_deadline_that_holds_changes_nothing(real):
    """With enough time the plan is the same as without a deadline, and the chance is high."""
    free = planned(real, "lora", hours=10)
    bound = planned(real, "lora", hours=10, deadline=free.finish + timedelta(days=120))

    assert bound.days == free.days
    assert bound.feasible
    assert bound.chance > 0.9


def test_a_tight_deadline_says_by_how_much_and_what_it_costs(real):
    """What does not fit is named with its hours and the minutes a week that would save it; the bound is proven."""
    request = asked(real, "llm-roadmap", hours=10, deadline=MONDAY + timedelta(days=120), background="maths")
    plan = Planner(real.curriculum).plan(request)

    assert not plan.feasible
    assert plan.finish <= request.time.deadline
    assert plan.over_minutes > 0
    assert plan.chance < 0.5
    assert plan.choice.importance <= plan.choice.bound <= plan.choice.whole + 1e-9
    assert plan.choice.proven > 0.97
    assert plan.dropped == tuple(sorted(plan.dropped, key=lambda d: (-d.importance, d.minutes)))
    for item in plan.dropped:
        assert item.brings[-1] == item.skill
        assert item.minutes > 0
        assert item.extra_weekly_minutes > 0


def test_the_hours_that_would_save_a_thing_do_save_it(real):
    """With the extra minutes a week that the plan names, more importance is kept than before."""
    request = asked(
        real, "multi-head-attention", "lora", "dpo", hours=6, deadline=MONDAY + timedelta(days=70)
    )
    plan = Planner(real.curriculum).plan(request)
    least = min(plan.dropped, key=lambda d: d.extra_weekly_minutes)
    richer = asked(
        real, "multi-head-attention", "lora", "dpo",
        hours=6 + (least.extra_weekly_minutes + 30) / 60, deadline=request.time.deadline,
    )  # fmt: skip

    again = Planner(real.curriculum).plan(richer)

    kept = again.choice.importance if again.choice else 3.0
    assert kept > plan.choice.importance


def test_importance_decides_what_is_kept(real):
    """Of two goals that do not fit together, the one that matters more is kept."""

    def kept(first, second):
        wishes = (Wish(real.target("lora"), first), Wish(real.target("convex-functions@derive"), second))
        time = Availability.weekly(6, MONDAY, MONDAY + timedelta(days=75))
        return set(Planner(real.curriculum).plan(Request(wishes, time)).dropped[0].skill.topic.split())

    assert kept(1, 100) == {"lora"}
    assert kept(100, 1) == {"convex-functions"}


def test_time_that_is_left_over_begins_the_next_goal(real):
    """Where no goal fits whole, the days are not left empty: they go to what the first goal needs."""
    plan = planned(real, "lora", hours=5, deadline=MONDAY + timedelta(days=20))

    assert plan.choice.importance == 0
    assert plan.days
    assert any("No goal fits whole" in note for note in plan.notes)


def test_the_finish_lies_in_its_range(real):
    """The expected finish stands between the early and the late one, and more time off moves all three."""
    plan = planned(real, "research-readiness", hours=10, background="maths")
    later = planned(real, "research-readiness", hours=8, background="maths")

    assert plan.early < plan.finish < plan.late
    assert plan.early < later.early
    assert plan.late < later.late


def test_the_mix_comes_out_as_wished(real):
    """Over a long plan doing, reading and watching come within four points of the mix, where there are films."""
    plan = planned(real, "llm-roadmap")
    whole = sum(plan.mix.values())

    shares = {mode: minutes / whole for mode, minutes in plan.mix.items()}
    assert shares[Mode.DOING] == pytest.approx(0.7, abs=0.04)
    assert shares[Mode.READING] == pytest.approx(0.2, abs=0.04)
    assert shares[Mode.WATCHING] == pytest.approx(0.1, abs=0.04)


def test_soft_gates_let_the_next_phase_begin(real):
    """With hard gates a held skill stops the next phase; with soft ones the next phase begins meanwhile."""
    skill = Skill.parse("matrix-multiplication@derive")
    until = MONDAY + timedelta(days=200)

    def second_phase(strictness):
        plan = planned(real, "llm-roadmap", hours=14, strictness=strictness, hold={skill: until})
        return next(
            d.date for d in plan.days for s in d.slots
            if s.activity.phase == 1 and s.activity.skill and s.activity.act is not Act.CHECKPOINT
        )  # fmt: skip

    assert second_phase(Strictness.HARD) >= until
    assert second_phase(Strictness.SOFT) < until
