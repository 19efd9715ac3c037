from __future__ import annotations

import numpy as np
import pytest

import cairn
from cairn.curriculum import Curriculum, Skill
from cairn.curriculum.area import Background
from cairn.learner.belief import Belief, Effort, Prior, parameters_for


@pytest.fixture
def curriculum(mini: cairn.Atlas) -> Curriculum:
    return mini.curriculum


def test_fits_the_graph(curriculum: Curriculum) -> None:
    """The parameters are those of the curriculum's graph, and a belief begins undecided about most of it."""
    belief = Belief.start(Prior(parameters_for(curriculum), Effort(chains=400)))
    assert belief.p.shape == (len(curriculum.graph.nodes),)
    assert 0.1 < belief.p.mean() < 0.9


def test_background_is_a_head_start(curriculum: Curriculum) -> None:
    """What a background brings, and all that it requires, is nearly sure; here nothing else is lost."""
    skill: Skill = curriculum.graph.nodes[-1]
    person = Background(title="one who knows it", summary="Knows one thing.", knows=(skill,))
    effort = Effort(chains=3000)
    plain = Belief.start(Prior(parameters_for(curriculum), effort)).p
    eased = Belief.start(Prior(parameters_for(curriculum, person), effort)).p
    brought = sorted(curriculum.graph.below([curriculum.graph.position[skill]]))
    assert (eased[brought] > 0.75).all()
    assert (eased > plain - 0.05).all()
    assert np.mean(eased[brought] - plain[brought]) > 0.1


def test_nothing_is_sure_of_a_stranger(real) -> None:
    """Before the first answer no skill is nearly certain, and of a beginner less is believed than of a stranger."""
    stranger = Belief.start(Prior(parameters_for(real.curriculum)))
    beginner = Belief.start(Prior(parameters_for(real.curriculum, real.curriculum.backgrounds["none"])))

    assert stranger.p.max() < 0.95
    assert beginner.p.max() < 0.8
    assert beginner.p.mean() < 0.6 * stranger.p.mean()
