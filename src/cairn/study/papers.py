"""Papers being read: which is next, which pass, what it takes to read one, and what of it can be implemented here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cairn.curriculum import Curriculum
from cairn.curriculum.paper import Paper
from cairn.curriculum.path import LearningPath, Track
from cairn.planning.companions import companions
from cairn.store.logbook import Reading
from cairn.study.logbook import Diary
from cairn.study.passes import PASSES, Pass


@dataclass(frozen=True, slots=True)
class OnShelf:
    """A paper that was begun: its last record of each pass, and minutes in all."""

    paper: Paper
    done: dict[int, Reading]
    minutes: int

    @property
    def next(self) -> Pass | None:
        """The first pass without a record; None after the third."""
        return next((p for p in PASSES if p.stage not in self.done), None)


@dataclass(frozen=True, slots=True)
class Listed:
    """A paper of a weekly track, with the rules of the track."""

    paper: Paper
    track: Track


def shelf(diary: Diary) -> list[OnShelf]:
    """The papers that were begun and are still on the map, the one read last first."""
    papers = diary.desk.atlas.curriculum.papers
    by_paper: dict[str, list[Reading]] = {}
    for reading in diary.readings():
        if reading.paper in papers:
            by_paper.setdefault(reading.paper, []).append(reading)
    found = [
        OnShelf(papers[name], {r.stage: r for r in readings}, sum(r.minutes for r in readings))
        for name, readings in by_paper.items()
    ]
    return sorted(found, key=lambda one: max(r.at for r in by_paper[one.paper.id]), reverse=True)


def listed(curriculum: Curriculum, paths: Iterable[LearningPath]) -> list[Listed]:
    """The papers that the weekly tracks of some paths name, in their order."""
    found: dict[str, Listed] = {}
    for path in paths:
        for track in companions(curriculum, path).tracks:
            for name in track.resources:
                if name in curriculum.papers:
                    found.setdefault(name, Listed(curriculum.papers[name], track))
    return list(found.values())


def to_implement(curriculum: Curriculum, paper: Paper) -> list[tuple[str, str]]:
    """Id and title of the exercises on what a paper is a source for, in its order; on what it needs if there are none.

    An exercise is on the topic of its first skill.
    """
    for skills in (paper.teaches, paper.needs):
        place = {skill.topic: n for n, skill in reversed(list(enumerate(skills)))}
        found = [
            (place[e.skills[0].topic], e.id, e.title)
            for e in curriculum.exercises.values()
            if e.skills and e.skills[0].topic in place
        ]
        if found:
            return [(name, title) for _, name, title in sorted(found)]
    return []
