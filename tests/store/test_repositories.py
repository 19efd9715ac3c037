"""The repositories keep one contract on SQLite and on PostgreSQL: people, evidence, goals."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from threading import Barrier

import pytest
from sqlalchemy import delete, select, text
from sqlalchemy.exc import IntegrityError, StatementError

from cairn.learner import Evidence, Outcome, Source
from cairn.store.evidence import EvidenceLog
from cairn.store.goals import ChosenGoal, Goals
from cairn.store.people import People, Person
from cairn.store.tables import evidence, goals, people

NOON = datetime(2024, 2, 29, 12, 0, 0, 123456, tzinfo=UTC)


def said(skill, person="ada", at=NOON, outcome=Outcome.KNOWN):
    """One event of a person who says that they know a skill."""
    return Evidence(person, at, Source.SELF_REPORT, skill, outcome)


@pytest.fixture
def everybody(engine):
    """The people's repository with two people in it."""
    repository = People(engine)
    repository.ensure("ada", "Ada", NOON)
    repository.ensure("bob", "Bob", NOON)
    return repository


@pytest.fixture
def log(engine, everybody):
    """An empty log."""
    return EvidenceLog(engine)


@pytest.fixture
def chosen(engine, everybody):
    """No goals yet."""
    return Goals(engine)


def together(actions):
    """Run actions in threads that begin at the same moment."""
    gate = Barrier(len(actions))

    def run(action):
        gate.wait()
        return action()

    with ThreadPoolExecutor(len(actions)) as pool:
        return [future.result() for future in [pool.submit(run, a) for a in actions]]


def test_nobody_is_there_at_first(engine):
    """A person is None until made."""
    assert People(engine).get("ada") is None


def test_a_person_is_made_once(engine):
    """The second `ensure` finds the first's person and leaves the name and time alone."""
    repository = People(engine)

    first = repository.ensure("ada", "Ada", NOON)

    assert first == Person("ada", "Ada", None, NOON)
    assert repository.ensure("ada", "Other", NOON + timedelta(days=1)) == first
    assert repository.get("ada") == first


def test_two_may_make_a_person_at_once(engine):
    """Of several that make the same person at the same moment, all get the same one."""
    repository = People(engine)

    made = together([lambda i=i: repository.ensure("ada", f"Ada {i}", NOON) for i in range(6)])

    assert made == [repository.get("ada")] * 6


def test_a_background_is_kept_and_taken_back(everybody):
    """Setting it changes that person alone, and None clears it."""
    everybody.set_background("ada", "clerk")
    assert [everybody.get(p).background for p in ("ada", "bob")] == ["clerk", None]

    everybody.set_background("ada", None)
    assert everybody.get("ada").background is None


def test_evidence_comes_back_as_it_was(log):
    """Every field survives the way there and back."""
    later = NOON + timedelta(microseconds=1)
    events = [said("slope@use"), said("a.b-c@derive", outcome=Outcome.UNKNOWN, at=later)]

    log.append(events)

    assert log.of("ada") == events


def test_evidence_keeps_the_order_of_its_keeping(log):
    """What was appended later stands later, whatever its own time says."""
    late, early = said("a@use", at=NOON), said("b@use", at=NOON - timedelta(days=9))

    log.append([late])
    log.append([early, late])

    assert log.of("ada") == [late, early, late]


def test_evidence_belongs_to_one_person(log):
    """A person's events are theirs alone."""
    log.append([said("a@use"), said("b@use", person="bob"), said("c@use")])

    assert [e.skill for e in log.of("ada")] == ["a@use", "c@use"]
    assert [e.skill for e in log.of("bob")] == ["b@use"]
    assert log.of("nobody") == []


def test_appending_nothing_is_fine(log):
    """An empty batch keeps nothing and raises nothing."""
    log.append([])

    assert log.of("ada") == []


def test_a_batch_is_kept_whole_or_not_at_all(log):
    """One event that cannot be kept takes the whole batch with it."""
    with pytest.raises(IntegrityError):
        log.append([said("a@use"), said("b@use", person="nobody")])

    assert log.of("ada") == []


def test_two_threads_that_append_lose_nothing(log):
    """Every event of threads that write at once is there, and each thread's in its own order."""
    batches, threads = 20, 4

    def write(name):
        for i in range(batches):
            log.append([said(f"{name}-{i}@use"), said(f"{name}-{i}@derive")])

    together([lambda n=f"t{t}": write(n) for t in range(threads)])

    found = [e.skill for e in log.of("ada")]
    assert len(found) == batches * threads * 2
    for t in range(threads):
        own = [f"t{t}-{i}@{level}" for i in range(batches) for level in ("use", "derive")]
        assert [s for s in found if s.startswith(f"t{t}-")] == own


@pytest.mark.parametrize("hours", [-11, -3.5, 0, 5.75, 14])
def test_times_come_back_in_utc(log, hours):
    """A time of any zone is the same moment afterwards, said in UTC, to the microsecond."""
    here = NOON.astimezone(timezone(timedelta(hours=hours)))

    log.append([said("a@use", at=here)])

    (event,) = log.of("ada")
    assert event.at == NOON
    assert event.at.utcoffset() == timedelta(0)
    assert event.at.microsecond == 123456


def test_a_time_without_a_zone_is_refused(engine, everybody, chosen):
    """A bare time could mean anything, so no table takes one."""
    bare = datetime(2024, 2, 29, 12)  # noqa: DTZ001

    with pytest.raises((ValueError, StatementError), match="time zone"):
        People(engine).ensure("eve", "Eve", bare)
    with pytest.raises((ValueError, StatementError), match="time zone"):
        chosen.choose("ada", ChosenGoal("slope", None, bare))
    assert everybody.get("eve") is None
    assert chosen.of("ada") == []


def test_goals_stand_newest_first(chosen):
    """The last chosen goal comes first."""
    kept = [ChosenGoal(t, lv, NOON) for t, lv in [("slope", None), ("short", "use"), ("fitting", "derive")]]
    for goal in kept:
        chosen.choose("ada", goal)

    assert chosen.of("ada") == kept[::-1]
    assert chosen.of("ada", limit=2) == kept[:0:-1]
    assert chosen.of("bob") == []


def test_choosing_again_moves_a_goal_to_the_front(chosen):
    """A goal is there once, at its newest place, with its newest level and time."""
    again = ChosenGoal("slope", "derive", NOON + timedelta(hours=1))
    for goal in (ChosenGoal("slope", None, NOON), ChosenGoal("short", None, NOON), again):
        chosen.choose("ada", goal)

    assert [g.target for g in chosen.of("ada")] == ["slope", "short"]
    assert chosen.of("ada")[0] == again


def test_a_dropped_goal_is_gone(chosen):
    """Dropping one leaves the others, other people's included; dropping what is not there does nothing."""
    for person in ("ada", "bob"):
        for target in ("slope", "short"):
            chosen.choose(person, ChosenGoal(target, None, NOON))

    chosen.drop("ada", "slope")
    chosen.drop("ada", "never-chosen")

    assert [g.target for g in chosen.of("ada")] == ["short"]
    assert [g.target for g in chosen.of("bob")] == ["short", "slope"]


def test_a_goal_chosen_in_two_places_at_once_is_kept_once(chosen):
    """Several tabs that choose the same goal at the same moment all succeed."""
    goal = ChosenGoal("slope", None, NOON)

    together([lambda: chosen.choose("ada", goal) for _ in range(6)])

    assert chosen.of("ada") == [goal]


def test_what_belongs_to_a_person_goes_with_them(engine, everybody, log, chosen):
    """Deleting a person deletes their evidence and goals, and nobody else's."""
    for person in ("ada", "bob"):
        log.append([said("a@use", person=person)])
        chosen.choose(person, ChosenGoal("slope", None, NOON))

    with engine.begin() as connection:
        connection.execute(delete(people).where(people.c.id == "ada"))

    with engine.connect() as connection:
        for table in (evidence, goals):
            assert connection.execute(select(table.c.person_id)).scalars().all() == ["bob"]


def test_evidence_of_nobody_is_refused(log):
    """An event must belong to a person who is there."""
    with pytest.raises(IntegrityError):
        log.append([said("a@use", person="nobody")])


def test_hostile_text_is_only_text(engine, log, chosen):
    """Quotes, statements and every kind of letter are kept as they are."""
    odd = "'; DROP TABLE people; -- \"ü漢😀"

    chosen.choose("ada", ChosenGoal(odd, None, NOON))
    log.append([said(odd)])

    assert [g.target for g in chosen.of("ada")] == [odd]
    assert [e.skill for e in log.of("ada")] == [odd]
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM people")).scalar_one() == 2
