"""How long a skill takes, as a range, for a person of a given background."""

from __future__ import annotations

from cairn.curriculum import Curriculum, Skill
from cairn.curriculum.area import Background

Hours = tuple[float, float]


class Pace:
    """Turns the curriculum's [refresher, from scratch] hours into a range for one kind of person.

    An author states two figures for a skill: hours for someone who has met it before, and hours from
    scratch. Where nothing is known about the person the range is both. In an area they have met before it is
    the lower half of that span, in one that is new to them the upper half.
    """

    def __init__(self, curriculum: Curriculum, background: Background | None = None) -> None:
        self._curriculum = curriculum
        self._background = background
        seen = background.seen if background else ()
        self._seen = frozenset(a for area in seen for a in curriculum.areas_within(area))

    def hours(self, skill: Skill) -> Hours:
        """Hours (low, high) for one skill, on top of what it requires."""
        refresher, scratch = self._curriculum.hours_of_skill(skill)
        if self._background is None:
            return refresher, scratch
        middle = (refresher + scratch) / 2
        if self._curriculum.topics[skill.topic].area in self._seen:
            return refresher, middle
        return middle, scratch
