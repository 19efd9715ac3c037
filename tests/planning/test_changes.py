"""Replanning: what is done never moves, and what moves has a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from cairn.app import load
from cairn.curriculum import Skill
from cairn.planning import Act, Happened, Past, Planner, Repair, learn_pace
from cairn.planning.changes import changes
from cairn.planning.check import violations
from tests.conftest import MINI
from tests.planning.asking import MONDAY, asked

MINI_ATLAS = load(MINI)


def lived(plan, until, share=1.0):
    """The plan's days before a date as they were done: each piece in `share` of its minutes, finished at its end."""
    return tuple(
        Happened(d.date, s.activity.id, s.activity.title, max(1, round(s.minutes * share)), s.part == s.parts,
                 s.activity.minutes, s.activity.mode.value)
        for d in plan.days if d.date < until for s in d.slots if s.activity.act is not Act.REVIEW
    )  # fmt: skip


def again(atlas, request, past, day, **different):
    """The request from a later day on, and its plan."""
    now = replace(request, time=request.time.from_day(day), **different)
    return now, Planner(atlas.curriculum).plan(now, past)


@given(st.integers(0, 40), st.floats(0.3, 3))
@settings(max_examples=30, deadline=None)
def test_what_is_done_stays_where_it_was(days, share):
    """Whatever day the plan is made anew and however long things took, each finished piece stands on its day with its
    minutes, nothing finished is planned again, and the rest keeps every promise.
    """
    request = asked(MINI_ATLAS, "fitting@derive", hours=3.5)
    plan = Planner(MINI_ATLAS.curriculum).plan(request)
    day = MONDAY + timedelta(days=days)
    past = Past(lived(plan, day, share))

    now, new = again(MINI_ATLAS, request, past, day)

    done = [(d.date, s.activity.id, s.minutes) for d in new.days for s in d.slots if s.done]
    assert done == [(h.day, h.activity, h.minutes) for h in past.happened]
    ahead = {s.activity.id for d in new.days for s in d.slots if not s.done}
    assert not ahead & past.finished
    assert violations(MINI_ATLAS.curriculum, now, new) == []


def test_who_keeps_to_the_plan_sees_nothing_move(mini):
    """After days done exactly as planned the rest stands where it stood."""
    request = asked(mini, "fitting@derive", hours=3.5)
    plan = Planner(mini.curriculum).plan(request)
    day = MONDAY + timedelta(days=6)
    past = Past(lived(plan, day))

    now, new = again(mini, request, past, day)
    found = changes((request, plan), (now, new), past, mini.curriculum.graph)

    assert found.moves == ()
    assert found.causes == ()
    assert new.finish == plan.finish


def test_missed_days_move_the_rest_and_are_the_reason(mini):
    """Four days without study push the rest back by four, and the plan says what was planned and done."""
    request = asked(mini, "fitting@derive", hours=3.5)
    plan = Planner(mini.curriculum).plan(request)
    day = MONDAY + timedelta(days=4)

    now, new = again(mini, request, Past(), day)
    found = changes((request, plan), (now, new), Past(), mini.curriculum.graph)

    assert {m.days for m in found.moves} == {4}
    assert found.causes == (f"By {day} you had planned 120 minutes and did 0.",)
    assert all(m.reason == found.causes[0] for m in found.moves)


def test_a_slow_pace_stretches_the_rest(mini):
    """When things take twice as long, the minutes ahead grow, and the pace is named."""
    request = asked(mini, "fitting@derive", hours=3.5)
    plan = Planner(mini.curriculum).plan(request)
    day = MONDAY + timedelta(days=5)
    past = Past(lived(plan, day, 2.0))
    pace = learn_pace((h.planned, h.minutes) for h in past.happened if h.finished)

    now, new = again(mini, request, past, day, pace=pace)
    found = changes((request, plan), (now, new), past, mini.curriculum.graph)

    assert pace.factor > 1.1
    assert new.finish > plan.finish
    assert any("times our estimate" in cause for cause in found.causes)


def test_what_a_person_moves_is_told_from_what_follows(mini):
    """The held skill was moved by the person; what requires it follows; nothing else gets that reason."""
    request = asked(mini, "fitting", hours=3.5)
    plan = Planner(mini.curriculum).plan(request)
    held = Skill.parse("slope@use")

    now, new = again(mini, request, Past(), MONDAY, hold={held: MONDAY + timedelta(days=40)})
    found = {
        m.id: m.reason for m in changes((request, plan), (now, new), Past(), mini.curriculum.graph).moves
    }

    assert found["slope@use"] == "You moved it."
    assert found["fitting@use"] == "It requires something that you moved."
    assert "multiplication@use" not in found or "You moved" not in found["multiplication@use"]


def test_a_failed_gate_adds_repairs_with_their_reason(real):
    """Repairs and the second attempt are new, because a checkpoint asked for them."""
    request = asked(real, "llm-roadmap", hours=14)
    plan = Planner(real.curriculum).plan(request)
    past = Past(repairs=(Repair("llm-roadmap-phase-1", 1, (Skill.parse("chain-rule@use"),)),))

    now, new = again(real, request, past, MONDAY)
    found = changes((request, plan), (now, new), past, real.curriculum.graph)

    added = [m for m in found.moves if m.was is None]
    assert {m.reason for m in added} == {"A checkpoint asked for it."}
    assert {m.id for m in added} == {
        "chain-rule@use/repair/llm-roadmap-phase-1/1", "llm-roadmap-phase-1/checkpoint/2",
    }  # fmt: skip


def test_what_became_known_is_gone(mini):
    """A skill shown elsewhere leaves the plan, and the reason says so."""
    request = asked(mini, "fitting", hours=3.5)
    plan = Planner(mini.curriculum).plan(request)

    now, new = again(mini, request, Past(), MONDAY, known=(Skill.parse("slope@use"),))
    gone = {
        m.id: m.reason
        for m in changes((request, plan), (now, new), Past(), mini.curriculum.graph).moves
        if not m.now
    }

    assert set(gone) == {
        "addition@recognise",
        "addition@use",
        "slope@recognise",
        "slope@use",
    }  # with what it rests on
    assert "known" in gone["slope@use"]


def test_more_than_planned_leaves_a_little_open(mini):
    """Something that took longer than it was given and is not finished stays in the plan with a small part."""
    request = asked(mini, "fitting", hours=7)
    plan = Planner(mini.curriculum).plan(request)
    first = plan.days[0].slots[0].activity
    past = Past((Happened(MONDAY, first.id, first.title, 300, False, first.minutes),))

    _, new = again(mini, request, past, MONDAY + timedelta(days=1))

    left = sum(s.minutes for d in new.days for s in d.slots if s.activity.id == first.id and not s.done)
    assert 0 < left <= first.minutes


def test_minutes_done_today_are_taken_from_today(mini):
    """Who has studied half of today's time finds half of it left."""
    request = asked(mini, "fitting@derive", hours=7)
    plan = Planner(mini.curriculum).plan(request)
    past = Past((Happened(MONDAY, "something/else", "Something else", 30),))

    _, new = again(mini, request, past, MONDAY)

    today = [s for s in new.days if s.date == MONDAY]
    assert sum(s.minutes for d in today for s in d.slots if not s.done) <= 30
    assert new.finish >= plan.finish
