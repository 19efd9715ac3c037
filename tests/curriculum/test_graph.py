"""The skill graph, against networkx and by property."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.curriculum import CycleError, Graph


@st.composite
def dags(draw, most=24):
    """Nodes 0..n-1 with edges that only point from larger to smaller numbers, under shuffled names."""
    n = draw(st.integers(0, most))
    names = draw(st.permutations([f"n{i}" for i in range(n)]))
    return {
        names[i]: [names[j] for j in draw(st.sets(st.integers(0, i - 1), max_size=5))] if i else []
        for i in range(n)
    }


def reference(requires):
    graph = nx.DiGraph()
    graph.add_nodes_from(requires)
    graph.add_edges_from((p, n) for n, ps in requires.items() for p in ps)
    return graph


@given(dags())
def test_nodes_stand_after_what_they_require(requires):
    """The canonical order is topological."""
    graph = Graph.build(requires)

    assert all(p < i for i, needed in enumerate(graph.needs) for p in needed)
    assert sorted(graph.nodes) == sorted(requires)


@given(dags(), st.randoms(use_true_random=False))
def test_order_depends_on_keys_alone(requires, rng):
    """The order in which nodes and edges are given does not matter once there is a key."""
    shuffled = list(requires)
    rng.shuffle(shuffled)
    again = {n: rng.sample(requires[n], len(requires[n])) for n in shuffled}

    assert Graph.build(requires, key=str).nodes == Graph.build(again, key=str).nodes


@given(dags(), st.data())
def test_below_is_the_ancestor_closure(requires, data):
    """`below` agrees with networkx, with and without something known."""
    graph, oracle = Graph.build(requires), reference(requires)
    some = st.lists(st.sampled_from(sorted(requires)), max_size=4) if requires else st.just([])
    wanted, known = data.draw(some), data.draw(some)

    def closure(nodes):
        return set(nodes).union(*(nx.ancestors(oracle, n) for n in nodes)) if nodes else set()

    found = graph.below([graph.position[n] for n in wanted], [graph.position[n] for n in known])

    assert {graph.nodes[i] for i in found} == closure(wanted) - closure(known)


@given(dags())
def test_above_mirrors_below(requires):
    """A node is above another exactly when the other is below it."""
    graph = Graph.build(requires)
    n = len(graph.nodes)

    assert {(i, j) for j in range(n) for i in graph.below([j])} == {
        (i, j) for i in range(n) for j in graph.above([i])
    }


@given(dags())
def test_implied_edges_are_those_outside_the_transitive_reduction(requires):
    """What is called decorative is what networkx's transitive reduction leaves out."""
    graph = Graph.build(requires)
    kept = set(nx.transitive_reduction(reference(requires)).edges)

    decorative = {(graph.nodes[p], graph.nodes[i]) for i, p in graph.implied()}

    assert decorative == {(p, n) for n, ps in requires.items() for p in ps} - kept


@given(dags(), st.data())
def test_the_fringe_is_what_can_be_learned_next(requires, data):
    """Nothing in the fringe is known, everything it needs is, and learning it keeps the state closed."""
    graph = Graph.build(requires)
    known = data.draw(st.lists(st.sampled_from(range(len(graph.nodes))), max_size=5)) if requires else []
    have = graph.below(known)

    fringe = graph.fringe(known)

    assert all(i not in have and set(graph.needs[i]) <= have for i in fringe)
    assert set(fringe) == {
        i for i in range(len(graph.nodes)) if i not in have and set(graph.needs[i]) <= have
    }


@given(dags())
def test_depths_are_longest_chains(requires):
    """A node's depth is one more than the deepest thing it needs."""
    graph = Graph.build(requires)
    depth = graph.depths()

    assert all(
        depth[i] == max((depth[p] + 1 for p in needed), default=0) for i, needed in enumerate(graph.needs)
    )


def test_a_cycle_is_named():
    """The error lists the cycle itself, not what merely leads to it."""
    with pytest.raises(CycleError, match="requires itself") as caught:
        Graph.build({"a": ["b"], "b": ["c"], "c": ["b"], "d": []})

    assert set(caught.value.cycle) == {"b", "c"}


def test_an_unknown_prerequisite_is_refused():
    """An edge to a node that is not there is a programming error."""
    with pytest.raises(KeyError):
        Graph.build({"a": ["nowhere"]})
