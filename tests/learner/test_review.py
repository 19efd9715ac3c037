"""Review: the curve is FSRS, credit flows and is earned, the queue covers what is due."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import chain, combinations, pairwise

import fsrs
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cairn.learner.review import Containment, Curve, Grade, Memories, Practised, forecast, review_queue
from cairn.learner.review.memories import TRANSFER, days, moment

START = datetime(2026, 1, 1, 9, tzinfo=UTC)
NOTHING = Containment.none(1)
histories = st.lists(
    st.tuples(st.floats(0.01, 400, allow_nan=False), st.sampled_from(list(Grade))), min_size=1, max_size=12
)


def after(start: datetime, gaps_and_grades, skill: int = 0) -> list[Practised]:
    at, events = start, []
    for gap, grade in gaps_and_grades:
        at += timedelta(days=gap)
        events.append(Practised(at, skill, grade))
    return events


@given(histories)
@settings(max_examples=150, deadline=None)
def test_matches_fsrs(history):
    """Where nothing is contained, stability, difficulty and the due day are those of the fsrs package to 1e-6."""
    scheduler = fsrs.Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    card = fsrs.Card()
    events = after(START, history)
    for event in events:
        card, _ = scheduler.review_card(card, fsrs.Rating(int(event.grade)), event.at)
    memories = Memories.of(events, NOTHING)
    assert memories.stability[:, 0] == pytest.approx(card.stability, rel=1e-6)
    assert memories.difficulty[0] == pytest.approx(card.difficulty, rel=1e-6)
    assert memories.due(0.9)[0] == pytest.approx(days(card.due), abs=1e-6)


@given(histories, st.integers(0, 11))
@settings(max_examples=40, deadline=None)
def test_replay_is_incremental(history, cut):
    """Replaying a whole history gives what going on from the middle of it gives."""
    inside = Containment.build(2, {0: {1: 0.5}})
    events = after(START, history) + after(START + timedelta(hours=1), history, skill=1)
    events.sort(key=lambda e: e.at)
    whole = Memories.of(events, inside, personal=True)
    parts = Memories.of(events[:cut], inside, personal=True).after(*events[cut:])
    assert np.array_equal(whole.stability, parts.stability, equal_nan=True)
    assert whole.pace == parts.pace


def test_recall_falls_to_nine_tenths_after_stability():
    """Stability is the number of days after which recall is 0.9."""
    assert Curve().recall(12.0, 12.0) == pytest.approx(0.9)
    assert Curve().days_until(12.0, 0.9) == pytest.approx(12.0)


def test_weights_multiply_along_the_best_path():
    """Credit through two edges has the product of their weights, and of two paths the better one counts."""
    found = Containment.build(4, {0: {1: 0.5, 3: 0.1}, 1: {2: 0.5}, 2: {3: 0.8}})
    positions, weights = found.below[0]
    assert dict(zip(positions.tolist(), weights.tolist(), strict=True)) == pytest.approx(
        {1: 0.5, 2: 0.25, 3: 0.2}
    )


@pytest.mark.parametrize("edges", [{0: {1: 0.0}}, {0: {1: 1.5}}, {0: {0: 0.5}}, {0: {9: 0.5}}])
def test_senseless_containment_is_refused(edges):
    """A weight outside (0, 1], a skill within itself or outside the graph is an error."""
    with pytest.raises(ValueError, match="no such containment"):
        Containment.build(2, edges)


def test_credit_postpones_a_review():
    """Practising what contains a skill makes its next review later, and its recall higher."""
    inside = Containment.build(2, {0: {1: 0.8}})
    events = [Practised(START, 0, Grade.GOOD), Practised(START, 1, Grade.GOOD)]
    before = Memories.of(events, inside)
    passed = before.after(Practised(START + timedelta(days=2), 0, Grade.GOOD))
    later = START + timedelta(days=3)
    assert passed.due(0.9)[1] > before.due(0.9)[1]
    assert passed.recall(later)[1] > before.recall(later)[1]


def test_a_failure_casts_doubt_upwards():
    """Failing a skill lowers the recall of what contains it, and of nothing else."""
    inside = Containment.build(3, {0: {1: 0.8}})
    before = Memories.of([Practised(START, i, Grade.GOOD) for i in range(3)], inside)
    failed = before.after(Practised(START + timedelta(days=2), 1, Grade.AGAIN))
    later = START + timedelta(days=2)
    assert failed.recall(later)[0] < before.recall(later)[0]
    assert failed.recall(later)[2] == before.recall(later)[2]


def test_a_lapsed_skill_takes_no_credit():
    """After a failure of its own a skill is not carried by others until it has been passed."""
    inside = Containment.build(2, {0: {1: 0.8}})
    events = [Practised(START, 0, Grade.GOOD), Practised(START, 1, Grade.AGAIN)]
    before = Memories.of(events, inside)
    passed = before.after(Practised(START + timedelta(days=2), 0, Grade.GOOD))
    assert np.array_equal(passed.stability[:, 1], before.stability[:, 1])


@pytest.mark.parametrize(("grade", "sign"), [(Grade.GOOD, 1), (Grade.AGAIN, -1)])
def test_credit_must_be_earned(grade, sign):
    """Reviews passed long after the last own practice raise the trust in credit; failed ones lower it."""
    inside = Containment.build(2, {0: {1: 1.0}})
    memories = Memories.of([Practised(START, i, Grade.GOOD) for i in (0, 1)], inside)
    at, trusts = START, [memories.transfer[1]]
    for _ in range(4):
        for gap in (3, 6):
            at += timedelta(days=gap)
            memories = memories.after(Practised(at, 0, Grade.GOOD))
        memories = memories.after(Practised(at + timedelta(days=4), 1, grade))
        trusts.append(memories.transfer[1])
    assert sign * (trusts[-1] - trusts[0]) > 0.05


def test_trust_is_a_distribution():
    """For each skill the probabilities of the hypotheses sum to one."""
    inside = Containment.build(3, {0: {1: 0.8}})
    events = list(chain(*(after(START, [(3, Grade.GOOD)] * 5, skill) for skill in (0, 1))))
    assert Memories.of(events, inside).trust.sum(axis=0) == pytest.approx(1.0)


def test_pace_is_learned_only_when_asked():
    """A person who fails most reviews gets a pace below 1 if memories are personal, else exactly 1."""
    history = after(START, [(6, Grade.AGAIN)] * 8)
    assert Memories.of(history, NOTHING).pace == 1.0
    assert Memories.of(history, NOTHING, personal=True).pace < 0.9


def test_a_container_covers_what_it_contains():
    """When a skill and what it contains are due and credit is trusted, one activity covers both."""
    inside = Containment.build(2, {0: {1: 0.9}})
    memories = Memories.of([Practised(START, i, Grade.GOOD) for i in (0, 1)], inside)
    earned = np.where(TRANSFER[:, None] == 1, 0.0, -20.0) * np.ones(2)
    memories = replace(memories, foresight=earned)
    queue = review_queue(memories, START + timedelta(days=3), {0: 3.0, 1: 3.0})
    assert [a.skill for a in queue.activities] == [0]
    assert queue.activities[0].covers == (0, 1)
    assert queue.minutes == 3.0


def test_nothing_is_due_at_first():
    """Without any practice the queue is empty, and so is the forecast."""
    blank = Memories.blank(Containment.none(5))
    queue = review_queue(blank, START, dict.fromkeys(range(5), 1.0))
    assert queue.activities == ()
    assert all(day.minutes == 0 for day in forecast(blank, START, {0: 1.0}, days=3))


@given(st.integers(0, 10_000))
@settings(max_examples=25, deadline=None)
def test_the_queue_is_nearly_the_cheapest(seed):
    """On small days the greedy queue costs at most a quarter more than the best of all sets of activities."""
    rng = np.random.default_rng(seed)
    edges = {
        i: {j: float(rng.uniform(0.5, 1)) for j in range(i + 1, 6) if rng.random() < 0.5} for i in range(6)
    }
    memories = Memories.of([Practised(START, i, Grade.GOOD) for i in range(6)], Containment.build(6, edges))
    cost = {i: float(rng.integers(1, 6)) for i in range(6)}
    at = START + timedelta(days=2)
    from cairn.learner.review.queue import CARRIES, _Day

    day = _Day(memories, at, cost, 0.9)
    due = day.due()
    carries, costs = day.carriers(due), day.costs(day.carriers(due), set(due))

    def price(chosen) -> float:
        parts = [max((carries[i].get(j, 0.0) for i in chosen), default=0.0) for j in due]
        if any(part < CARRIES for part in parts):
            return np.inf
        return sum(costs[i] for i in chosen) + sum(cost[j] * (1 - p) for j, p in zip(due, parts, strict=True))

    best = min(price(c) for n in range(len(carries) + 1) for c in combinations(carries, n))
    assert price([a.skill for a in day.cover(due)]) <= 1.25 * best + 1e-9


@given(st.floats(0, 40), st.integers(1, 30))
@settings(max_examples=30, deadline=None)
def test_a_budget_is_never_exceeded(budget, absent):
    """After any absence a day's queue fits its minutes, and what does not fit waits: nothing is lost."""
    memories = Memories.of([Practised(START, i, Grade.GOOD) for i in range(20)], Containment.none(20))
    cost = {i: 1.0 + i % 3 for i in range(20)}
    queue = review_queue(memories, START + timedelta(days=absent), cost, budget=budget)
    assert queue.minutes <= budget
    covered = set(chain(*(a.covers for a in queue.activities)))
    all_due = set(
        chain(*(a.covers for a in review_queue(memories, START + timedelta(days=absent), cost).activities))
    )
    assert covered | set(queue.later) == all_due


def test_a_backlog_is_worked_off_without_a_wall():
    """With ten minutes a day a backlog of a month shrinks from day to day until nothing waits."""
    memories = Memories.of([Practised(START, i, Grade.GOOD) for i in range(40)], Containment.none(40))
    loads = forecast(
        memories, START + timedelta(days=30), dict.fromkeys(range(40), 2.0), days=14, budget=10.0
    )
    assert all(load.minutes <= 10 for load in loads)
    assert loads[0].waiting == 35
    assert loads[-1].waiting == 0


def test_neighbours_differ_in_kind():
    """Reviews of one topic are interleaved with those of others as long as there are others."""
    memories = Memories.of([Practised(START, i, Grade.GOOD) for i in range(6)], Containment.none(6))
    kind = ["a", "a", "a", "b", "b", "b"]
    queue = review_queue(memories, START + timedelta(days=5), dict.fromkeys(range(6), 1.0), kind=kind)
    kinds = [kind[a.skill] for a in queue.activities]
    assert all(x != y for x, y in pairwise(kinds))


def test_a_higher_target_means_more_reviews():
    """At a retention of .95 a skill falls due earlier than at .85."""
    memories = Memories.of([Practised(START, 0, Grade.EASY)], NOTHING)
    assert memories.due(0.95)[0] < memories.due(0.85)[0]


@pytest.mark.parametrize("retention", [0.0, 0.4, 1.0, float("nan")])
def test_a_senseless_retention_is_refused(retention):
    """A retention outside 0.5 to 0.99 is an error that says so."""
    with pytest.raises(ValueError, match="retention"):
        review_queue(Memories.blank(NOTHING), START, {0: 1.0}, retention=retention)


def test_a_time_without_zone_is_refused():
    """A practice at a time without a zone is an error."""
    with pytest.raises(ValueError, match="zone"):
        Memories.blank(NOTHING).after(Practised(datetime(2026, 1, 1), 0, Grade.GOOD))  # noqa: DTZ001


def test_days_and_moments_are_inverse():
    """A moment survives the way to days and back."""
    assert moment(days(START)) == START
