"""Simulated learners, kept apart from the method that is measured on them: they import nothing of it."""

from learners.answers import Answers, Channel
from learners.graphs import World, layered, shipped, with_wrong_edges
from learners.kinds import KINDS, draw

__all__ = ["KINDS", "Answers", "Channel", "World", "draw", "layered", "shipped", "with_wrong_edges"]
