"""The calendar feed: its key, what that opens and what not, and that two parsers read it."""

from __future__ import annotations

import html
import re
from datetime import UTC, date, datetime

import pytest
from starlette.testclient import TestClient

from cairn.web.server import create
from tests.conftest import needed
from tests.web.conftest import HOME, client
from tests.web.reading import assert_page
from tests.web.test_plan import ASKED


@pytest.fixture
def site(app, clock):
    """The miniature's site with a plan."""
    made = client(app)
    made.post("/plan/new", data=ASKED)
    return made


@pytest.fixture
def program(app):
    """A calendar program: no cookie, and nothing that browsers say."""
    return TestClient(create(app), base_url=HOME, follow_redirects=False)


def address(site, query=""):
    """The feed's address as the page shows it, from the path on."""
    text = html.unescape(site.get(f"/plan/take{query}").text)
    return re.search(r'value="http://127\.0\.0\.1:8137(/plan\.ics\?key=[^"]+)"', text)[1]


def test_the_key_opens_the_feed_for_a_program(site, program, app):
    """Without cookie or door the address answers with a calendar of every day ahead."""
    answer = program.get(address(site))

    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/calendar")
    assert answer.text.count("BEGIN:VEVENT") == len(app.planning().days())


@pytest.mark.parametrize("key", ["", "x", "0" * 64, "ü", "%00"])
def test_a_wrong_key_opens_nothing(site, program, key):
    """The answer is a refusal without a word of the plan."""
    answer = program.get(f"/plan.ics?key={key}")

    assert answer.status_code == 403
    assert "Addition" not in answer.text


def test_the_key_opens_nothing_else(site, program):
    """With the key in the address of a page a program is a stranger there, and may write nowhere."""
    key = address(site).partition("key=")[2]

    assert "Fitting" not in program.get(f"/plan?key={key}").text
    assert program.get(f"/plan.md?key={key}").headers["location"] == "/plan"
    assert program.post(f"/plan/take?key={key}", headers={"origin": HOME}).status_code == 403
    program.cookies.set("cairn-8137", key)
    assert program.post("/plan/take", headers={"origin": HOME}).status_code == 403


def test_a_new_address_makes_the_old_one_worthless(site, program):
    """After it is renewed the old key is refused and the new one opens."""
    old = address(site)
    answer = site.post("/plan/take")
    new = address(site)

    assert "The old one opens nothing" in site.get(answer.headers["location"]).text
    assert new != old
    assert (program.get(old).status_code, program.get(new).status_code) == (403, 200)


def test_the_key_is_not_shown_to_strangers(site, program):
    """A browser without the cookie is led away from the page that shows the address."""
    assert program.get("/plan/take").status_code == 303


def test_the_key_survives_a_restart_and_dies_with_the_door(app, site, program):
    """It follows from the door's key: another server on the same data takes it, and one with a new door does not."""
    mine = address(site)
    assert TestClient(create(app), base_url=HOME).get(mine).status_code == 200
    (app.settings.data / "door.key").unlink()
    assert TestClient(create(app), base_url=HOME).get(mine).status_code == 403


def test_a_page_of_another_site_cannot_read_it(site, program):
    """Even with the key: the guard at the door stands before it."""
    for headers in (
        {"origin": "http://evil.example"},
        {"sec-fetch-site": "cross-site"},
        {"host": "evil.example"},
    ):
        assert program.get(address(site), headers=headers).status_code in {403, 421}


def test_feed_and_file_are_read_by_two_parsers_and_come_back(site, program, app):
    """`icalendar` and `vobject` find the days of the plan, their texts and ids; written again they are the same."""
    from icalendar import Calendar

    try:
        import vobject
    except ImportError:
        needed("vobject", found=False)
        raise
    feed, file = program.get(address(site)).text, site.get("/plan.ics").text
    days = {d.date: d for d in app.planning().days()}
    for text in (feed, file):
        first = Calendar.from_ical(text)
        events = {
            e["dtstart"].dt: (str(e["uid"]), str(e["summary"]), str(e["description"]))
            for e in first.walk("VEVENT")
        }
        second = {
            e.dtstart.value: (e.uid.value, e.summary.value, e.description.value)
            for e in vobject.readOne(text).vevent_list
        }
        assert events == second
        assert set(events) == set(days)
        assert Calendar.from_ical(first.to_ical()).to_ical() == first.to_ical()
        again = vobject.readOne(vobject.readOne(text).serialize())
        assert {e.dtstart.value for e in again.vevent_list} == set(days)


def test_a_time_of_day_fills_the_hours_in_the_persons_zone(site, program):
    """Half past six in Berlin is half past six on every day, over the change to summer time too."""
    site.post("/plan/new", data=ASKED | {"start": "2027-03-20"})
    from icalendar import Calendar

    found = Calendar.from_ical(program.get(address(site, "?at=18:30")).text).walk("VEVENT")
    starts = {e["dtstart"].dt.date(): e["dtstart"].dt for e in found}

    assert {(s.hour, s.minute) for s in starts.values()} == {(18, 30)}
    assert starts[date(2027, 3, 27)].astimezone(UTC).hour == 17
    assert starts[date(2027, 3, 29)].astimezone(UTC).hour == 16


@pytest.mark.parametrize("at", ["25:00", "evening", "%00", "18:30:99"])
def test_a_time_that_is_none_is_refused(site, at):
    """The page says how to write one and keeps what was typed; the feed answers with a sentence."""
    page = assert_page(site.get(f"/plan/take?at={at}"), status=422)

    assert "write it as 18:30" in page.text
    assert site.get(f"/plan.ics?at={at}").status_code == 400


def test_without_a_plan_the_feed_is_an_empty_calendar(app, clock):
    """A program that asks before there is a plan, or with a key from then, is not told of an error."""
    asgi = create(app)
    key = asgi.door.key_for("calendar feed", "local", "0")
    answer = TestClient(asgi, base_url=HOME).get(f"/plan.ics?key={key}")

    assert answer.status_code == 200
    assert "VEVENT" not in answer.text


def test_the_feed_follows_the_plan(site, program, app, clock):
    """What is done leaves it, and the next day it begins with that day."""
    clock.moment = datetime(2027, 1, 6, 12, tzinfo=UTC)
    from icalendar import Calendar

    found = Calendar.from_ical(program.get(address(site)).text).walk("VEVENT")
    assert min(e["dtstart"].dt for e in found) == date(2027, 1, 6)


def test_markdown_is_the_plan_with_boxes(site, app):
    """Each piece of the plan is a line with a box, under its day."""
    answer = site.get("/plan.md")

    assert answer.headers["content-type"].startswith("text/markdown")
    assert answer.text.count("- [ ]") == sum(len(d.slots) for d in app.planning().days())
