"""Cairn: a map of machine learning that you can run.

Example:
    import cairn
    atlas = cairn.load()
    gap = atlas.gap("attention", knows=["matrix-multiplication"], background="engineer")
    for step in gap.steps:
        print(step.skill, step.hours, step.because)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cairn.app import load
    from cairn.curriculum import Curriculum, Entry, Kind, Level, Problem, Skill
    from cairn.planning import Gap, Skip, Step, Target, UnknownTargetError
    from cairn.study.atlas import Atlas, UnknownBackgroundError, UnknownSkillError

__version__ = "0.1.0"

__all__ = [
    "Atlas", "Curriculum", "Entry", "Gap", "Kind", "Level", "Problem", "Skill", "Skip", "Step", "Target",
    "UnknownBackgroundError", "UnknownSkillError", "UnknownTargetError", "load",
]  # fmt: skip

_HOME = {
    "load": "cairn.app",
    **dict.fromkeys(("Curriculum", "Entry", "Kind", "Level", "Problem", "Skill"), "cairn.curriculum"),
    **dict.fromkeys(("Gap", "Skip", "Step", "Target", "UnknownTargetError"), "cairn.planning"),
    **dict.fromkeys(("Atlas", "UnknownBackgroundError", "UnknownSkillError"), "cairn.study.atlas"),
}


def __getattr__(name: str) -> Any:  # noqa: ANN401  # names are imported when first used, so that the layers stay apart
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    msg = f"module 'cairn' has no attribute {name!r}"
    raise AttributeError(msg)
