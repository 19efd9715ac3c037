"""What to keep before a deadline: against every possible choice on small problems, and never above the bound."""

from __future__ import annotations

import random
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cairn.planning import optimal
from cairn.planning.branching import branch
from cairn.planning.closure import Selection, relaxed
from cairn.planning.greedy import greedy
from cairn.planning.subset import begun, improved, keep
from tests.conftest import needed


def problem(seed, most=11):
    """A random small problem."""
    rng = random.Random(seed)
    n = rng.randint(1, most)
    needs = tuple(tuple(sorted(rng.sample(range(i), min(i, rng.randint(0, 2))))) for i in range(n))
    costs = tuple(rng.randint(0, 20) for _ in range(n))
    values = tuple(rng.choice([0.0, 0.0, 1.0, 2.5, 4.0]) for _ in range(n))
    return Selection(costs, values, needs, rng.randint(0, sum(costs)))


def best(instance):
    """The value of the best choice, by trying all."""
    nodes = range(len(instance.costs))
    sets = (set(c) for size in range(len(nodes) + 1) for c in combinations(nodes, size))
    return max(instance.value(s) for s in sets if instance.is_valid(s))


seeds = st.integers(0, 2**32)


@given(seeds)
@settings(max_examples=60, deadline=None)
def test_the_bound_is_never_below_the_best(seed):
    """No choice at all exceeds the bound, which the closed sets met on the way cannot reach unlawfully."""
    instance = problem(seed)
    bound, met, _ = relaxed(instance)

    assert bound >= best(instance) - 1e-9
    assert all(j in s for s in met for i in s for j in instance.needs[i])


@given(seeds)
@settings(max_examples=60, deadline=None)
def test_every_choice_is_lawful_and_below_its_bound(seed):
    """Closed, within the budget, worth what it says, and the bound holds; improving never makes it worse."""
    instance = problem(seed)
    first = greedy(instance)
    kept = keep(instance)

    assert instance.is_valid(first)
    assert instance.is_valid(improved(instance, first))
    assert instance.value(improved(instance, first)) >= instance.value(first)
    assert instance.is_valid(kept.nodes)
    assert kept.value == pytest.approx(instance.value(kept.nodes))
    assert instance.value(first) - 1e-9 <= kept.value <= best(instance) + 1e-9
    assert best(instance) <= kept.bound + 1e-9


@given(seeds)
@settings(max_examples=30, deadline=None)
def test_the_solver_finds_the_best(seed):
    """With the solver the choice is the best there is, up to its gap of a thousandth, and so is its bound."""
    needed("SciPy", found=optimal.available())
    instance = problem(seed)
    kept = keep(instance, optimal.exact)

    assert instance.is_valid(kept.nodes)
    assert kept.value >= best(instance) * (1 - 2e-3) - 1e-9
    assert kept.bound >= best(instance) - 1e-6


@given(seeds, st.floats(0, 1), st.integers(0, 400))
@settings(max_examples=60, deadline=None)
def test_branching_is_right_at_any_price_and_any_amount_of_work(seed, price, work):
    """However little is searched, the choice is lawful and the bound true; searched to the end it is the best."""
    instance = problem(seed, most=9)
    some, bound = branch(instance, greedy(instance), price, work)
    whole, proven = branch(instance, frozenset(), relaxed(instance)[2], 200_000)

    assert instance.is_valid(some)
    assert bound >= best(instance) - 1e-6
    assert instance.is_valid(whole)
    assert instance.value(whole) == pytest.approx(best(instance), abs=1e-6)
    assert proven == pytest.approx(best(instance), abs=1e-6)


@given(seeds)
@settings(max_examples=40, deadline=None)
def test_what_is_left_over_begins_something(seed):
    """Filling up stays lawful and takes nothing away."""
    instance = problem(seed)
    chosen = keep(instance).nodes
    filled = begun(instance, chosen)

    assert chosen <= filled
    assert instance.is_valid(filled)


def test_when_all_fits_all_is_kept():
    """There is nothing to choose, and the method says so."""
    kept = keep(Selection((1, 2), (0.0, 1.0), ((), (0,)), 3))

    assert (kept.nodes, kept.value, kept.bound, kept.method) == ({0, 1}, 1.0, 1.0, "all")


def test_requirements_are_shared():
    """Two goals on one foundation beat one dearer goal, which a ratio taken once does not see."""
    instance = Selection((10, 1, 1, 8), (0.0, 1.0, 1.0, 1.2), ((), (0,), (0,), ()), 12)

    assert keep(instance).nodes == {0, 1, 2}


def test_what_serves_no_goal_is_left_out():
    """A foundation without a goal on it is not learned."""
    instance = Selection((1, 1, 50), (0.0, 1.0, 1.0), ((), (), (0,)), 5)

    assert keep(instance).nodes == {1}
