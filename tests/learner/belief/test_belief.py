from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cairn.learner.belief import (
    EXERCISE,
    ITEM,
    SELF_REPORT,
    Belief,
    Effort,
    Kind,
    Observation,
    Parameters,
    Prior,
)
from tests.learner.belief.enumeration import exact
from tests.learner.belief.worlds import DIAMOND, make, observations, parameters

SMALL = Effort(chains=32, sweeps=1)


@pytest.mark.parametrize("kinds", [(Kind.CLIMBED,), (Kind.SOUGHT,), (Kind.CLIMBED, Kind.SOUGHT)])
@pytest.mark.parametrize("seed", range(4))
def test_agrees_with_enumeration(kinds: tuple[Kind, ...], seed: int) -> None:
    """On graphs of up to twelve skills the belief is the exact posterior, one by one and all at once."""
    rng = np.random.default_rng(seed)
    needs = tuple(tuple(sorted({int(x) for x in rng.integers(0, i, 2)})) if i else () for i in range(9))
    made = make(needs, kinds, rng)
    seen = [
        Observation.answer(int(rng.integers(9)), 0.1, 0.2, right=bool(rng.random() < 0.5)) for _ in range(7)
    ]
    belief = Belief.of(Prior(made, Effort(chains=4000, sweeps=3)), seen, seed=seed)
    assert np.abs(belief.p - exact(made, seen)).max() < 0.035
    start = Belief.start(Prior(made, Effort(chains=4000)), seed=seed)
    assert np.abs(start.p - exact(made, [])).max() < 0.035
    assert np.abs(start.learn(seen).p - exact(made, seen)).max() < 0.035


def test_moves_leave_the_posterior_unchanged() -> None:
    """Many sweeps and factor moves under fixed evidence stay at the exact posterior: the sampler is not biased."""
    made = make(DIAMOND, (Kind.CLIMBED,), np.random.default_rng(3))
    seen = [ITEM.observe(3, well=True), ITEM.observe(5, well=False), ITEM.observe(3, well=True)]
    belief = Belief.of(Prior(made, Effort(chains=1000, sweeps=60)), seen)
    assert np.abs(belief.p - exact(made, seen)).max() < 0.012


@given(st.data())
@settings(max_examples=30, deadline=None)
def test_probabilities(data: st.DataObject) -> None:
    """Whatever is seen, every probability lies between 0 and 1 and is a number."""
    made = data.draw(parameters())
    belief = Belief.of(Prior(made, SMALL), data.draw(observations(len(made.needs))))
    assert belief.p.shape == (len(made.needs),)
    assert ((belief.p >= 0) & (belief.p <= 1)).all()


@given(st.data())
@settings(max_examples=15, deadline=None)
def test_replay_is_incremental(data: st.DataObject) -> None:
    """Replaying the observations gives the same bits as updating one by one, and again when done twice."""
    made = data.draw(parameters())
    seen = data.draw(observations(len(made.needs)))
    step = Belief.start(Prior(made, SMALL), seed=5)
    for observation in seen:
        step = step.update(observation)
    again = Belief.of(Prior(made, SMALL), seen, seed=5)
    assert step.p.tobytes() == again.p.tobytes()
    assert step.samples()[0].tobytes() == again.samples()[0].tobytes()


def test_update_leaves_the_old_belief() -> None:
    """A belief is a value: updating it changes neither it nor other updates of it."""
    prior = Prior(Parameters.general(DIAMOND), SMALL)
    belief = Belief.of(prior, [ITEM.observe(3, well=True)])
    before, states = belief.p.copy(), belief.samples()[0].copy()
    first = belief.update(ITEM.observe(4, well=False))
    second = belief.update(ITEM.observe(4, well=False))
    assert (belief.p == before).all()
    assert (belief.samples()[0] == states).all()
    assert (first.p == second.p).all()
    with pytest.raises(ValueError, match="read-only"):
        belief.p[0] = 1


def test_order_does_not_matter() -> None:
    """The order of independent observations matters only by the error of sampling."""
    made = make(DIAMOND, (Kind.CLIMBED, Kind.SOUGHT), np.random.default_rng(1))
    seen = [ITEM.observe(i, well=i % 2 == 0) for i in (0, 3, 5, 1)]
    prior = Prior(made, Effort(chains=4000))
    assert np.abs(Belief.of(prior, seen).p - Belief.of(prior, seen[::-1]).p).max() < 0.04


def test_knowledge_flows_both_ways() -> None:
    """A right answer raises what the skill requires, a wrong one lowers what requires it, others hardly move."""
    prior = Prior(Parameters.general(((), (0,), (1,), (2,)), leak=0.02), Effort(chains=2000))
    start = Belief.start(prior)
    assert (start.update(ITEM.observe(2, well=True)).p > start.p + 0.02).all()
    assert (start.update(ITEM.observe(1, well=False)).p < start.p - 0.02).all()


@given(st.integers(0, 30))
@settings(max_examples=10, deadline=None)
def test_prerequisites_are_never_lowered_by_success(seed: int) -> None:
    """With open rates that do not fall with any factor, a success never lowers a skill below, up to noise."""
    rng = np.random.default_rng(seed)
    needs = tuple(tuple(sorted({int(x) for x in rng.integers(0, i, 2)})) if i else () for i in range(7))
    prior = Prior(Parameters.general(needs), Effort(chains=1500))
    start = Belief.start(prior)
    after = start.update(ITEM.observe(6, well=True))
    below = sorted(_below(needs, 6))
    assert (after.p[below] > start.p[below] - 0.03).all()


def _below(needs: tuple[tuple[int, ...], ...], top: int) -> set[int]:
    found = {top}
    for p in needs[top]:
        found |= _below(needs, p)
    return found


def test_strength() -> None:
    """An accepted exercise says more than a right answer, and that more than a person's own word."""
    start = Belief.start(Prior(Parameters.general(DIAMOND), Effort(chains=500)))
    exercise, item, word = (start.update(s.observe(3, well=True)).p[3] for s in (EXERCISE, ITEM, SELF_REPORT))
    assert exercise > item > word > start.p[3]


def test_unsure_lowers() -> None:
    """ "I don't know" lowers the skill, and more than a wrong answer to an item that is easily missed."""
    start = Belief.start(Prior(Parameters.general(DIAMOND), Effort(chains=500)))
    wrong = start.update(Observation.answer(3, 0.3, 0.2, right=False))
    assert start.update(Observation.unsure(3)).p[3] < wrong.p[3] < start.p[3]


def test_holes_are_found() -> None:
    """Failing one skill again and again, with all that requires it known, is called a hole: only it falls."""
    prior = Prior(Parameters.general(((), (0,), (1,))), Effort(chains=500))
    seen = (
        [ITEM.observe(2, well=True)] * 5
        + [ITEM.observe(0, well=True)] * 4
        + [ITEM.observe(1, well=False)] * 6
    )
    belief = Belief.of(prior, seen)
    assert belief.p[1] < 0.2
    assert belief.p[0] > 0.8
    assert belief.p[2] > 0.8


@given(st.data())
@settings(max_examples=15, deadline=None)
def test_explanation_adds_up(data: st.DataObject) -> None:
    """Prior, all weights and the rest of an explanation add up to the log odds now."""
    made = data.draw(parameters())
    seen = data.draw(observations(len(made.needs)))
    belief = Belief.of(Prior(made, SMALL), seen)
    why = belief.why(data.draw(st.integers(0, len(made.needs) - 1)))
    assert sorted(i.number for i in why.influences) == list(range(len(seen)))
    total = why.prior + sum(i.weight for i in why.influences) + why.rest
    assert total == pytest.approx(why.now, abs=1e-5)
    assert why.now == pytest.approx(np.log(belief.p[why.position] / (1 - belief.p[why.position])), abs=1e-4)


def test_explanation_names_the_answer() -> None:
    """The answer on the skill itself weighs most, one on what requires it next, and little is left as rest."""
    prior = Prior(Parameters.general(((), (0,), (1,), ())), Effort(chains=3000))
    seen = [ITEM.observe(3, well=True), ITEM.observe(1, well=True), ITEM.observe(2, well=True)]
    why = Belief.of(prior, seen).why(1)
    assert [i.number for i in why.influences] == [1, 2, 0]
    assert abs(why.rest) < 0.25


def test_surprise() -> None:
    """Answers as foretold leave the surprise small; answers against all that was believed raise it."""
    prior = Prior(Parameters.general(DIAMOND), Effort(chains=200))
    calm = Belief.of(prior, [ITEM.observe(i, well=True) for i in (0, 1, 2, 3)])
    upset = Belief.of(prior, [ITEM.observe(4, well=i % 2 == 0) for i in range(8)])
    for observation in [ITEM.observe(0, well=False)] * 3:
        upset = upset.update(observation)
    assert Belief.start(prior).surprise == 0
    assert calm.surprise < 1 < upset.surprise


def test_component_is_found_out() -> None:
    """Answers drawn from one way of knowing give most of the belief to it."""
    needs = tuple((i - 1,) if i % 6 else () for i in range(36))  # six chains of six
    made = Parameters.general(needs)
    tops = [ITEM.observe(i, well=i < 6) for i in (5, 11, 17, 23, 29, 35)] * 3
    foundations = [ITEM.observe(i, well=False) for i in (6, 12, 18, 24, 30)] * 3
    shares = Belief.of(Prior(made, Effort(chains=300)), [*tops, *foundations]).shares()
    assert shares["sought"] > 0.5


@pytest.mark.parametrize(("yes", "no"), [(0, 0.5), (0.5, 0), (1.2, 0.5), (float("nan"), 0.5)])
def test_nothing_is_certain(yes: float, no: float) -> None:
    """An observation that proves or refutes outright is refused, and so is one that is no probability."""
    with pytest.raises(ValueError, match="above 0 and not above 1"):
        Observation(0, yes, no)


def test_bad_positions() -> None:
    """A position outside the graph is refused with its number."""
    belief = Belief.start(Prior(Parameters.general(DIAMOND), SMALL))
    with pytest.raises(IndexError, match="position 6 is not in a graph of 6"):
        belief.update(ITEM.observe(6, well=True))
    with pytest.raises(ValueError, match="0 or more"):
        ITEM.observe(-1, well=True)


def test_no_skills() -> None:
    """A graph without skills has a belief without probabilities."""
    assert Belief.start(Prior(Parameters.general(()), SMALL)).p.shape == (0,)


def test_samples_stand_for_the_belief() -> None:
    """The weighted mean of the samples is the belief, up to the error of sampling."""
    made = make(DIAMOND, (Kind.CLIMBED, Kind.SOUGHT), np.random.default_rng(2))
    belief = Belief.of(Prior(made, Effort(chains=3000)), [ITEM.observe(3, well=True)])
    known, weights = belief.samples()
    assert weights.sum() == pytest.approx(1, abs=1e-4)
    assert np.abs(known @ weights - belief.p).max() < 0.04
