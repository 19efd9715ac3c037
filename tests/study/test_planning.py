"""The verbs of planning and of the log, over a real database and a clock that can be set."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from cairn.app import App
from cairn.learner import Outcome
from cairn.planning import Mix, PlanError, UnknownTargetError
from cairn.settings import Settings
from cairn.study import planning_documents as documents
from cairn.study.planning import NoPlanError
from cairn.study.planning_terms import Terms
from tests.conftest import MINI

MONDAY = date(2027, 1, 4)
TERMS = Terms(targets=("fitting@derive",), start=MONDAY, hours=3.5, zone="Europe/Berlin")
KEPT = replace(TERMS, since=MONDAY)


class Clock:
    """A clock that stands until it is set."""

    def __init__(self) -> None:
        self.now = datetime(2027, 1, 4, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        """The time."""
        return self.now

    def on(self, day: date, hour: int = 12) -> None:
        """Set it to a day."""
        self.now = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def planning(app, clock):
    made = app.planning()
    return replace(made, desk=replace(made.desk, clock=clock))


@pytest.fixture
def diary(app, clock):
    made = app.diary()
    return replace(made, desk=replace(made.desk, clock=clock))


def ends(plan):
    return {str(s.activity.skill): d.date for d in plan.days for s in d.slots if not s.done}


def test_a_plan_is_kept_and_found_again(planning):
    """What was asked and the days come back from the database as they were made."""
    made = planning.make(TERMS)

    assert planning.terms() == KEPT
    assert planning.days() == made.plan.days
    assert planning.current().plan.days == made.plan.days


def test_without_a_plan_there_is_a_way_to_one(planning):
    """Each question about a plan that was not made is answered by how to make one."""
    for ask in (planning.terms, planning.days, planning.current, planning.replan, planning.what_if):
        with pytest.raises(NoPlanError) as error:
            ask()
        assert "cairn plan" in error.value.hint


def test_terms_survive_json():
    """All terms, with dates and mappings, are the same after being written and read."""
    terms = replace(
        TERMS, weekdays={"mon": 1, "sat": 2.5}, deadline=date(2028, 2, 29), off=(date(2027, 1, 6),),
        importance={"fitting@derive": 2}, mix=(50, 30, 20), review=5, gates="soft", clock="hours",
        hold={"slope@use": date(2027, 2, 1)}, sooner=("slope@use",), knows=("addition",), background="clerk",
    )  # fmt: skip

    assert Terms.from_json(json.loads(json.dumps(terms.as_json()))) == terms
    with pytest.raises(PlanError, match="cannot be read"):
        Terms.from_json({"targets": ["x"], "start": "yesterday"})


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"zone": "Mars/Base"}, PlanError),
        ({"targets": ("nowhere",)}, UnknownTargetError),
        ({"importance": {"slope": 2}}, PlanError),
        ({"gates": "iron"}, PlanError),
        ({"hours": None}, PlanError),
        ({"tracks": ("track-nothing",)}, PlanError),
        ({"weekdays": {"x": 1}}, PlanError),
        ({"weekdays": {"t": 1}}, PlanError),
        ({"mix": (70, 20, 20)}, PlanError),
    ],
)
def test_bad_terms_keep_the_plan_that_holds(planning, change, error):
    """A mistake is an error, and the plan made before it is still there."""
    planning.make(TERMS)
    with pytest.raises(error):
        planning.make(replace(TERMS, **change))

    assert planning.terms() == KEPT


def test_the_day_is_the_one_where_the_person_lives(planning, clock):
    """Half past eleven at night in Greenwich is the next day in Berlin and the same in New York."""
    clock.now = datetime(2027, 1, 4, 23, 30, tzinfo=UTC)

    assert planning.today("Europe/Berlin") == date(2027, 1, 5)
    assert planning.today("America/New_York") == date(2027, 1, 4)


def test_days_with_23_and_25_hours_are_days(planning, clock):
    """Around both changes of the clocks in Berlin every date is there once, with its minutes."""
    for spring in (date(2027, 3, 27), date(2027, 10, 30)):
        made = planning.propose(replace(TERMS, start=spring))
        dates = [d.date for d in made.plan.days]
        assert dates == [spring + timedelta(days=n) for n in range(len(dates))]
        assert {d.budget for d in made.plan.days} == {30}


def test_what_if_answers_and_keeps_nothing(planning):
    """Twice the hours end sooner, and the kept plan is untouched."""
    made = planning.make(TERMS)
    other = planning.what_if(hours=7.0)

    assert other.plan.finish < made.plan.finish
    assert planning.days() == made.plan.days
    with pytest.raises(PlanError, match="cannot be planned"):
        planning.what_if(hours=0)


def test_missed_days_are_replanned_with_reasons(planning, clock):
    """Three days later, with nothing done, the rest moved by three days, and the plan says why."""
    made = planning.make(TERMS)
    clock.on(MONDAY + timedelta(days=3))

    found = planning.replan()

    assert {m.days for m in found.changes.moves} == {3}
    assert "and did 0" in found.changes.causes[0]
    assert found.made.plan.finish == made.plan.finish + timedelta(days=3)
    assert planning.replan().changes.moves == ()


def test_what_was_logged_is_not_asked_again(planning, diary, clock):
    """A finished activity stands in the past with its minutes, and the pace learns from it."""
    made = planning.make(TERMS)
    slot = made.plan.days[0].slots[0]
    diary.log(slot.activity.id, 60, slot.activity.mode.value, planned=slot.activity.minutes, finished=True)
    clock.on(MONDAY + timedelta(days=1))

    plan = planning.replan().made.plan

    done = [(d.date, s.activity.id, s.minutes) for d in plan.days for s in d.slots if s.done]
    assert done == [(MONDAY, slot.activity.id, 60)]
    assert slot.activity.id not in {s.activity.id for d in plan.days for s in d.slots if not s.done}
    assert plan.pace > 1


def test_a_skill_can_be_moved_later_and_sooner(planning):
    """Later holds it and what requires it; sooner brings it to the front; what is not ahead cannot be moved."""
    planning.make(TERMS)
    until = MONDAY + timedelta(days=40)

    later = planning.move("slope@recognise", until)
    assert ends(later.made.plan)["slope@recognise"] >= until
    assert ends(later.made.plan)["fitting@recognise"] >= until
    assert any(m.reason == "You moved it." for m in later.changes.moves)
    sooner = planning.move("slope@recognise", MONDAY)
    assert ends(sooner.made.plan)["slope@recognise"] == MONDAY

    planning.desk.say([planning.desk.atlas.skill("slope@use")], Outcome.KNOWN)
    planning.replan()
    with pytest.raises(PlanError, match="not ahead"):
        planning.move("slope@recognise", MONDAY)


def test_a_checkpoint_fails_is_repaired_and_passed(planning):
    """No verdict before every question has an answer; a failure plans repairs, a pass removes the gate."""
    planning.make(Terms(targets=("short",), start=MONDAY, hours=3.5))

    assert planning.check("short-phase-1", {}).unanswered == ("q-slope",)
    assert planning.past().repairs == ()
    failed = planning.check("short-phase-1", {"q-slope": False})
    assert (failed.passed, failed.advice) == (False, "add again")
    plan = planning.replan().made.plan
    names = [s.activity.id for d in plan.days for s in d.slots]
    assert any("/repair/" in name for name in names)
    assert "short-phase-1/checkpoint/2" in names
    assert planning.check("short-phase-1", {"q-slope": True}).passed
    assert not any("checkpoint" in s.activity.id for d in planning.current().plan.days for s in d.slots)
    with pytest.raises(PlanError, match="no checkpoint"):
        planning.gate("short-phase-2")
    with pytest.raises(PlanError, match="is no phase"):
        planning.gate("slope")


def test_the_document_has_the_promised_keys(planning):
    """Start, finish, feasible, weeks and dropped are there, and all of it is JSON."""
    made = planning.propose(replace(TERMS, deadline=MONDAY + timedelta(days=2)))
    found = documents.plan(made.plan, planning.desk.atlas.curriculum)

    json.dumps(found)
    assert found["format"] == 1
    assert {"start", "finish", "feasible", "weeks", "dropped"} <= set(found)
    assert found["feasible"] is False
    assert found["dropped"][0]["skill"].startswith("fitting")
    assert sum(len(w["days"]) for w in found["weeks"]) == len(made.plan.days)


def test_the_log_keeps_minutes_and_refuses_nonsense(diary):
    """Minutes between one and a day, a known mode, a name, no day ahead; nothing else is kept."""
    diary.log("softmax", 25, "reading")
    for bad in (
        {"minutes": 0},
        {"minutes": 2000},
        {"mode": "dreaming"},
        {"activity": " "},
        {"day": date(2030, 1, 1)},
    ):
        with pytest.raises(PlanError):
            diary.log(**({"activity": "a", "minutes": 5} | bad))

    summary = diary.week(MONDAY, Mix())
    assert (summary.minutes, summary.days) == (25, 1)


def test_the_timer_measures(diary, clock):
    """Forty minutes between start and stop are forty minutes; a second start and a second stop are refused."""
    diary.start("softmax", "watching")
    with pytest.raises(PlanError, match="a timer runs"):
        diary.start("other")
    clock.now += timedelta(minutes=40)

    entry = diary.stop(finished=True)

    assert (entry.minutes, entry.mode, entry.finished) == (40, "watching", True)
    with pytest.raises(PlanError, match="no timer"):
        diary.stop()


def test_a_week_in_figures_holds_no_grudge(diary, clock):
    """Minutes, shares against the mix and what was finished; no streak and no debt, also for an empty week."""
    for mode, minutes in (("doing", 60), ("reading", 30), ("watching", 30)):
        diary.log(mode, minutes, mode, finished=mode == "doing")
    summary = diary.week(MONDAY + timedelta(days=2), Mix())
    empty = diary.week(MONDAY - timedelta(days=30), Mix())

    assert [(r.minutes, round(r.share, 2), r.wanted) for r in summary.ledger] == [
        (60, 0.5, 0.7), (30, 0.25, 0.2), (30, 0.25, 0.1),
    ]  # fmt: skip
    assert summary.finished == ("doing",)
    assert (empty.minutes, empty.finished) == (0, ())
    words = json.dumps(documents.week(summary)).casefold()
    assert not any(word in words for word in ("streak", "missed", "behind", "debt", "should"))


def test_a_paper_is_read_in_three_passes(diary):
    """The next pass is the first not done; its minutes count as reading; wrong passes and questions are refused."""
    assert diary.next_pass("paper-lines").stage == 1
    diary.read("paper-lines", 1, 10, answers={"category": "a proof"}, ideas=["draw it"])

    assert diary.next_pass("paper-lines").stage == 2
    assert diary.readings("paper-lines")[0].ideas == ("draw it",)
    assert diary.week(MONDAY, Mix()).ledger[1].minutes == 10
    for stage, answers in ((4, {}), (2, {"category": "x"})):
        with pytest.raises(PlanError):
            diary.read("paper-lines", stage, 5, answers=answers)
    with pytest.raises(UnknownTargetError):
        diary.read("slope", 1, 5)


def test_experiments_have_notes(diary):
    """A note needs a subject and a question, and comes back under its subject."""
    diary.note("write-add", "Does order matter?", result="no")

    assert [n.result for n in diary.experiments("write-add")] == ["no"]
    with pytest.raises(PlanError, match="subject and a question"):
        diary.note("write-add", " ")


def test_two_processes_see_one_plan(planning, clock, tmp_path):
    """A plan made by one app is the plan of another on the same data."""
    planning.make(TERMS)
    other = App(Settings(MINI, tmp_path, f"sqlite:///{tmp_path / 'cairn.sqlite3'}"))

    assert other.planning().terms() == KEPT
    other.close()


def test_today_is_one_day_with_what_is_done_and_what_is_left(planning, diary):
    """After ten of thirty minutes today stands once in the plan: the done piece first, then at most twenty minutes."""
    slot = planning.make(TERMS).plan.days[0].slots[0]
    diary.log(slot.activity.id, 10, slot.activity.mode.value, planned=slot.activity.minutes)
    plan = planning.current().plan

    assert [d.date for d in plan.days].count(MONDAY) == 1
    assert [s.done for s in plan.on(MONDAY).slots][:2] == [True, False]
    assert sum(s.minutes for s in plan.on(MONDAY).slots if not s.done) <= 20
