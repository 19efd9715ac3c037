"""Today: the next step, timer and minutes, what is put off or known, and what stands there without a plan."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta

import pytest

from cairn.learner import Evidence, Outcome, Source
from tests.web.conftest import client
from tests.web.reading import assert_page
from tests.web.test_plan import ASKED


@pytest.fixture
def site(app, clock):
    """The miniature's site on a Monday, with a plan."""
    made = client(app)
    made.post("/plan/new", data=ASKED | {"hours": "14"})
    return made


def first(app):
    """The first piece of today."""
    planning = app.planning()
    made = planning.current()
    return next(s for s in made.plan.on(made.terms.start).slots if not s.done)


def act(site, do, activity="", **more):
    """What is pressed on the page."""
    return site.post("/today", data={"do": do, "activity": activity} | more)


def entries(app):
    """The study log, shortly."""
    return [(e.day, e.activity, e.minutes, e.finished) for e in app.diary().logbook.entries("local")]


def test_the_next_step_is_large_with_minutes_and_reason(site, app):
    """The first piece of the day is the heading; its minutes and its reason stand beside it, the rest below."""
    slot = first(app)
    page = assert_page(site.get("/today"))

    assert "Addition" in page.headings[0]
    assert slot.activity.reason in page.text
    assert f"{slot.minutes} min" in re.sub(r"\s+", " ", page.text)
    assert "Then" in page.text
    assert "Monday 4 January" in page.text


def test_without_a_plan_one_line_says_what_to_do(app, clock):
    """Nothing is planned, and there is one thing to press."""
    page = assert_page(client(app).get("/today"))

    assert page.headings[0] == "Nothing is planned"
    assert "/plan/new" in page.links


def test_begin_starts_the_timer_and_leads_to_the_work(site, app, clock):
    """Forty minutes later done keeps forty minutes; the page then shows the next thing."""
    slot = first(app)
    answer = act(site, "begin", slot.activity.id)
    assert answer.headers["location"].startswith(("/ask/addition", "/topics/addition"))
    assert "The timer runs" in site.get("/today").text
    clock.moment += timedelta(minutes=40)
    assert "40 min" in site.get("/today").text
    assert act(site, "finish").headers["location"] == "/today?said=finished"

    assert entries(app) == [(date(2027, 1, 4), slot.activity.id, 40, True)]
    assert app.diary().running() is None
    assert first(app).activity.id != slot.activity.id


def test_stopping_is_not_finishing(site, app, clock):
    """Stopped, the minutes count and the rest of the work stays in the plan."""
    slot = first(app)
    act(site, "begin", slot.activity.id)
    clock.moment += timedelta(minutes=4)
    act(site, "stop")

    assert entries(app) == [(date(2027, 1, 4), slot.activity.id, 4, False)]
    assert first(app).activity.id == slot.activity.id


def test_minutes_by_hand(site, app):
    """Said minutes are kept; none said are those that were planned."""
    slot = first(app)
    act(site, "log", slot.activity.id, minutes="3")
    act(site, "finish", slot.activity.id, minutes="")

    assert next(minutes for _, _, minutes, _ in entries(app)) == 3
    assert [done for *_, done in entries(app)] == [False, True]
    assert "Done today" in site.get("/today").text


@pytest.mark.parametrize("minutes", ["0", "-5", "1441", "ten", "1.5", "٣", "9" * 50])
def test_minutes_that_make_no_sense_are_refused_with_a_sentence(site, app, minutes):
    """Nothing is logged, the page says what is needed, and what was typed stands in the field."""
    answer = act(site, "finish", first(app).activity.id, minutes=minutes)
    page = assert_page(site.get(answer.headers["location"]))

    assert "whole number from 1 to 1440" in page.text
    assert minutes[:20] in page.values
    assert entries(app) == []


def test_what_is_pressed_twice_counts_once(site, app):
    """The second press of done finds the thing gone, says so and logs nothing; so does a stop without a timer."""
    slot = first(app)
    act(site, "finish", slot.activity.id)
    again = act(site, "finish", slot.activity.id).headers["location"]

    assert again == "/today?said=gone"
    assert len(entries(app)) == 1
    assert "Nothing was changed" in html.unescape(site.get(again).text)
    assert act(site, "stop").headers["location"] == "/today?said=still"


def test_a_second_timer_is_refused(site, app):
    """One timer runs at a time; the page says which."""
    day = app.planning().current().plan.days[0]
    one, two = (slot.activity.id for slot in day.slots[:2])
    act(site, "begin", one)
    assert act(site, "begin", two).headers["location"] == "/today?said=running"
    assert app.diary().running().activity == one


def test_not_today_moves_it_to_tomorrow(site, app):
    """The skill begins tomorrow, what needs it follows, and the page says so with a way back."""
    slot = first(app)
    answer = act(site, "later", slot.activity.id)
    text = html.unescape(site.get(answer.headers["location"]).text)

    assert "now begins on Tuesday 5 January" in text
    assert "Undo" in text
    assert app.planning().begins()[slot.activity.skill] == date(2027, 1, 5)


def test_what_is_known_leaves_the_plan(site, app):
    """Saying that one knows it takes the skill and what it rests on out, at once."""
    slot = first(app)
    act(site, "know", slot.activity.id)

    assert slot.activity.skill not in app.planning().begins()


@pytest.mark.parametrize("do", ["", "dance", "later", "know", "begin", "log"])
def test_a_stale_or_strange_press_changes_nothing(site, app, do):
    """A verb that is none, or a thing that is not in today's plan, is answered kindly."""
    assert act(site, do, "nothing@use/read").headers["location"] == "/today?said=gone"
    assert entries(app) == []


def test_a_free_day_names_the_next(site, app, clock):
    """On a day off one line says when it goes on, and with what; it can be done now."""
    site.post("/plan/new", data=ASKED | {"off": "2027-01-04"})
    page = assert_page(site.get("/today"))

    assert page.headings[0] == "Nothing is planned for today"
    assert "Tuesday 5 January goes on with" in page.text


def test_the_end_of_a_plan_is_said(site, app):
    """When all is known nothing is left, and the page leads to another goal."""
    site.post("/know", data={"skill": "fitting@derive"})

    assert assert_page(site.get("/today")).headings[0] == "The plan is done"


def test_reviews_that_are_due_are_named(site, app, clock):
    """What was shown weeks ago falls due: the day's plan begins with it, and leads to the review."""
    planning = app.planning()
    item = next(iter(app.atlas.curriculum.items.of(app.atlas.skill("addition@use"))))
    event = Evidence(
        "local",
        planning.desk.clock(),
        Source.ITEM,
        "addition@use",
        Outcome.RIGHT,
        ref="item:x:1",
        detail=item.id,
    )
    planning.desk.log.append([event])
    clock.moment += timedelta(days=60)
    page = assert_page(site.get("/today"))

    assert "/review" in page.links
    assert "Review what is due" in page.text or "review due" in page.text
    assert act(site, "begin", "review").headers["location"] in {"/review", "/today?said=gone"}
