"""What there is to learn: types, loader, linter, skill graph, search. Pure: no file, clock or chance."""

from cairn.curriculum.curriculum import Curriculum, Entry, Kind
from cairn.curriculum.graph import CycleError, Graph
from cairn.curriculum.loader import Loaded, load
from cairn.curriculum.problem import Problem, Severity
from cairn.curriculum.skill import LEVELS, Level, Skill, SkillSyntaxError
from cairn.curriculum.topic import Topic

__all__ = [
    "LEVELS",
    "Curriculum",
    "CycleError",
    "Entry",
    "Graph",
    "Kind",
    "Level",
    "Loaded",
    "Problem",
    "Severity",
    "Skill",
    "SkillSyntaxError",
    "Topic",
    "load",
]
