"""Belief: a probability for each skill, with the coupling between skills, from all that was seen of a person."""

from cairn.learner.belief.beginning import parameters_for
from cairn.learner.belief.belief import Belief, Effort, Prior
from cairn.learner.belief.component import Component, Kind
from cairn.learner.belief.explanation import Explanation, Influence
from cairn.learner.belief.hearing import Heard, hear, observations, usual_strength
from cairn.learner.belief.observation import (
    CHECKPOINT,
    EXERCISE,
    ITEM,
    LAB,
    SELF_REPORT,
    UNSURE_IF_KNOWN,
    UNSURE_IF_NOT,
    Observation,
    Strength,
)
from cairn.learner.belief.parameters import Parameters
from cairn.learner.belief.population import evidence_of_states, fit

__all__ = [
    "CHECKPOINT", "EXERCISE", "ITEM", "LAB", "SELF_REPORT", "UNSURE_IF_KNOWN", "UNSURE_IF_NOT",
    "Belief", "Component", "Effort", "Explanation", "Heard", "Influence", "Kind", "Observation", "Parameters", "Prior",
    "Strength", "evidence_of_states", "fit", "hear", "observations", "parameters_for", "usual_strength",
]  # fmt: skip
