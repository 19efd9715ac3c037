"""What is said at a checkpoint: the last word on each question, on SQLite and on PostgreSQL."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, func, select

from cairn.store.gate_answers import GateAnswer, GateAnswers
from cairn.store.people import People
from cairn.store.tables import gate_answers, people

NOON = datetime(2028, 2, 29, 12, 0, tzinfo=UTC)
ANSWER = GateAnswer(
    NOON, "phase-1", "q-slope", "Rise over run – ∂y/∂x", "met", "", "slope/printed", 7, "right"
)


@pytest.fixture
def kept(engine):
    """Answers of two people; none yet."""
    for name in ("ada", "bob"):
        People(engine).ensure(name, name, NOON)
    return GateAnswers(engine)


def test_an_answer_comes_back_as_it_was(kept):
    """All fields survive, and nobody else sees them."""
    kept.keep("ada", ANSWER)

    assert kept.of("ada") == {("phase-1", "q-slope"): ANSWER}
    assert kept.of("bob") == {}
    assert kept.of("ada", "phase-2") == {}


def test_the_last_word_stands(kept):
    """A second word on the same question takes the place of the first."""
    later = replace(ANSWER, at=NOON + timedelta(hours=1), state="not-met")
    kept.keep("ada", ANSWER)
    kept.keep("ada", later)

    assert list(kept.of("ada").values()) == [later]


def test_what_is_forgotten_is_asked_anew(kept):
    """Only the named questions of the named phase are let go."""
    other = replace(ANSWER, question="q-other")
    for answer in (ANSWER, other, replace(ANSWER, phase="phase-2")):
        kept.keep("ada", answer)
    kept.forget("ada", "phase-1", ["q-slope"])

    assert set(kept.of("ada")) == {("phase-1", "q-other"), ("phase-2", "q-slope")}


def test_two_tabs_at_once_leave_one_answer(kept, engine):
    """Of many writes at the same moment each is whole, and one row stands."""
    texts = [f"answer {n}" for n in range(8)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda text: kept.keep("ada", replace(ANSWER, text=text)), texts))

    (found,) = kept.of("ada").values()
    assert found.text in texts
    with engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(gate_answers)).scalar_one() == 1


def test_they_go_with_the_person(kept, engine):
    """Who is removed takes them along."""
    kept.keep("ada", ANSWER)
    with engine.begin() as connection:
        connection.execute(delete(people).where(people.c.id == "ada"))

    assert kept.of("ada") == {}
