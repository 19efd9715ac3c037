"""Learning from many people: predicting answers, and what items and requirements are really like. Pure, NumPy."""

from cairn.learner.tracing.ability import Items
from cairn.learner.tracing.ability import fit as fit_items
from cairn.learner.tracing.field import Field, diffusion, reveal
from cairn.learner.tracing.scores import Scores, scores
from cairn.learner.tracing.tracer import Answers, Tracer
from cairn.learner.tracing.tracer import fit as fit_tracer

__all__ = [
    "Answers",
    "Field",
    "Items",
    "Scores",
    "Tracer",
    "diffusion",
    "fit_items",
    "fit_tracer",
    "reveal",
    "scores",
]
