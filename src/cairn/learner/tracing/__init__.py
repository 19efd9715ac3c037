"""Learning from many people: predicting answers, and what items and requirements are really like. Pure, NumPy."""

from cairn.learner.tracing.ability import Items, Responses
from cairn.learner.tracing.ability import fit as fit_items
from cairn.learner.tracing.checks import Flag, check, doubtful
from cairn.learner.tracing.effects import logit, sigmoid
from cairn.learner.tracing.field import Field, diffusion, reveal
from cairn.learner.tracing.history import FEATURES, History
from cairn.learner.tracing.mastery import Classes, Grouped, Model
from cairn.learner.tracing.mastery import fit as fit_model
from cairn.learner.tracing.requirement import Requirement, pool, shrink, strength, strengths
from cairn.learner.tracing.residuals import Behaviour, Precision, behaviour, precision, spread
from cairn.learner.tracing.scores import Scores, scores
from cairn.learner.tracing.tracer import Answers, Tracer
from cairn.learner.tracing.tracer import fit as fit_tracer

__all__ = [
    "FEATURES",
    "Answers",
    "Behaviour",
    "Classes",
    "Field",
    "Flag",
    "Grouped",
    "History",
    "Items",
    "Model",
    "Precision",
    "Requirement",
    "Responses",
    "Scores",
    "Tracer",
    "behaviour",
    "check",
    "diffusion",
    "doubtful",
    "fit_items",
    "fit_model",
    "fit_tracer",
    "logit",
    "pool",
    "precision",
    "reveal",
    "scores",
    "shrink",
    "sigmoid",
    "spread",
    "strength",
    "strengths",
]
