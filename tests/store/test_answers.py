"""Answers are kept with what they show, once for each variant, on SQLite and on PostgreSQL."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest

from cairn.learner import Evidence, Outcome, Source
from cairn.store.answers import Answered, Answers
from cairn.store.evidence import EvidenceLog
from cairn.store.people import People

NOON = datetime(2024, 2, 29, 12, tzinfo=UTC)
ANSWER = Answered(
    person="ada", item="addition/by-hand", version="1a2b", seed=7, skill="addition@use", parameters={"a": [1, 2.5]},
    answer="3/4", mark="right", seconds=12.5, occasion="practice", at=NOON,
)  # fmt: skip
SHOWS = Evidence(
    "ada", NOON, Source.ITEM, "addition@use", Outcome.RIGHT, "item:addition/by-hand:7", "addition/by-hand"
)


@pytest.fixture
def answers(engine):
    """No answers yet, of two people."""
    people = People(engine)
    people.ensure("ada", "Ada", NOON)
    people.ensure("bob", "Bob", NOON)
    return Answers(engine)


def test_an_answer_comes_back_whole(answers):
    """All that is needed to grade it again is kept: parameters, text, version, seed, seconds."""
    assert answers.keep(ANSWER, [SHOWS])
    assert answers.find("ada", "addition/by-hand", 7) == ANSWER
    assert answers.of("ada") == [ANSWER]
    assert answers.of("bob") == []


@pytest.mark.parametrize("given", [None, ["a0", "d2"], "", "𝔘nicode ∑ \u2028", "x" * 100_000])
def test_any_answer_is_kept_as_given(answers, given):
    """I don't know, chosen options and any text survive the database."""
    answers.keep(replace(ANSWER, answer=given), [])
    assert answers.find("ada", ANSWER.item, 7).answer == given


def test_evidence_is_kept_with_its_detail(answers, engine):
    """The evidence names the item, and comes in the same transaction."""
    answers.keep(ANSWER, [SHOWS])
    assert EvidenceLog(engine).of("ada") == [SHOWS]


def test_a_variant_counts_once(answers, engine):
    """The second answer to the same variant changes nothing and says so."""
    assert answers.keep(ANSWER, [SHOWS])
    assert not answers.keep(
        replace(ANSWER, answer="9", mark="wrong"), [replace(SHOWS, outcome=Outcome.WRONG)]
    )
    assert answers.find("ada", ANSWER.item, 7).mark == "right"
    assert len(EvidenceLog(engine).of("ada")) == 1


def test_others_may_answer_the_same_variant(answers):
    """Two people share nothing."""
    assert answers.keep(ANSWER, [])
    assert answers.keep(replace(ANSWER, person="bob"), [])


def test_two_tabs_at_once_lose_nothing(answers, engine):
    """Of eight tabs that answer two variants at the same moment each variant counts once."""
    gate = Barrier(8)

    def tab(n):
        gate.wait()
        seed = n % 2
        shows = replace(SHOWS, ref=f"item:{ANSWER.item}:{seed}")
        return answers.keep(replace(ANSWER, seed=seed), [shows])

    with ThreadPoolExecutor(8) as pool:
        kept = list(pool.map(tab, range(8)))
    assert kept.count(True) == 2
    assert len(answers.of("ada")) == len(EvidenceLog(engine).of("ada")) == 2


def test_evidence_that_clashes_keeps_nothing(answers, engine):
    """If the evidence is there already without its answer, that is an error, and the answer is not kept either."""
    EvidenceLog(engine).append([SHOWS])
    with pytest.raises(Exception, match=r"(?i)unique"):
        answers.keep(ANSWER, [SHOWS])
    assert answers.of("ada") == []


def test_answers_are_counted_by_item(answers):
    """How many variants of each item somebody has answered."""
    for seed in range(3):
        answers.keep(replace(ANSWER, seed=seed), [])
    answers.keep(replace(ANSWER, item="slope/read"), [])
    assert answers.counts("ada") == {"addition/by-hand": 3, "slope/read": 1}
    assert answers.counts("bob") == {}


def test_the_newest_come_first_and_can_be_limited(answers):
    """A history begins with the last answer; one item's can be had alone."""
    for seed in range(5):
        answers.keep(replace(ANSWER, seed=seed, at=NOON + timedelta(minutes=seed)), [])
    answers.keep(replace(ANSWER, item="slope/read"), [])
    assert [a.seed for a in answers.of("ada", item=ANSWER.item, limit=2)] == [4, 3]


def test_all_answers_are_read_in_order(answers):
    """Calibration reads everybody's answers in the order they were kept."""
    for seed in range(25):
        answers.keep(replace(ANSWER, person="ada" if seed % 2 else "bob", seed=seed), [])
    assert [a.seed for a in answers.all(batch=10)] == list(range(25))


def test_preferences_are_kept_one_by_one(answers, engine):
    """Setting one preference leaves the others; None forgets one."""
    people = People(engine)
    people.prefer("ada", retention=0.85, review_minutes=20)
    people.prefer("ada", retention=None)
    assert people.get("ada").preferences == {"review_minutes": 20}
    assert people.get("bob").preferences == {}
