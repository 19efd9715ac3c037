"""Belief at the ends of what numbers hold."""

from __future__ import annotations

import numpy as np

from cairn.learner.belief import ITEM, Belief, Parameters, Prior


def test_a_skill_that_everything_rests_on_does_not_overflow():
    """With hundreds of skills above it known, an observation of the one below leaves every probability sound."""
    needs = [(), *[(0,)] * 400]
    belief = Belief.start(Prior(Parameters.general(needs)))
    for i in range(1, 41):
        belief = belief.update(ITEM.observe(i, well=True))
    belief = belief.update(ITEM.observe(0, well=True))

    assert np.isfinite(belief.p).all()
    assert belief.p[0] > 0.9
