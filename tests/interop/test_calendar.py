"""Calendar files open in two parsers and come back as they were; Markdown is plain."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from cairn.interop.calendar import to_ical, to_markdown
from cairn.planning import PlanError
from tests.conftest import needed
from tests.planning.asking import planned

MADE = datetime(2027, 1, 1, 12, tzinfo=UTC)
BERLIN = "Europe/Berlin"


@pytest.fixture(scope="module")
def plan(mini):
    """A plan that runs over the change to summer time in Berlin, on 28 March 2027."""
    return planned(mini, "everything", hours=1.75, start=date(2027, 3, 20))


def events(data):
    """Date or moment, minutes, summary and description of each event, by `icalendar`."""
    from icalendar import Calendar

    found = []
    for event in Calendar.from_ical(data).walk("VEVENT"):
        minutes = event.get("duration")
        found.append((
            event["dtstart"].dt, minutes.dt if minutes else None, str(event["summary"]), str(event["description"]),
            str(event["uid"]),
        ))  # fmt: skip
    return found


def test_every_day_is_one_event_that_comes_back(plan):
    """As many events as days, each on its date, with each piece of work on a line."""
    found = events(to_ical(plan.days, MADE))

    assert [day for day, *_ in found] == [d.date for d in plan.days]
    for day, (_, _, summary, text, uid) in zip(plan.days, found, strict=True):
        assert f"({day.minutes} min)" in summary
        assert len(text.splitlines()) == len(day.slots)
        assert uid.startswith(day.date.isoformat())


def test_a_second_parser_reads_the_same(plan):
    """Vobject finds the same days, summaries and texts."""
    try:
        import vobject
    except ImportError:
        needed("vobject", found=False)
        raise
    data = to_ical(plan.days, MADE)
    second = list(vobject.readOne(data.decode()).vevent_list)

    assert [(e.dtstart.value, e.summary.value, e.description.value, e.uid.value) for e in second] == [
        (day, summary, text, uid) for day, _, summary, text, uid in events(data)
    ]


def test_it_round_trips(plan):
    """Parsed and written again, the file holds the same events."""
    from icalendar import Calendar

    data = to_ical(plan.days, MADE, time(18, 30), BERLIN)

    assert events(Calendar.from_ical(data).to_ical()) == events(data)


def test_half_past_six_stays_half_past_six_over_summer_time(plan):
    """Events begin at the same wall-clock time before and after the clocks change, an hour apart in Greenwich."""
    found = {e[0].date(): e for e in events(to_ical(plan.days, MADE, time(18, 30), BERLIN))}
    before, after = found[date(2027, 3, 27)][0], found[date(2027, 3, 28)][0]

    assert (before.time(), after.time()) == (time(18, 30), time(18, 30))
    assert before.utcoffset() == timedelta(hours=1)
    assert after.utcoffset() == timedelta(hours=2)
    assert after.astimezone(UTC) - before.astimezone(UTC) == timedelta(hours=23)
    assert before.astimezone(ZoneInfo(BERLIN)) == before


def test_the_same_day_keeps_its_id(plan, mini):
    """A newer file for the same days replaces the older events: ids depend on the date alone."""
    other = planned(mini, "fitting", hours=1.75, start=date(2027, 3, 20))
    first, second = events(to_ical(plan.days, MADE)), events(to_ical(other.days, MADE + timedelta(days=1)))

    assert [e[4] for e in second] == [e[4] for e in first][: len(second)]


def test_an_unknown_zone_is_refused(plan):
    """No file is made for a zone that is none."""
    with pytest.raises(PlanError, match="no time zone"):
        to_ical(plan.days, MADE, time(18), "Mars/Base")


def test_lines_are_folded_and_escaped(real):
    """No line is longer than 75 bytes, and commas and semicolons of titles survive."""
    plan = planned(real, "lora", hours=14)
    data = to_ical(plan.days, MADE)

    assert max(map(len, data.split(b"\r\n"))) <= 75
    texts = [s.activity.title for d in plan.days for s in d.slots]
    joined = "\n".join(e[3] for e in events(data))
    assert all(title in joined for title in texts)


def test_markdown_has_every_day_and_box(plan):
    """Each day has a heading and each piece a box; signs that mean something to Markdown are escaped."""
    text = to_markdown(plan, "A *bold* <b>goal</b>")

    assert text.startswith("# A \\*bold\\* \\<b\\>goal\\</b\\>\n")
    assert text.count("\n### ") == len(plan.days)
    assert text.count("- [ ] ") == sum(len(d.slots) for d in plan.days)
