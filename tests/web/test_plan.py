"""The pages of the plan: asking for one, weeks, a month, moves, what would be if, and all that can be typed wrongly."""

from __future__ import annotations

import html
import re
from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.web.conftest import client
from tests.web.reading import Page, assert_page

MONDAY = date(2027, 1, 4)
ASKED = {
    "target1": "fitting@derive", "hours": "3.5", "start": "2027-01-04", "gates": "hard",
    "doing": "70", "reading": "20", "watching": "10", "zone": "Europe/Berlin",
}  # fmt: skip


@pytest.fixture
def site(app, clock):
    """The miniature's site on a Monday."""
    return client(app)


@pytest.fixture
def planned(site):
    """The same with a plan."""
    assert site.post("/plan/new", data=ASKED).headers["location"] == "/plan"
    return site


def problems(response):
    """What a page says is wrong, by field."""
    found = re.findall(r'<p class="problem" id="problem-([\w-]+)">(.*?)</p>', response.text)
    return {name: html.unescape(text) for name, text in found}


def day(n):
    return MONDAY + timedelta(days=n)


# -- asking ---------------------------------------------------------------------------------------------------


def test_without_a_plan_the_form_stands_at_every_door(site):
    """The plan's page is the form; the other pages lead to it, and the documents say that there is none."""
    assert 'name="target1"' in site.get("/plan").text
    for address in (
        "/plan/calendar",
        "/plan/what-if",
        "/plan/take",
        "/plan.md",
        "/plan/move?skill=slope@use",
    ):
        assert site.get(address).headers["location"] == "/plan"
    assert site.get("/api/plan/what-if").status_code == 404
    assert site.post("/plan/again").headers["location"] == "/plan"


def test_a_plan_is_made_and_shown_by_weeks(planned, app):
    """The page names the goal, the end with its range, and every week with its days."""
    page = assert_page(planned.get("/plan"))
    plan = app.planning().current().plan

    assert page.headings[0] == "Fitting a line"
    assert f"{plan.finish.day} {plan.finish:%B %Y}" in page.text
    assert "four of five finish between" in page.text
    assert page.text.count("Week ") >= len(plan.weeks)
    assert "/today" in page.links


def test_hours_by_day_count_before_hours_a_week(site, app):
    """With an hour on Monday and three on Saturday no other day has work."""
    site.post("/plan/new", data=ASKED | {"day-mon": "1", "day-sat": "3"})
    terms = app.planning().terms()

    assert (terms.hours, terms.weekdays) == (None, {"mon": 1, "sat": 3})
    assert {d.date.weekday() for d in app.planning().days()} == {0, 5}


def test_all_that_is_asked_is_kept(site, app):
    """Goals with importance, deadline, days off, gates, mix, depth, clock, background and zone reach the plan."""
    more = {
        "target2": "slope", "weight2": "2", "deadline": "2027-12-24", "off": "2027-01-06 2027-02-01..2027-02-03",
        "gates": "soft", "doing": "50", "reading": "40", "level": "use", "clock": "hours", "background": "clerk",
    }  # fmt: skip
    assert site.post("/plan/new", data=ASKED | more).status_code == 303
    terms = app.planning().terms()

    assert terms.targets == ("fitting@derive", "slope")
    assert terms.importance == {"slope": 2}
    assert terms.deadline == date(2027, 12, 24)
    assert terms.off == (date(2027, 1, 6), date(2027, 2, 1), date(2027, 2, 2), date(2027, 2, 3))
    assert (terms.gates, terms.mix, terms.level) == ("soft", (50, 40, 10), "use")
    assert (terms.clock, terms.background, terms.zone) == ("hours", "clerk", "Europe/Berlin")


def test_the_form_shows_the_plan_that_holds(site):
    """To change a plan one finds all that was asked, ready to be changed."""
    site.post("/plan/new", data=ASKED | {"off": "2027-02-01..2027-02-03", "deadline": "2027-12-24"})
    page = Page(site.get("/plan/new").text)

    assert {"fitting@derive", "3.5", "2027-12-24"} <= set(page.values)
    assert "2027-02-01..2027-02-03" in page.text


def test_a_goal_in_the_address_fills_the_form(site):
    """A link from a gap leads to the form with its goal."""
    assert "slope" in Page(site.get("/plan/new?target=slope").text).values


@pytest.mark.parametrize(
    ("change", "field", "says"),
    [
        ({"hours": "0"}, "hours", "With no time nothing can be planned"),
        ({"hours": "0.001"}, "hours", "With no time"),
        ({"hours": ""}, "hours", "How many hours"),
        ({"hours": "-3"}, "hours", "from 0 to 168"),
        ({"hours": "169"}, "hours", "from 0 to 168"),
        ({"hours": "many"}, "hours", "“many” does not fit"),
        ({"hours": "nan"}, "hours", "does not fit"),
        ({"hours": "1e400"}, "hours", "does not fit"),
        ({"day-mon": "25"}, "day-mon", "from 0 to 24"),
        ({"start": "2027-01-03"}, "start", "has passed"),
        ({"start": "2027-02-29"}, "start", "no day of the calendar"),
        ({"start": "9999-12-31"}, "start", "too far ahead"),
        ({"deadline": "2026-12-31"}, "deadline", "before the first day"),
        ({"deadline": "tomorrow"}, "deadline", "no day of the calendar"),
        ({"start": "2027-03-01", "deadline": "2027-02-01"}, "deadline", "before the first day"),
        ({"target1": ""}, "target1", "needs a goal"),
        ({"target1": "slopee"}, "target1", "Did you mean"),
        ({"target1": "book-sums"}, "target1", "cannot be a goal"),
        ({"target2": "nowhere"}, "target2", "cannot be a goal"),
        ({"target2": "slope", "weight2": "0"}, "weight2", "from 0.1 to 10"),
        ({"off": "2027-13-01"}, "off", "is no day off"),
        ({"off": "2027-01-01..2099-01-01"}, "off", "is no span of days"),
        ({"doing": "60"}, "doing", "make 90 %, not 100"),
        ({"reading": "x"}, "reading", "does not fit"),
        ({"zone": "Mars/Base"}, "zone", "no time zone"),
        ({"gates": "iron"}, "gates", "no choice"),
        ({"level": "guess"}, "level", "no choice"),
        ({"background": "king"}, "background", "no choice"),
    ],
)  # fmt: skip
def test_a_mistake_is_said_beside_its_field_and_loses_nothing(planned, app, change, field, says):
    """The form comes back with a sentence at the field and all that was typed; the plan that holds stays."""
    before = app.planning().days()
    asked = ASKED | {"off": "2027-06-01"} | change
    response = planned.post("/plan/new", data=asked)

    assert response.status_code == 422
    page = assert_page(response, status=422)
    assert says in problems(response)[field]
    for name in ("target1", "hours", "start", "deadline", "zone", "doing"):
        if asked.get(name):
            assert asked[name] in page.values
    assert asked["off"] in page.text
    assert app.planning().days() == before


def test_what_the_planner_refuses_is_said_above_the_form(site):
    """A clock that the goal does not have is the planner's to refuse; its sentence and advice stand on the page."""
    response = site.post("/plan/new", data=ASKED | {"clock": "path"})

    assert response.status_code == 422
    assert "This goal states no weeks of its own. Plan it by hours" in html.unescape(response.text)


def test_a_leap_day_is_a_day(site, app):
    """A plan over 29 February 2028 has that day once; a deadline on it is kept."""
    site.post("/plan/new", data=ASKED | {"start": "2028-02-20", "deadline": "2028-02-29"})

    assert app.planning().terms().deadline == date(2028, 2, 29)
    assert [d.date for d in app.planning().days()].count(date(2028, 2, 29)) == 1
    assert "29" in site.get("/plan/calendar?month=2028-02").text


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Pacific/Apia", "Asia/Kolkata"])
@pytest.mark.parametrize("start", ["2027-03-26", "2027-10-29"])
def test_no_change_of_clocks_loses_a_day(site, app, clock, zone, start):
    """Around both changes of the clocks every date is there once, with its minutes, in any zone."""
    clock.moment = datetime.fromisoformat(f"{start}T00:30+00:00")
    first = date.fromisoformat(start) + timedelta(days=1)
    site.post("/plan/new", data=ASKED | {"zone": zone, "start": first.isoformat()})
    days = app.planning().days()

    assert [d.date for d in days] == [first + timedelta(days=n) for n in range(len(days))]
    assert {d.budget for d in days} == {30}


def test_today_is_where_the_person_lives(site, clock):
    """Late in the evening in Greenwich it is tomorrow in Berlin: today there has passed as a first day."""
    clock.moment = datetime(2027, 1, 4, 23, 30, tzinfo=UTC)

    assert "has passed" in problems(site.post("/plan/new", data=ASKED))["start"]
    assert site.post("/plan/new", data=ASKED | {"zone": "America/New_York"}).status_code == 303


def test_a_plan_of_ten_thousand_days_is_shown_in_parts(site, app):
    """With two minutes a week the weeks are leafed through, sixty at a time, and months to the end."""
    assert site.post("/plan/new", data=ASKED | {"hours": "0.02"}).status_code == 303
    plan = app.planning().current().plan
    assert (plan.finish - plan.start).days > 3_000

    page = assert_page(site.get("/plan"))
    assert len(re.findall(r'class="no"', site.get("/plan").text)) == 60
    assert "/plan?from=61#weeks" in page.links
    last = plan.weeks[-1].number
    assert f"Week {last}" in site.get(f"/plan?from={last}").text
    assert_page(site.get(f"/plan/calendar?month={plan.finish:%Y-%m}"))
    assert_page(site.get("/plan?from=999999"))


def test_a_deadline_that_cannot_hold_says_by_how_much(site):
    """Hours too many, each thing left out with its cost and what would let it in, and the hours that would do."""
    site.post("/plan/new", data=ASKED | {"deadline": "2027-01-10"})
    page = assert_page(site.get("/plan"))

    assert "Not all of it fits" in page.text
    assert "min more a week" in page.text
    link = next(a for a in page.links if a.startswith("/plan/what-if?hours="))
    assert "Everything would fit" in site.get(link).text


def test_phases_stand_with_their_checkpoints(site, app):
    """Each phase has its span, and the day of its checkpoint, until that is passed."""
    site.post("/plan/new", data=ASKED | {"target1": "short"})
    gate = next(d.date for d in app.planning().days() for s in d.slots if s.activity.ref == "short-phase-1")
    assert f"checkpoint {gate.day} {gate:%b}" in assert_page(site.get("/plan")).text
    app.planning().check("short-phase-1", {"q-slope": True})

    assert "checkpoint passed" in site.get("/plan").text


def test_everything_in_a_plan_leads_somewhere(real_site, real):
    """Each kind of activity of the long road has a page that stands: section, film, exercise, questions, gate."""
    from cairn.planning import Act
    from cairn.web.plan_views import link
    from tests.planning.asking import planned as plan_of

    class Asking:
        """A request, as far as a link needs one."""

        app = real_site.app.app

    found = {}
    plan = plan_of(real, "llm-roadmap", hours=17.5, tracks=frozenset({"track-papers"}), review=5)
    for slot in (s for d in plan.days for s in d.slots):
        found.setdefault(slot.activity.act, set()).add(link(Asking, slot.activity).partition("#")[0])

    assert set(found) >= set(Act) - {Act.REPAIR}
    for addresses in found.values():
        for address in sorted(addresses)[:4]:
            assert real_site.get(address).status_code == 200, address


# -- the month, and moves -------------------------------------------------------------------------------------


def test_a_month_shows_every_day_with_its_skills(planned, app):
    """Each day of the month stands in the table; each skill is on its days with its minutes and leads to a form."""
    text = planned.get("/plan/calendar").text
    assert_page(planned.get("/plan/calendar"))
    cells = dict(re.findall(r'<td data-day="([\d-]+)".*?>(.*?)</td>', text, flags=re.DOTALL))

    assert set(cells) >= {day(n).isoformat() for n in range(28)}
    for planned_day in app.planning().days():
        cell = cells[planned_day.date.isoformat()]
        for slot in planned_day.slots:
            assert f'data-skill="{slot.activity.skill}"' in cell


@pytest.mark.parametrize("month", ["", "x", "2027-13", "0001-01", "9999-12", "2027-02-01", "%00"])
def test_any_month_is_a_page(planned, month):
    """A month that is none, or beyond what can be leafed to, is this month."""
    assert "January 2027" in assert_page(planned.get(f"/plan/calendar?month={month}")).headings[0]


def test_a_move_says_what_follows_and_is_undone(planned, app):
    """The page it came from says where the skill went and what moved with it; undo brings everything back."""
    before = app.planning().days()
    form = Page(planned.get("/plan/move?skill=slope@use&back=/plan/calendar").text)
    assert "slope@use" in form.values
    answer = planned.post(
        "/plan/move", data={"skill": "slope@use", "day": "2027-01-25", "back": "/plan/calendar"}
    )
    address = answer.headers["location"]
    text = html.unescape(planned.get(address).text)

    assert urlsplit(address).path == "/plan/calendar"
    assert parse_qs(urlsplit(address).query)["moved"] == ["slope@use"]
    assert "Slope (use) now begins on Monday 25 January" in text
    assert "It requires something that you moved." in text
    number = re.search(r'name="number" value="(\d+)"', text)[1]
    back = planned.post("/plan/undo", data={"number": number, "back": address}).headers["location"]
    assert back == "/plan/calendar"
    assert app.planning().days() == before


def test_a_move_before_what_it_needs_says_why(planned):
    """Asked for too early, the skill comes as soon as it can, and the page names what must come first."""
    answer = planned.post("/plan/move", data={"skill": "fitting@use", "day": "2027-01-04", "back": "/plan"})

    assert "it needs" in html.unescape(planned.get(answer.headers["location"]).text)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"day": ""}, "no day of the calendar"),
        ({"day": "2027-02-30"}, "no day of the calendar"),
        ({"day": "2026-12-31"}, "has passed"),
        ({"day": "2028-01-01"}, "after the deadline"),
    ],
)
def test_a_move_that_cannot_be_keeps_the_day_that_was_typed(planned, app, fields, says):
    """The form comes back with a sentence; the plan stays."""
    planned.post("/plan/new", data=ASKED | {"deadline": "2027-12-31"})
    before = app.planning().days()
    response = planned.post("/plan/move", data={"skill": "slope@use", "back": "/plan"} | fields)

    assert response.status_code == 422
    assert says in html.unescape(response.text)
    assert fields["day"] in Page(response.text).values or not fields["day"]
    assert app.planning().days() == before


def test_only_skills_are_moved(planned):
    """What is no skill is not found; what is done or known says so."""
    assert planned.get("/plan/move?skill=nothing@use").status_code == 404
    assert planned.post("/plan/move", data={"skill": "x", "day": "2027-01-25"}).status_code == 404
    planned.post("/know", data={"skill": "slope@use"})
    assert "not ahead in the plan" in planned.get("/plan/move?skill=slope@use").text
    refused = planned.post("/plan/move", data={"skill": "slope@use", "day": "2027-01-25"})
    assert refused.status_code == 422


def test_a_move_leads_back_to_this_site_only(planned):
    """An address elsewhere becomes the start."""
    fields = {"skill": "slope@use", "day": "2027-01-25", "back": "https://evil.example/"}
    assert planned.post("/plan/move", data=fields).headers["location"].startswith("/?")


def test_planning_again_lays_what_is_left_from_today(planned, app, clock):
    """Three days later nothing was done: the page offers to plan again, and then says what moved and why."""
    clock.moment += timedelta(days=3)
    assert "Plan again" in planned.get("/plan").text
    answer = planned.post("/plan/again", data={"back": "/plan"})
    text = html.unescape(planned.get(answer.headers["location"]).text)

    assert "things moved" in text
    assert "and did 0" in text
    assert app.planning().days()[0].date == day(3)


# -- what would be if -----------------------------------------------------------------------------------------


def test_what_if_says_what_would_change_and_keeps_nothing(planned, app):
    """More hours end sooner; the plan stays until it is kept."""
    before = app.planning().days()
    found = planned.get("/api/plan/what-if?hours=7&deadline=").json()

    assert found["format"] == 1
    assert found["moved"] < 0
    assert "sooner" in found["says"][0]
    assert not found["same"]
    assert found["says"][0] in html.unescape(planned.get("/plan/what-if?hours=7&deadline=").text)
    assert app.planning().days() == before
    assert (
        planned.post("/plan/what-if", data={"hours": "7", "deadline": ""})
        .headers["location"]
        .startswith("/plan")
    )
    assert app.planning().terms().hours == 7
    assert app.planning().days() != before


def test_what_if_nothing_is_different_nothing_is_to_be_kept(planned):
    """As it is, the button is off, and the document says that it is the same."""
    page = planned.get("/plan/what-if").text

    assert 'class="primary" disabled' in page
    assert planned.get("/api/plan/what-if?hours=3.5&deadline=").json()["same"]


def test_a_phase_can_be_left_out_and_taken_back(site, app):
    """Leaving out a phase shortens the plan; the page still offers it afterwards."""
    site.post("/plan/new", data=ASKED | {"target1": "short"})
    whole = app.planning().current().plan
    found = site.get("/api/plan/what-if?hours=3.5&deadline=&without=short-phase-2").json()
    assert "Left out: Lines." in found["says"]
    site.post("/plan/what-if", data={"hours": "3.5", "deadline": "", "without": "short-phase-2"})
    assert app.planning().current().plan.finish < whole.finish
    page = site.get("/plan/what-if").text
    assert re.search(r'value="short-phase-2" checked', page)
    site.post("/plan/what-if", data={"hours": "3.5", "deadline": ""})
    assert app.planning().current().plan.finish == whole.finish


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("hours=0", "cannot be planned"),
        ("hours=nan", "no number"),
        ("hours=lots", "no number"),
        ("hours=200", "cannot be planned"),
        ("deadline=2020-01-01", "has passed"),
        ("deadline=2027-02-30", "no day"),
        ("hours=3.5&without=nothing", "is no phase"),
    ],
)
def test_a_question_that_makes_no_sense_is_answered_with_a_sentence(planned, app, query, says):
    """Page and document say what is wrong, nothing can be kept, and the plan stays."""
    before = app.planning().terms()
    found, page = planned.get(f"/api/plan/what-if?{query}"), planned.get(f"/plan/what-if?{query}")

    assert (found.status_code, page.status_code) == (422, 422)
    assert says in found.json()["error"]
    assert says in html.unescape(page.text)
    assert 'class="primary" disabled' in page.text
    planned.post("/plan/what-if", data=parse_qs(query))
    assert app.planning().terms() == before


def test_a_stranger_is_shown_no_plan(planned, stranger):
    """A browser without the cookie finds the empty form, and no document has a day of the plan."""
    for address in ("/plan", "/plan/calendar", "/plan/what-if", "/api/plan/what-if", "/plan.md", "/today"):
        assert "Fitting" not in stranger.get(address).text
    assert stranger.get("/plan.ics").status_code == 403
