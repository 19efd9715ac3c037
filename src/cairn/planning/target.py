"""What a person wants: from what they say to the skills it takes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cairn.curriculum import Curriculum, Entry, Kind, Level, Skill
from cairn.curriculum.topic import Topic


class UnknownTargetError(LookupError):
    """Raised when a text names nothing that can be a goal. `text` is what was asked."""

    def __init__(self, text: str, reason: str = "nothing in the curriculum has this name") -> None:
        super().__init__(f"{text!r}: {reason}")
        self.text, self.reason = text, reason


@dataclass(frozen=True, slots=True)
class Target:
    """A goal: its entry and the skills that reach it."""

    entry: Entry
    skills: tuple[Skill, ...]


def resolve_target(curriculum: Curriculum, text: str, level: Level | None = None) -> Target:
    """The goal that a text names: a topic, skill, section, area, path, phase, question, paper or resource.

    Args:
        curriculum: where to look.
        text: an id, a title, an alias, or `topic@level`.
        level: how deep a topic is wanted where the text does not say; `use` unless given. A topic that is
            not that deep is wanted as deep as it goes. For paths, questions and papers, whose skills have
            their own depth, a given level is a ceiling.

    Raises:
        UnknownTargetError: nothing has this name, or it asks for no skills.
    """
    entry = curriculum.resolve(text)
    if entry is None:
        raise UnknownTargetError(text)
    skills = tuple(s for s in _skills(curriculum, entry, level) if s in curriculum.graph.position)
    if not skills:
        raise UnknownTargetError(text, f"this {entry.kind.value} asks for no skills, so it cannot be a goal")
    return Target(entry, tuple(dict.fromkeys(skills)))


def _skills(curriculum: Curriculum, entry: Entry, level: Level | None) -> Iterable[Skill]:  # noqa: PLR0911
    match entry.kind:
        case Kind.SKILL:
            return [Skill.parse(entry.id)]
        case Kind.TOPIC:
            return [_at(curriculum.topics[entry.id], level or Level.USE)]
        case Kind.SECTION:
            return [_at(curriculum.topics[entry.within], level or Level.USE)]
        case Kind.AREA:
            return [_at(topic, level or Level.USE) for topic in curriculum.topics_of(entry.id)]
        case Kind.PATH:
            return _capped(curriculum, curriculum.paths[entry.id].targets, level)
        case Kind.PHASE:
            phase = curriculum.phase(entry.id)
            return _capped(curriculum, phase.targets if phase else (), level)
        case Kind.QUESTION:
            return _capped(curriculum, curriculum.questions[entry.id].targets, level)
        case Kind.EXERCISE:
            return _capped(curriculum, curriculum.exercises[entry.id].skills, level)
        case Kind.PAPER:
            return _capped(curriculum, curriculum.papers[entry.id].needs, level)
        case Kind.COMPARISON:
            sides = curriculum.comparisons[entry.id].sides
            return _capped(curriculum, [s for side in sides for s in side.targets], level)
        case Kind.TRACK:
            track = curriculum.track(entry.id)
            return _capped(curriculum, track.targets if track else (), level)
        case Kind.RESOURCE:
            return []


def _at(topic: Topic, level: Level) -> Skill:
    """The topic as deep as wanted, or as deep as it goes; at its shallowest where it has nothing so shallow."""
    reached = [skill for skill in topic.skills if skill.level.depth <= level.depth]
    return reached[-1] if reached else topic.skills[0]


def _capped(curriculum: Curriculum, skills: Iterable[Skill], level: Level | None) -> list[Skill]:
    found = [s for s in skills if s in curriculum.graph.position]
    if level is None:
        return found
    return [_at(curriculum.topics[s.topic], min(s.level, level, key=lambda lv: lv.depth)) for s in found]
