"""What else a roadmap says about a path: rules of time and mix, weekly tracks, self-assessment, things put off.

A roadmap is spread over several paths of the same origin: one with the phases, and beside it rules, cadences,
checklists and a list of what to learn later. This gathers what belongs to one path.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from cairn.curriculum import Curriculum, Skill
from cairn.curriculum.path import AssessmentList, LearningPath, PathKind, Rule, Track
from cairn.planning.activity import Mix

_TIMED = re.compile(r"(from )?(weeks?|days?)\b|\d", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Later:
    """Something a roadmap puts off: what, until when, or why it is left out."""

    title: str
    when: str
    reason: str
    skills: tuple[Skill, ...] = ()


@dataclass(frozen=True, slots=True)
class Companions:
    """The rules that hold for one path.

    Attributes:
        path: the path with the steps.
        rules: its own and its roadmap's rules.
        tracks: weekly work beside it.
        lists: questions to oneself after phases.
        later: what it puts off or leaves out.
    """

    path: LearningPath
    rules: tuple[Rule, ...]
    tracks: tuple[Track, ...]
    lists: tuple[AssessmentList, ...]
    later: tuple[Later, ...]

    @property
    def mix(self) -> Mix | None:
        """The mix of doing, reading and watching it asks for."""
        for rule in self.rules:
            if rule.coding is not None and rule.reading is not None:
                return Mix(rule.coding, rule.reading, rule.watching or 0.0)
        return None

    @property
    def scaling(self) -> tuple[Rule, ...]:
        """The rules that say how many weeks it takes at how many hours a day, by hours a day."""
        found = [rule for rule in self.rules if rule.hours_per_day and rule.weeks]
        return tuple(sorted(found, key=lambda rule: rule.hours_per_day or (0.0, 0.0)))

    @property
    def breadth(self) -> tuple[int, int] | None:
        """The phases (first, last), from 0, that must be had in breadth before any of them in depth."""
        for rule in self.rules:
            if rule.phases is not None and rule.rule.casefold().startswith("breadth"):
                first, last = rule.phases
                return int(first) - 1, int(last) - 1
        return None

    @property
    def choose(self) -> int | None:
        """How many of the optional steps of its last phase to go deep in."""
        return next((rule.choose for rule in self.rules if rule.choose), None)


def companions(curriculum: Curriculum, path: LearningPath) -> Companions:
    """What holds for a path: its own rules, and those of its roadmap if it is the roadmap's path of phases."""
    family = [path]
    if path.phases and path.origin:
        family += [p for p in curriculum.paths.values() if p.origin == path.origin and p.id != path.id]
    rulers = [
        p for p in family if p is path or p.kind in {PathKind.RULES, PathKind.CADENCE, PathKind.CHECKLIST}
    ]
    return Companions(
        path=path,
        rules=tuple(rule for p in rulers for rule in p.rules),
        tracks=tuple(track for p in rulers for track in p.tracks),
        lists=tuple(entry for p in rulers for entry in p.lists),
        later=(*_left_out(path), *(later for p in family for later in _put_off(p) if p is not path)),
    )


def _left_out(path: LearningPath) -> list[Later]:
    """What the path's steps say to skip. The reason stands in the same sentence."""
    return [Later(step.title, "", step.skip) for step in path.all_steps if step.skip]


def _put_off(path: LearningPath) -> list[Later]:
    """Steps that come with an event instead of a date."""
    if path.kind is not PathKind.MINI_PATH:
        return []
    return [
        Later(step.title, step.when, f"{path.title}: {step.when}.", step.targets)
        for step in path.steps
        if step.when and not _TIMED.match(step.when)
    ]
