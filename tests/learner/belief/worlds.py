"""Small graphs, parameters and observations for tests."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from cairn.learner.belief import Component, Kind, Observation, Parameters

DIAMOND = ((), (0,), (0,), (1, 2), (3,), (2,))


@st.composite
def graphs(draw: st.DrawFn, most: int = 8) -> tuple[tuple[int, ...], ...]:
    """Acyclic graphs whose edges point to smaller positions."""
    n = draw(st.integers(1, most))
    return tuple(
        tuple(sorted(draw(st.sets(st.integers(0, i - 1), max_size=3)))) if i else () for i in range(n)
    )


@st.composite
def parameters(draw: st.DrawFn, most: int = 8) -> Parameters:
    """Parameters of one or two components with one factor."""
    needs = draw(graphs(most))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    kinds = draw(st.sampled_from([(Kind.CLIMBED,), (Kind.SOUGHT,), (Kind.CLIMBED, Kind.SOUGHT)]))
    return make(needs, kinds, rng)


def make(needs: tuple[tuple[int, ...], ...], kinds: tuple[Kind, ...], rng: np.random.Generator) -> Parameters:
    """Parameters with rates, loadings and leaks drawn at random."""
    n, m = len(needs), sum(map(len, needs))
    components = tuple(
        Component(
            kind,
            1 / len(kinds),
            rng.normal(0.5, 1, n),
            rng.normal(0, 1, (n, 1)),
            rng.uniform(0.02, 0.3, m),
            0.03,
            0.02,
        )
        for kind in kinds
    )
    return Parameters(needs, components)


def observations(skills: int, most: int = 6) -> st.SearchStrategy[list[Observation]]:
    """Answers to items of these skills, right, wrong or "I don't know"."""
    answer = st.builds(
        lambda at, slip, guess, right: Observation.answer(at, slip, guess, right=right),
        st.integers(0, skills - 1), st.floats(0.05, 0.3), st.floats(0.05, 0.3), st.booleans(),
    )  # fmt: skip
    unsure = st.builds(Observation.unsure, st.integers(0, skills - 1))
    return st.lists(st.one_of(answer, unsure), max_size=most)
