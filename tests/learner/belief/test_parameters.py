from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings

from cairn.learner.belief import Belief, Component, Effort, Kind, Parameters, Prior
from tests.learner.belief.worlds import DIAMOND, parameters


@given(parameters())
@settings(max_examples=25, deadline=None)
def test_survives_json(made: Parameters) -> None:
    """Parameters written as JSON and read again say the same, to the digits that are written."""
    again = Parameters.from_dict(json.loads(json.dumps(made.to_dict())))
    assert again.needs == made.needs
    assert again.to_dict() == made.to_dict()
    for old, new in zip(made.components, again.components, strict=True):
        assert old.kind is new.kind
        assert np.abs(old.bias - new.bias).max(initial=0) < 1e-4
        assert np.abs(old.leak - new.leak).max(initial=0) < 1e-5


def test_edges_match_leaks() -> None:
    """Edges are listed by upper skill, then lower: the order of the leaks."""
    made = Parameters.general(((), (), (1, 0), (2,)))
    assert made.edges == ((2, 0), (2, 1), (3, 2))
    assert made.components[0].leak.shape == (3,)


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ({"format": 2}, "format 2; this version reads 1"),
        ({}, "format None"),
        ({"format": 1}, "incomplete: 'needs'"),
        ({"format": 1, "needs": [[]], "components": [{}]}, "incomplete: 'kind'"),
        ({"format": 1, "needs": [[]], "components": []}, "at least one component"),
    ],
)
def test_bad_documents(document: dict[str, object], message: str) -> None:
    """A document that is no parameters is refused with what is wrong."""
    with pytest.raises(ValueError, match=message):
        Parameters.from_dict(document)


def test_other_graph() -> None:
    """Parameters for another graph are refused with both sizes."""
    good = Parameters.general(DIAMOND)
    with pytest.raises(ValueError, match="it has 2 skills and 1 edges, they are for 6 and 6"):
        Parameters(((), (0,)), good.components)


def test_rates_that_are_none() -> None:
    """Holes of one half or more and weights of 0 are refused."""
    blank = np.zeros(0)
    with pytest.raises(ValueError, match="below one half"):
        Component(Kind.CLIMBED, 1.0, blank, np.zeros((0, 0)), blank, hole=0.5)
    with pytest.raises(ValueError, match="above 0"):
        Component(Kind.CLIMBED, 0.0, blank, np.zeros((0, 0)), blank)


def test_background() -> None:
    """Skills that a background makes easier are likelier known from the start, and others are not."""
    made = Parameters.general(((), (), (0,), (1,)))
    eased = made.eased(np.array([3.0, 0.0, 3.0, 0.0]))
    effort = Effort(chains=3000)
    plain, with_background = (Belief.start(Prior(x, effort)).p for x in (made, eased))
    assert (with_background[[0, 2]] > plain[[0, 2]] + 0.1).all()
    assert np.abs(with_background[[1, 3]] - plain[[1, 3]]).max() < 0.05


def test_effort_has_a_floor() -> None:
    """Too few chains or no sweeps are refused."""
    with pytest.raises(ValueError, match="at least 8 chains"):
        Effort(chains=4)
    with pytest.raises(ValueError, match="at least 8 chains"):
        Effort(sweeps=0)


def test_effort_falls_with_size() -> None:
    """Larger graphs get fewer chains, so that an answer is taken in while the person waits."""
    assert Effort.fit_for(300).chains > Effort.fit_for(1000).chains > Effort.fit_for(5000).chains
