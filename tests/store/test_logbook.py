"""The logbook and the plans keep one contract on SQLite and on PostgreSQL."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from cairn.store.logbook import Entry, Experiment, Logbook, Reading, Timer
from cairn.store.people import People
from cairn.store.plans import KEPT, Attempt, KeptPlan, Plans
from cairn.store.tables import checkpoints, experiments, people, plans, readings, study_log, timers

NOON = datetime(2028, 2, 29, 12, 0, tzinfo=UTC)
DAY = date(2028, 2, 29)


def entry(day=DAY, minutes=25, **more):
    return Entry(NOON, day, "softmax@use/read", "Softmax: Statement", "reading", minutes, **more)


@pytest.fixture
def book(engine):
    """A logbook with two people."""
    everybody = People(engine)
    everybody.ensure("ada", "Ada", NOON)
    everybody.ensure("bob", "Bob", NOON)
    return Logbook(engine)


@pytest.fixture
def shelf(engine, book):
    """No plans yet."""
    return Plans(engine)


def test_an_entry_comes_back_as_it_was(book):
    """All fields survive, leap day, flags and signs of any script included, and nobody else sees them."""
    kept = entry(planned=30, finished=True, note="∂L/∂z – 见")
    book.add("ada", kept)

    assert book.entries("ada") == [kept]
    assert book.entries("bob") == []


def test_an_entry_is_put_right_and_removed_by_its_number(book):
    """What it says changes, when it was written down does not; another person's number is none of ours."""
    book.add("ada", entry(note="first"))
    (kept,) = book.entries("ada")
    better = replace(kept, at=NOON + timedelta(days=1), minutes=40, note="second")

    assert not book.correct("bob", better)
    assert book.correct("ada", better)
    assert book.entries("ada") == [replace(better, at=NOON)]
    assert not book.remove("bob", kept.number)
    assert book.remove("ada", kept.number)
    assert not book.remove("ada", kept.number)
    assert book.entries("ada") == []


def test_a_note_is_rewritten_and_discarded_by_its_number(book):
    """What was seen is added to what was asked; the note stays one."""
    book.note("ada", Experiment(NOON, "softmax", "Does it overflow?"))
    (kept,) = book.experiments("ada")
    later = replace(kept, at=NOON + timedelta(days=1), result="Yes, at 89.")

    assert not book.rewrite("bob", later)
    assert book.rewrite("ada", later)
    assert book.experiments("ada") == [replace(later, at=NOON)]
    assert not book.discard("bob", kept.number)
    assert book.discard("ada", kept.number)
    assert book.experiments("ada") == []


def test_entries_come_by_day_and_can_be_cut_out(book):
    """By day, then in the order they were kept; both ends of a span belong to it."""
    for days, minutes in ((2, 1), (0, 2), (1, 3), (0, 4)):
        book.add("ada", entry(DAY + timedelta(days=days), minutes))

    assert [e.minutes for e in book.entries("ada")] == [2, 4, 3, 1]
    cut = book.entries("ada", DAY + timedelta(days=1), DAY + timedelta(days=2))
    assert [e.minutes for e in cut] == [3, 1]


def test_one_timer_runs_at_a_time(book):
    """A second start changes nothing; other people's timers are their own."""
    first = Timer(NOON, "a", "A", "doing", 10)

    assert book.start("ada", first)
    assert not book.start("ada", Timer(NOON, "b", "B", "reading"))
    assert book.running("ada") == first
    assert book.start("bob", first)


def test_of_two_that_stop_a_timer_one_does(book):
    """The minutes are kept once, even when two stop at the same moment."""
    book.start("ada", Timer(NOON, "a", "A", "doing"))

    with ThreadPoolExecutor(4) as pool:
        stopped = list(pool.map(lambda _: book.stop("ada", entry()), range(4)))

    assert sorted(stopped) == [False, False, False, True]
    assert len(book.entries("ada")) == 1
    assert book.running("ada") is None


def test_experiments_and_readings_are_kept_in_order(book):
    """Each comes back whole, under its subject or paper."""
    notes = [
        Experiment(NOON, "lab-1", "Does warmup help?", "3 seeds", "yes", "keep it"),
        Experiment(NOON, "lab-2", "?"),
    ]
    passes = [
        Reading(NOON, "paper-adam", 1, 10, {"context": "momentum"}, ("plot it",)),
        Reading(NOON, "paper-x", 2, 60),
    ]
    for note, reading in zip(notes, passes, strict=True):
        book.note("ada", note)
        book.read("ada", reading)

    assert book.experiments("ada") == notes
    assert book.experiments("ada", "lab-2") == notes[1:]
    assert book.readings("ada") == passes
    assert book.readings("ada", "paper-adam") == passes[:1]
    assert book.readings("bob") == []


def test_the_last_plan_holds_and_old_ones_go(engine, shelf):
    """The plan kept last is the one; no more than a fixed number are kept, each person's own."""
    for n in range(KEPT + 5):
        shelf.keep("ada", KeptPlan(NOON, {"n": n}, [["2028-02-29", 60, []]]))
    shelf.keep("bob", KeptPlan(NOON, {"n": -1}, []))

    last = shelf.last("ada")
    assert last == KeptPlan(NOON, {"n": KEPT + 4}, [["2028-02-29", 60, []]], last.number)
    assert last.number > 0
    assert shelf.last("bob").terms == {"n": -1}
    with engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(plans)).scalar() == KEPT + 1


def test_attempts_are_all_kept(shelf):
    """A gate tried twice has two attempts, in order."""
    tries = [
        Attempt(NOON, "p-1", False, {"q": False}, ("svd@use",)),
        Attempt(NOON, "p-1", True, {"q": True}, ()),
    ]
    for attempt in tries:
        shelf.attempt("ada", attempt)

    assert shelf.attempts("ada") == tries
    assert shelf.attempts("bob") == []
    assert shelf.last("ada") is None


def test_nothing_is_kept_for_nobody(book, shelf):
    """A row for a person who is not there is refused."""
    with pytest.raises(IntegrityError):
        book.add("nobody", entry())
    with pytest.raises(IntegrityError):
        shelf.keep("nobody", KeptPlan(NOON, {}, []))


def test_what_a_person_did_goes_with_the_person(engine, book, shelf):
    """Deleting a person deletes plans, log, timer, notes, readings and attempts."""
    book.add("ada", entry())
    book.start("ada", Timer(NOON, "a", "A", "doing"))
    book.note("ada", Experiment(NOON, "s", "q"))
    book.read("ada", Reading(NOON, "p", 1, 5))
    shelf.keep("ada", KeptPlan(NOON, {}, []))
    shelf.attempt("ada", Attempt(NOON, "p", True, {}, ()))

    with engine.begin() as connection:
        connection.execute(delete(people).where(people.c.id == "ada"))

    with engine.connect() as connection:
        for table in (study_log, timers, experiments, readings, plans, checkpoints):
            assert connection.execute(select(func.count()).select_from(table)).scalar() == 0


def test_a_plan_is_let_go_of_only_as_the_last(shelf):
    """The one before holds again; a number that is not the last's, and the only plan there is, change nothing."""
    first, second = (KeptPlan(NOON, {"n": n}, []) for n in (1, 2))
    shelf.keep("ada", first)
    shelf.keep("ada", second)
    newest, older = shelf.recent("ada")

    assert (newest, older) == (second, first)
    assert not shelf.back("ada", older.number)
    assert not shelf.back("bob", newest.number)
    assert shelf.back("ada", newest.number)
    assert shelf.last("ada") == first
    assert not shelf.back("ada", older.number)
