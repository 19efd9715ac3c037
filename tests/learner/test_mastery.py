"""Hidden knowledge from many people's answers: exact where it can be enumerated, and the truth found again."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.learner.tracing import (
    Behaviour,
    Classes,
    Grouped,
    Model,
    Precision,
    behaviour,
    check,
    doubtful,
    fit_model,
    mastery,
    pool,
    precision,
    shrink,
    spread,
    strength,
    strengths,
)
from cairn.learner.tracing.checks import FALSE_SHARE, Kind, chi_square_tail, discoveries
from cairn.learner.tracing.residuals import others_view
from tests.learner.population import Population, simulate


def fitted(pop: Population) -> tuple[Grouped, Model, Behaviour, Precision]:
    """A model fitted as the calibration fits it, with all items in one class."""
    data = pop.grouped()
    classes = Classes.start(np.zeros(len(pop.slip), dtype=np.int64), np.array([0.2]))
    model = Model.start(int(pop.skill.max()) + 1, classes)
    for _ in range(2):
        model = fit_model(model, data, 30)
        model = replace(model, classes=spread(model, behaviour(model, data)))
    model = fit_model(model, data, 20)
    seen = behaviour(model, data, pop.time.astype(np.float32))
    return data, model, seen, precision(model, seen)


@cache
def sound(seed: int) -> tuple[Population, Grouped, Model, Behaviour, Precision]:
    """A population in which nothing is wrong, and what was fitted."""
    pop = simulate(np.random.default_rng(seed), people=1200)
    return pop, *fitted(pop)


@cache
def flawed() -> tuple[Population, Grouped, Model, Behaviour, Precision]:
    """A population with three items of each fault and three loose requirements, and what was fitted."""
    pop = simulate(np.random.default_rng(21), people=2000, backward=3, drifting=3, giveaways=3, loose=3)
    return pop, *fitted(pop)


def small() -> tuple[Model, Grouped]:
    """Two people, three skills, few answers."""
    classes = Classes.start(np.zeros(4, dtype=np.int64), np.array([0.2]))
    model = Model(
        slip=np.array([0.1, 0.05, 0.2, 0.15]),
        guess=np.array([0.2, 0.3, 0.1, 0.25]),
        bias=np.array([0.5, -0.5, 1.0]),
        slope=np.array([1.0, 1.5, 0.7]),
        classes=classes,
    )
    item = np.array([0, 1, 2, 3, 0, 0, 2], dtype=np.int32)
    correct = np.array([True, False, True, True, False, True, False])
    return model, Grouped(
        item, correct, np.array([0, 2, 3, 4, 6]), np.array([0, 1, 2, 0, 1], dtype=np.int32), np.array([0, 3])
    )


def enumerated(model: Model, data: Grouped) -> list[float]:
    """P(known) of every group by summing over all states and abilities."""
    nodes, weights = mastery.grid()
    starts = np.append(data.starts, len(data.item))
    people = np.append(data.people, len(data.starts))
    out = []
    for begin, end in pairwise(people):
        total, known = 0.0, np.zeros(end - begin)
        for theta, weight in zip(nodes, weights, strict=True):
            for state in product([False, True], repeat=int(end - begin)):
                p = weight
                for g, has in zip(range(begin, end), state, strict=True):
                    s = data.skill[g]
                    rate = 1 / (1 + np.exp(-(model.bias[s] + model.slope[s] * theta)))
                    p *= rate if has else 1 - rate
                    for row in range(starts[g], starts[g + 1]):
                        i = data.item[row]
                        right = 1 - model.slip[i] if has else model.guess[i]
                        p *= right if data.correct[row] else 1 - right
                total += p
                known += p * np.array(state)
        out += list(known / total)
    return out


def test_the_posterior_is_the_enumerated_one():
    """The probability that each skill is known equals the sum over all states and abilities."""
    model, data = small()
    assert mastery.expect(model, data).known == pytest.approx(enumerated(model, data), abs=1e-12)


def test_the_view_of_the_others_is_that_without_the_answer():
    """Dividing an answer out equals fitting the posterior without it."""
    model, data = small()
    view = others_view(model, data)
    sizes = data.sizes()
    for row in range(len(data.item)):
        group = int(np.searchsorted(data.starts, row, side="right")) - 1
        if sizes[group] == 1:
            continue  # without its only answer the group would be gone
        starts = data.starts - (np.arange(len(data.starts)) > group)
        without = Grouped(
            np.delete(data.item, row), np.delete(data.correct, row), starts, data.skill, data.people
        )
        assert view[row] == pytest.approx(enumerated(model, without)[group], abs=1e-12)


def test_blocks_do_not_change_the_result(monkeypatch):
    """Working on few people at a time gives the sums of working on all at once."""
    pop = simulate(np.random.default_rng(3), people=60)
    data = pop.grouped()
    model = Model.start(24, Classes.start(np.zeros(96, dtype=np.int64), np.array([0.2])))
    whole, likelihood = mastery.improve(model, data)
    monkeypatch.setattr(mastery, "_BLOCK", 50)
    cut, same = mastery.improve(model, data)
    assert np.allclose(whole.slip, cut.slip, atol=1e-12)
    assert likelihood == pytest.approx(same)
    rows = [block[0] for block in data.blocks()]
    assert rows[0].start == 0
    assert rows[-1].stop == len(data.item)
    assert all(a.stop == b.start for a, b in pairwise(rows))


def test_the_first_people_come_whole():
    """A sample ends where a person does, at most at the number of answers asked."""
    data = simulate(np.random.default_rng(3), people=60).grouped()
    part = data.first(500)
    assert 300 < len(part.item) <= 500
    assert np.array_equal(part.item, data.item[: len(part.item)])
    assert len(part.item) == int(data.starts[data.people[len(part.people)]])


def test_fitting_makes_the_answers_likelier():
    """Twenty rounds raise the log likelihood over the start."""
    data = simulate(np.random.default_rng(5), people=300).grouped()
    model = Model.start(24, Classes.start(np.zeros(96, dtype=np.int64), np.array([0.2])))
    _, before = mastery.improve(model, data)
    _, after = mastery.improve(fit_model(model, data, 20), data)
    assert after > before + 100


@pytest.mark.parametrize("name", ["slip", "guess"])
def test_intervals_cover_the_truth(name):
    """Of two populations' 192 items, between 90 and 99 % of true values lie in the 95 % interval."""
    inside = []
    for seed in (11, 12):
        pop, _, model, _, sure = sound(seed)
        z = (getattr(model, name) - getattr(pop, name)) / getattr(sure, f"{name}_sd")
        inside.append(np.abs(z) < 1.96)
    assert 0.90 <= np.mean(inside) <= 0.99


def test_few_answers_leave_the_class():
    """With twelve people most of what is known of an item is its class, and it stays near the class's mean."""
    _, model, _, sure = fitted(simulate(np.random.default_rng(1), people=12))
    assert sure.slip_share.mean() < 0.35
    assert np.abs(model.slip - model.classes.slip[0]).max() < 0.2


def test_an_item_without_answers_is_its_class():
    """Its slip and guess are the means of its class, and nothing of them is from data."""
    data = simulate(np.random.default_rng(2), people=200).grouped()
    model = Model.start(24, Classes.start(np.zeros(97, dtype=np.int64), np.array([0.2])))
    model = fit_model(model, data, 20)
    sure = precision(model, behaviour(model, data))
    assert model.slip[96] == pytest.approx(model.classes.slip[0], abs=1e-3)
    assert sure.guess_share[96] == pytest.approx(0, abs=1e-9)


def test_what_is_wrong_is_found():
    """Every backward and drifting item is found as such, and every giveaway as a cue."""
    pop, _, model, seen, sure = flawed()
    found = {
        kind: {f.item for f in check(model, seen, sure, pop.skill_of()) if f.kind is kind} for kind in Kind
    }
    giveaways = {i for i in np.flatnonzero(pop.guess > 0.7).tolist() if i not in pop.reversed}
    assert found[Kind.BACKWARD] == pop.reversed
    assert found[Kind.DRIFT] >= pop.drifting
    assert found[Kind.CUE] >= giveaways
    assert found[Kind.HARD] >= pop.reversed


def test_where_nothing_is_wrong_hardly_anything_is_said():
    """Over four sound populations of 96 items at most two alarms are on items with nothing to find."""
    false = 0
    for seed in (11, 12, 13, 14):
        pop, _, model, seen, sure = sound(seed)
        for flag in check(model, seen, sure, pop.skill_of()):
            real = (flag.kind is Kind.CUE and pop.guess[flag.item] > 0.35) or (
                flag.kind is Kind.HARD and pop.slip[flag.item] > 0.25
            )
            false += not real
    assert false <= 2


def test_loose_requirements_are_found_and_sound_ones_left():
    """The three requirements that nobody needs are doubtful, and no other is."""
    pop, data, model, _, _ = flawed()
    edges = list(pop.leaks)
    found = strengths(model, data, edges)
    loose = {e for e in edges if pop.leaks[e] > 0.2}
    assert len(loose) == 3
    assert {edges[k] for k, _ in doubtful(found)} == loose


def test_leaks_lie_in_their_intervals():
    """Of two populations' forty requirements, at least 85 % of true leaks lie in the 95 % interval."""
    inside = []
    for seed in (11, 12):
        pop, data, model, _, _ = sound(seed)
        found = strengths(model, data, list(pop.leaks))
        mean, sd = pool(found)
        for one, leak in zip(found, pop.leaks.values(), strict=True):
            low, middle, high = shrink(one, mean, sd)
            assert low < middle < high
            inside.append(low <= leak <= high)
    assert np.mean(inside) >= 0.85


def test_a_requirement_nobody_answered_says_nothing():
    """Without people the error is infinite, the shrunk leak is the mean of all, and it is not judged."""
    none = strength(np.zeros((0, 2)), np.zeros((0, 2)))
    assert none.error == float("inf")
    assert shrink(none, -2.0, 0.5)[1] == pytest.approx(1 / (1 + np.exp(2)))
    assert doubtful([none]) == []


def test_certain_states_are_counted():
    """With states seen without error the leak is the plain share, up to the prior's fifth of a person."""
    earlier = np.array([[1.0, 0]] * 40 + [[0, 1.0]] * 60)
    later = np.array([[1.0, 0]] * 30 + [[0, 1.0]] * 10 + [[0, 1.0]] * 50 + [[1.0, 0]] * 10)
    found = strength(earlier, later)
    assert found.leak == pytest.approx(10 / 40, abs=0.01)
    assert found.carry == pytest.approx(50 / 60, abs=0.01)
    assert found.error == pytest.approx(np.sqrt(1 / 10 + 1 / 30), rel=0.05)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=50))
def test_discoveries_are_the_smallest_p_values(values):
    """What is discovered has smaller p-values than what is not, and more is found at a larger share."""
    p = np.array(values)
    found = set(discoveries(p, FALSE_SHARE).tolist())
    rest = set(range(len(p))) - found
    assert not found or not rest or max(p[list(found)]) <= min(p[list(rest)])
    assert found <= set(discoveries(p, 0.5).tolist())


@pytest.mark.parametrize(("x", "freedom", "p"), [(3.841, 1, 0.05), (5.991, 2, 0.05), (11.345, 3, 0.01)])
def test_the_chi_square_tail_is_that_of_the_tables(x, freedom, p):
    """Within a twentieth of a per cent at the usual critical values."""
    assert chi_square_tail(np.array([x]), np.array([freedom]))[0] == pytest.approx(p, abs=5e-3)
