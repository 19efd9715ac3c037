"""The log in words and as files: what it says, and what it never says."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.planning import Mix
from cairn.store.logbook import Entry, Experiment, Reading
from cairn.study.diary_export import as_csv, as_markdown
from cairn.study.diary_words import duration, week_in_words
from cairn.study.logbook import WeekSummary, ledger

NOON = datetime(2027, 1, 6, 12, tzinfo=UTC)
MONDAY = date(2027, 1, 4)
texts = st.text(st.characters(codec="utf-8", exclude_characters="\r\x00"), max_size=60)


def entry(title="A lecture", mode="doing", minutes=60, **more):
    return Entry(NOON, more.pop("day", MONDAY), title, title, mode, minutes, **more)


def week(entries):
    by_title = {}
    for e in entries:
        by_title[e.title] = by_title.get(e.title, 0) + e.minutes
    longest = tuple(sorted(by_title.items(), key=lambda pair: -pair[1])[:3])
    return WeekSummary(
        MONDAY,
        MONDAY + timedelta(days=6),
        sum(e.minutes for e in entries),
        len({e.day for e in entries}),
        ledger(entries, Mix()),
        tuple(dict.fromkeys(e.title for e in entries if e.finished)),
        longest,
    )


@pytest.mark.parametrize(
    ("minutes", "said"), [(0, "0 min"), (45, "45 min"), (60, "1 h"), (90, "1 h 30 min"), (600, "10 h")]
)
def test_minutes_are_said_in_hours_from_sixty_on(minutes, said):
    """No figure with a fraction of an hour."""
    assert duration(minutes) == said


def test_a_week_is_told_in_sentences():
    """Days, hours, what it went to, what was finished, and the mix, each once."""
    said = week_in_words(
        week(
            [
                entry("Softmax", minutes=120, finished=True),
                entry("Adam", minutes=60, day=MONDAY + timedelta(days=2)),
                entry("A film", "watching", 30),
            ]
        )
    )

    assert said[0] == "You studied on 2 days, 3 h 30 min in all."
    assert said[1] == "Most of it went to Softmax (2 h) and Adam (1 h)."
    assert said[2] == "Finished: Softmax."
    assert said[3].startswith("Less reading than the plan's mix: 0 % where it has 20 %")


def test_a_week_near_the_mix_is_said_to_be_near():
    """Within ten points of each share there is nothing to remark."""
    entries = [entry(minutes=210), entry("R", "reading", 60), entry("W", "watching", 30)]

    assert "close to the plan's" in week_in_words(week(entries))[-1]


def test_of_little_time_no_share_is_told():
    """Below two hours the shares say nothing, and the sentence says so."""
    assert "below two hours" in week_in_words(week([entry("R", "reading", 30)]))[-1]


@given(st.lists(st.builds(entry, mode=st.sampled_from(["doing", "reading", "watching"])), max_size=8))
def test_no_week_is_blamed(entries):
    """Whatever was or was not done, no sentence counts days in a row or speaks of debt."""
    said = " ".join(week_in_words(week(entries))).casefold()

    for word in ("streak", "in a row", "missed", "behind", "should", "only", "failed", "debt"):
        assert word not in said


@given(st.lists(st.tuples(texts, texts, st.integers(1, 1440), st.booleans()), max_size=5))
def test_the_csv_gives_every_entry_back(rows):
    """Title and note survive any sign; a text that would be a formula has an apostrophe before it."""
    entries = [entry(t, minutes=m, finished=f, note=n) for t, n, m, f in rows]
    read = list(csv.DictReader(io.StringIO(as_csv(entries), newline="")))

    assert [int(r["minutes"]) for r in read] == [m for _, _, m, _ in rows]
    for (title, note, _, _), row in zip(rows, read, strict=True):
        for text, cell in ((title, row["title"]), (note, row["note"])):
            assert cell == (f"'{text}" if text.startswith(("=", "+", "-", "@", "\t")) else text)


@given(texts, texts)
def test_nothing_in_the_markdown_is_taken_for_markup(title, note):
    """No line that somebody wrote opens a tag, a heading or a list of its own."""
    text = as_markdown(
        [entry(title, note=note)],
        [Experiment(NOON, title, note)],
        [Reading(NOON, "p", 1, 5, {"category": note}, (title,))],
        {"p": title},
    )

    bare = text.replace("\\<", "").replace("\\\\", "")
    assert "<" not in bare
    headings = [line for line in text.splitlines() if line.startswith("#")]
    assert len(headings) <= 7
