"""What is believed of someone on the first day: from the curriculum and their background."""

from __future__ import annotations

import numpy as np

from cairn.curriculum import Curriculum, Level
from cairn.curriculum.area import Background
from cairn.learner.belief.arrays import Floats
from cairn.learner.belief.parameters import Parameters

EASE = {Level.RECOGNISE: 0.5, Level.USE: 0.0, Level.DERIVE: -1.0}
"""Log odds that a level adds where a skill can be known: fewer prove than apply."""

STRANGER = -1.5
"""Log odds that are added where nothing was said of a person: who asks for a way in knows less than most."""

CERTAIN, SEEN, UNSEEN = 5.0, 1.0, -3.0
"""Log odds that a background adds to the skills it surely brings, to those of areas met before, and to all others."""


def parameters_for(curriculum: Curriculum, background: Background | None = None) -> Parameters:
    """General parameters for a curriculum: a bent for each area, levels of unlike ease, a background's head start.

    Args:
        curriculum: whose graph it is; positions are those of `curriculum.graph`.
        background: what kind of person it is. What it says is assumed, not certain: answers can refute it.
    """
    graph = curriculum.graph
    places = {area: number for number, area in enumerate(curriculum.areas)}
    groups = [places[curriculum.topics[skill.topic].area] for skill in graph.nodes]
    ease = np.array([EASE[skill.level] for skill in graph.nodes])
    ease += STRANGER if background is None else _head_start(curriculum, background)
    return Parameters.general(graph.needs, groups, ease.tolist())


def _head_start(curriculum: Curriculum, background: Background) -> Floats:
    graph = curriculum.graph
    seen = {area for wide in background.seen for area in curriculum.areas_within(wide)}
    ease = np.array(
        [SEEN if curriculum.topics[skill.topic].area in seen else UNSEEN for skill in graph.nodes]
    )
    ease[sorted(graph.below(graph.position[s] for s in background.knows if s in graph.position))] = CERTAIN
    return ease
