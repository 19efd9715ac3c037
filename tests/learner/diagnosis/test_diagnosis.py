from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cairn.learner.belief import ITEM, Belief, Effort, Observation, Parameters, Prior
from cairn.learner.diagnosis import Candidate, Diagnosis, Rule, Stop
from cairn.learner.diagnosis.lookahead import Slate, gains
from tests.learner.belief.worlds import observations, parameters

CHAIN = tuple((i - 1,) if i else () for i in range(9))
PRIOR = Prior(Parameters.general(CHAIN), Effort(chains=400))


def everything(n: int = 9) -> list[Candidate]:
    return [Candidate(i, ref=f"item-{i}") for i in range(n)]


def test_begins_in_the_middle() -> None:
    """In a chain the first item asked is neither the first skill nor the last: it splits the chain."""
    choice = Diagnosis(Belief.start(PRIOR), range(9), everything()).next()
    assert choice is not None
    assert 2 <= choice.candidate.position <= 7
    assert choice.gain > 0
    assert not choice.halving


def test_does_not_ask_what_is_implied() -> None:
    """After the middle of a chain was answered rightly three times, nothing below it is asked."""
    belief = Belief.of(PRIOR, [ITEM.observe(5, well=True)] * 3)
    choice = Diagnosis(belief, range(9), everything()).next()
    assert choice is not None
    assert choice.candidate.position > 5


def test_only_the_goal_counts() -> None:
    """Two separate chains: with a goal in one, only that one is asked."""
    prior = Prior(Parameters.general(((), (0,), (1,), (), (3,), (4,)), groups=[0, 0, 0, 1, 1, 1]))
    belief = Belief.start(prior)
    for goal, inside in (((0, 1, 2), {0, 1, 2}), ((3, 4, 5), {3, 4, 5})):
        choice = Diagnosis(belief, goal, everything(6)).next()
        assert choice is not None
        assert choice.candidate.position in inside


def test_minutes_count() -> None:
    """Of two items on the same skill the quicker is asked; of two equally quick the sharper."""
    belief = Belief.start(PRIOR)
    slow, quick = Candidate(4, minutes=5, ref="slow"), Candidate(4, minutes=1, ref="quick")
    blunt = Candidate(4, slip=0.3, guess=0.4, ref="blunt")
    for pair, best in (((slow, quick), "quick"), ((blunt, quick), "quick")):
        choice = Diagnosis(belief, range(9), pair).next()
        assert choice is not None
        assert choice.candidate.ref == best


def test_budget() -> None:
    """An item that does not fit into the minutes left is not asked; when none fits, the budget stops it."""
    belief = Belief.start(PRIOR)
    items = [Candidate(4, minutes=3, ref="long"), Candidate(0, minutes=1, ref="short")]
    tight = Diagnosis(belief, range(9), items, spent=8.5, rule=Rule(minutes=10))
    choice = tight.next()
    assert choice is not None
    assert choice.candidate.ref == "short"
    over = Diagnosis(belief, range(9), items, spent=9.5, rule=Rule(minutes=10))
    assert over.next() is None
    assert over.done() is Stop.BUDGET


def test_settles() -> None:
    """When all of the goal is clear it stops as settled; at the start it does not."""
    seen = [ITEM.observe(i, well=True) for i in (8, 4, 1)] * 3
    assert Diagnosis(Belief.of(PRIOR, seen), range(9), everything()).done() is Stop.SETTLED
    assert Diagnosis(Belief.start(PRIOR), range(9), everything()).done() is None


def test_nothing_to_ask() -> None:
    """Without items it stops and says so; without a goal it is settled."""
    belief = Belief.start(PRIOR)
    assert Diagnosis(belief, range(9), []).done() is Stop.NOTHING_TO_ASK
    assert Diagnosis(belief, [], everything()).done() is Stop.SETTLED
    assert Diagnosis(belief, [], everything()).next() is None


def test_halves_when_astonished() -> None:
    """When answers contradict what was believed for sure, plain halving takes over."""
    contradictions = [ITEM.observe(0, well=False), ITEM.observe(8, well=True)] * 6
    belief = Belief.of(Prior(Parameters.general(CHAIN), Effort(chains=100)), contradictions)
    tally = belief.surprise
    choice = Diagnosis(belief, range(9), everything()).next()
    assert choice is not None
    assert choice.halving == (tally > 3)


@given(st.data())
@settings(max_examples=20, deadline=None)
def test_summary_adds_up(data: st.DataObject) -> None:
    """Known, unknown and unsure add up to the goal; what is missing lies between 0 and its size."""
    made = data.draw(parameters())
    n = len(made.needs)
    belief = Belief.of(Prior(made, Effort(chains=32)), data.draw(observations(n)))
    goal = sorted(data.draw(st.sets(st.integers(0, n - 1))))
    s = Diagnosis(belief, goal, everything(n)).summary()
    assert s.known + s.unknown + s.unsure == len(goal)
    assert 0 <= s.missing <= len(goal)
    assert 0 <= s.errors <= len(goal) / 2
    assert s.spread >= 0


def test_spread_sees_the_coupling() -> None:
    """In a chain the number known varies more than it would if skills were independent."""
    belief = Belief.start(Prior(Parameters.general(CHAIN), Effort(chains=2000)))
    spread = Diagnosis(belief, range(9), []).summary().spread
    assert spread > 1.5 * float(np.sqrt((belief.p * (1 - belief.p)).sum()))


def test_gain_is_exact_for_one_skill() -> None:
    """For one skill alone the gain is the mutual information of its answer and its state."""
    known = np.array([[1.0] * 6 + [0.0] * 4], dtype=np.float32)
    slate = Slate(np.array([0]), np.array([0.1]), np.array([0.2]), np.array([1.0]))
    found = gains(slate, known, np.full(10, 0.1, dtype=np.float32), np.array([0]), np.ones(1))

    def entropy(p: float) -> float:
        return float(-p * np.log2(p) - (1 - p) * np.log2(1 - p))

    right = 0.6 * 0.9 + 0.4 * 0.2
    after = right * entropy(0.54 / right) + (1 - right) * entropy(0.06 / (1 - right))
    assert found[0] == pytest.approx(entropy(0.6) - after, abs=1e-5)


def test_resumes() -> None:
    """An interrupted diagnosis built again from its evidence asks the same next item."""
    seen: list[Observation] = []
    belief = Belief.start(PRIOR, seed=9)
    for right in (True, False, True):
        choice = Diagnosis(belief, range(9), everything()).next()
        assert choice is not None
        seen.append(choice.candidate.observe(right=right))
        belief = belief.update(seen[-1])
    again = Belief.of(PRIOR, seen, seed=9)
    assert Diagnosis(belief, range(9), everything()).next() == Diagnosis(again, range(9), everything()).next()


def test_bad_input() -> None:
    """Goals outside the graph and items that cannot be asked are refused."""
    with pytest.raises(IndexError, match="outside the graph of 9"):
        Diagnosis(Belief.start(PRIOR), [9], everything()).next()
    for bad in ({"slip": 0.0}, {"guess": 1.0}, {"minutes": 0.0}):
        with pytest.raises(ValueError, match="not an item that can be asked"):
            Candidate(0, **bad)


def test_finds_a_learner() -> None:
    """On a layered graph twenty questions call over nine tenths of the skills rightly for a typical learner."""
    needs = tuple((i - 6, i - 6 + (i + 1) % 6 - i % 6) if i >= 6 else () for i in range(60))
    prior = Prior(Parameters.general(needs))
    rng = np.random.default_rng(5)
    shares = []
    for person in range(6):
        truth = np.zeros(60, dtype=bool)
        for i, needed in enumerate(needs):
            truth[i] = rng.random() < 0.93 and all(truth[p] for p in needed)
        belief = Belief.start(prior, seed=person)
        for _ in range(20):
            choice = Diagnosis(belief, range(60), everything(60)).next()
            assert choice is not None
            right = rng.random() < (0.9 if truth[choice.candidate.position] else 0.2)
            belief = belief.update(choice.candidate.observe(right=bool(right)))
        shares.append(float(((belief.p > 0.5) == truth).mean()))
    assert np.mean(shares) > 0.9
