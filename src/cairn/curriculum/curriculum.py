"""The whole content tree as one immutable value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar
from unicodedata import normalize

from cairn.curriculum.area import Area, Background, Goal
from cairn.curriculum.comparison import Comparison
from cairn.curriculum.exercise import ExerciseSheet
from cairn.curriculum.graph import Graph
from cairn.curriculum.items.bank import ItemBank
from cairn.curriculum.model_answer import ModelAnswer
from cairn.curriculum.paper import Paper
from cairn.curriculum.path import LearningPath, Phase, Track
from cairn.curriculum.question import Question
from cairn.curriculum.resource import Resource
from cairn.curriculum.skill import LEVELS, Level, Skill
from cairn.curriculum.topic import Section, Topic

K = TypeVar("K")
V = TypeVar("V")


class Kind(StrEnum):
    """What an id can name."""

    TOPIC = "topic"
    SKILL = "skill"
    SECTION = "section"
    AREA = "area"
    PATH = "path"
    PHASE = "phase"
    TRACK = "track"
    PAPER = "paper"
    RESOURCE = "resource"
    QUESTION = "question"
    EXERCISE = "exercise"
    COMPARISON = "comparison"


@dataclass(frozen=True, slots=True)
class Entry:
    """What an id or a name stands for.

    Attributes:
        kind: what it is.
        id: its id; for a section the section's own id.
        title: its title.
        anchor: for a section, the id of its heading on the topic's page; else empty.
        within: for a section its topic, for a phase or track its path, for a topic its area; else empty.
        names: everything it may be called, for search.
    """

    kind: Kind
    id: str
    title: str
    anchor: str = ""
    within: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Curriculum:
    """What there is to learn. Every mapping is read-only and in learning or file order."""

    title: str
    version: str
    summary: str
    areas: Mapping[str, Area]
    topics: Mapping[str, Topic]
    paths: Mapping[str, LearningPath]
    papers: Mapping[str, Paper]
    resources: Mapping[str, Resource]
    questions: Mapping[str, Question]
    comparisons: Mapping[str, Comparison]
    exercises: Mapping[str, ExerciseSheet]
    answers: Mapping[str, ModelAnswer]
    items: ItemBank
    backgrounds: Mapping[str, Background]
    goals: tuple[Goal, ...]
    graph: Graph[Skill]
    reasons: Mapping[tuple[Skill, Skill], str]
    entries: Mapping[str, Entry]
    names: Mapping[str, str]

    def resolve(self, text: str) -> Entry | None:
        """The entry with this id, alias or title, or None. Case, spaces and punctuation do not matter."""
        entry = self.entries.get(text)
        if entry is not None:
            return entry
        if "@" in text:
            return self._skill_entry(text)
        return self.entries.get(self.names.get(folded(text), ""))

    def _skill_entry(self, text: str) -> Entry | None:
        name, _, level = text.strip().rpartition("@")
        owner = self.resolve(name) if name else None
        if owner is None or level.lower() not in {lv.value for lv in LEVELS}:
            return None
        topic_id = owner.within if owner.kind is Kind.SECTION else owner.id
        topic = self.topics.get(topic_id)
        chosen = Level(level.lower())
        if topic is None or chosen not in topic.levels:
            return None
        return Entry(Kind.SKILL, f"{topic.id}@{chosen.value}", topic.title, within=topic.id)

    def phase(self, phase_id: str) -> Phase | None:
        """The phase with this id, in whichever path it stands."""
        entry = self.entries.get(phase_id)
        if entry is None or entry.kind is not Kind.PHASE:
            return None
        return next(p for p in self.paths[entry.within].phases if p.id == phase_id)

    def track(self, track_id: str) -> Track | None:
        """The track with this id, in whichever path it stands."""
        entry = self.entries.get(track_id)
        if entry is None or entry.kind is not Kind.TRACK:
            return None
        return next(t for t in self.paths[entry.within].tracks if t.id == track_id)

    def section(self, section_id: str) -> Section | None:
        """The section with this id, on whichever page it stands."""
        entry = self.entries.get(section_id)
        if entry is None or entry.kind is not Kind.SECTION:
            return None
        return next(s for s in self.topics[entry.within].sections if s.id == section_id)

    def topics_of(self, area_id: str) -> tuple[Topic, ...]:
        """The topics of an area and of all areas within it, in learning order."""
        inside = self.areas_within(area_id)
        return tuple(topic for topic in self.topics.values() if topic.area in inside)

    def areas_within(self, area_id: str) -> frozenset[str]:
        """An area and all areas within it, directly or not."""
        inside = {area_id}
        while True:
            more = {a.id for a in self.areas.values() if a.within in inside} - inside
            if not more:
                return frozenset(inside)
            inside |= more

    def hours_of(self, area_id: str) -> tuple[float, float]:
        """Hours (refresher, from scratch) of an area: the sum of its topics."""
        spans = [topic.hours for topic in self.topics_of(area_id)]
        return sum(low for low, _ in spans), sum(high for _, high in spans)

    def hours_of_skill(self, skill: Skill) -> tuple[float, float]:
        """Hours (refresher, from scratch) of one skill."""
        return self.topics[skill.topic].levels[skill.level].hours


def folded(text: str) -> str:
    """A name without case, accents, punctuation or spaces: `KV-cache`, `KV cache` and `kv cache` are one."""
    return "".join(c for c in normalize("NFKD", text).casefold() if c.isalnum())


def read_only(mapping: Mapping[K, V]) -> Mapping[K, V]:
    """The same mapping, not to be changed."""
    return MappingProxyType(dict(mapping))
