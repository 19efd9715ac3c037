"""A path: an ordered set of target skills, in phases or steps, with its rules as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from cairn.curriculum.fields import Count, Frozen, Hours, Id, Line, Span, Text, closed, nothing
from cairn.curriculum.skill import Skill


class PathKind(StrEnum):
    """The shape of a path."""

    SEQUENCE = "sequence"
    TIMELINE = "timeline"
    PHASES = "phases"
    MINI_PATH = "mini-path"
    CADENCE = "cadence"
    RULES = "rules"
    CHECKLIST = "checklist"


@closed
@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path."""

    title: Annotated[Line, Field(description="What the step is about.")]
    targets: Annotated[
        tuple[Skill, ...], Field(description="Skills to reach, at the depth the path asks.")
    ] = ()
    when: Annotated[Line | None, Field(description="When, in the source's words: weeks 1-2.")] = None
    hours: Annotated[Span | None, Field(description="Hours [low, high] the path gives it.")] = None
    goal: Annotated[Text | None, Field(description="What should be true at its end.")] = None
    practices: Annotated[tuple[Id, ...], Field(description="Things to do.")] = ()
    resources: Annotated[tuple[Id, ...], Field(description="Resources and papers to use.")] = ()
    questions: Annotated[tuple[Id, ...], Field(description="Questions to answer.")] = ()
    optional: Annotated[bool, Field(description="Whether the path lets you leave it out.")] = False
    skip: Annotated[Text | None, Field(description="What the path says to skip here, and why.")] = None
    notes: Annotated[Text | None, Field(description="What else is worth knowing.")] = None


@closed
@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The gate at the end of a phase."""

    questions: Annotated[tuple[Id, ...], Field(description="Questions to pass.")] = ()
    criteria: Annotated[tuple[Text, ...], Field(description="Measurable thresholds.")] = ()
    exercises: Annotated[
        Mapping[Id, tuple[Id, ...]],
        Frozen,
        Field(
            description="For a question that code answers, the exercises of which one accepted answers it."
        ),
    ] = field(default_factory=nothing)
    repairs: Annotated[
        tuple[tuple[Skill, ...], ...],
        Field(
            description="For each criterion in order, the skills to go over again when it is not met; none where "
            "it speaks of all questions together."
        ),
    ] = ()
    if_yes: Annotated[Text | None, Field(description="What to do when it is passed.")] = None
    if_no: Annotated[Text | None, Field(description="What to do when it is not.")] = None
    note: Annotated[Text | None, Field(description="What else is worth knowing.")] = None


@closed
@dataclass(frozen=True, slots=True)
class Phase:
    """A part of a path, closed by a checkpoint."""

    id: Annotated[Id, Field(description="Its own id: a phase can be a goal.")]
    title: Annotated[Line, Field(description="What the phase is about.")]
    steps: Annotated[tuple[Step, ...], Field(min_length=1, description="Its steps in order.")]
    goal: Annotated[Text | None, Field(description="What should be true at its end.")] = None
    weeks: Annotated[Span | None, Field(description="Its length in weeks [low, high].")] = None
    daily_hours: Annotated[Span | None, Field(description="Hours a day [low, high] it asks for.")] = None
    ongoing: Annotated[bool, Field(description="Whether it has no end of its own.")] = False
    checkpoint: Annotated[Checkpoint | None, Field(description="The gate at its end.")] = None
    notes: Annotated[Text | None, Field(description="What else is worth knowing.")] = None

    @property
    def targets(self) -> tuple[Skill, ...]:
        """All skills its steps ask for, each once, in order."""
        return tuple(dict.fromkeys(skill for step in self.steps for skill in step.targets))


@closed
@dataclass(frozen=True, slots=True)
class Rule:
    """A rule about time, mix or order, with its numbers as data."""

    rule: Annotated[Text, Field(description="The rule in one sentence.")]
    hours_per_day: Annotated[Span | None, Field(description="The daily hours it is about.")] = None
    factor: Annotated[Hours | None, Field(description="What it multiplies durations by.")] = None
    weeks: Annotated[Span | None, Field(description="The weeks it gives.")] = None
    months: Annotated[Span | None, Field(description="The months it gives.")] = None
    coding: Annotated[float | None, Field(ge=0, le=1, description="Share of time spent doing.")] = None
    reading: Annotated[float | None, Field(ge=0, le=1, description="Share of time spent reading.")] = None
    watching: Annotated[float | None, Field(ge=0, le=1, description="Share of time spent watching.")] = None
    projects: Annotated[float | None, Field(ge=0, le=1, description="Share learned from projects.")] = None
    from_week: Annotated[Count | None, Field(description="The week from which it holds.")] = None
    papers_per_week: Annotated[Span | None, Field(description="Papers a week [low, high].")] = None
    papers: Annotated[Span | None, Field(description="Papers in all [low, high].")] = None
    phases: Annotated[Span | None, Field(description="The phases [first, last] it holds for.")] = None
    choose: Annotated[Count | None, Field(description="How many of the offered things to choose.")] = None
    targets: Annotated[tuple[Skill, ...], Field(description="Skills it is about.")] = ()
    practices: Annotated[tuple[Id, ...], Field(description="Things to do.")] = ()
    resources: Annotated[tuple[Id, ...], Field(description="Resources and papers it names.")] = ()
    note: Annotated[Text | None, Field(description="What else is worth knowing.")] = None


@closed
@dataclass(frozen=True, slots=True)
class Track:
    """Weekly work beside the main line."""

    id: Annotated[Id, Field(description="Its own id.")]
    title: Annotated[Line, Field(description="What the track is about.")]
    weekly_minutes: Annotated[Span | None, Field(description="Minutes a week [low, high].")] = None
    targets: Annotated[tuple[Skill, ...], Field(description="Skills it trains.")] = ()
    rules: Annotated[tuple[Rule, ...], Field(description="When and how much.")] = ()
    practices: Annotated[tuple[Id, ...], Field(description="Things to do.")] = ()
    resources: Annotated[tuple[Id, ...], Field(description="Resources and papers to use.")] = ()


@closed
@dataclass(frozen=True, slots=True)
class AssessmentList:
    """Questions to ask oneself after a phase."""

    after_phase: Annotated[Count, Field(description="Number of the phase, from 1.")]
    questions: Annotated[tuple[Id, ...], Field(min_length=1, description="The questions.")]


@closed
@dataclass(frozen=True, slots=True)
class LearningPath:
    """A way through the curriculum. The fields up to `lists` are what the file says."""

    title: Annotated[Line, Field(description="Its name.")]
    summary: Annotated[Text, Field(description="For whom it is, and what it gives.")]
    kind: Annotated[PathKind, Field(description="Its shape.")]
    origin: Annotated[Id | None, Field(description="The roadmap it comes from.")] = None
    assumes: Annotated[Text | None, Field(description="What it takes for granted.")] = None
    total_weeks: Annotated[Span | None, Field(description="The length it states, in weeks.")] = None
    notes: Annotated[tuple[Text, ...], Field(description="Contradictions of the source, said plainly.")] = ()
    phases: Annotated[tuple[Phase, ...], Field(description="Its phases in order.")] = ()
    steps: Annotated[tuple[Step, ...], Field(description="Its steps in order, where it has no phases.")] = ()
    rules: Annotated[tuple[Rule, ...], Field(description="Its rules.")] = ()
    tracks: Annotated[tuple[Track, ...], Field(description="Work beside the main line.")] = ()
    lists: Annotated[tuple[AssessmentList, ...], Field(description="Self-assessment after phases.")] = ()
    id: SkipJsonSchema[str] = ""
    file: SkipJsonSchema[str] = ""

    @property
    def all_steps(self) -> Iterator[Step]:
        """All steps, whether in phases or not, in order."""
        yield from self.steps
        for phase in self.phases:
            yield from phase.steps

    @property
    def targets(self) -> tuple[Skill, ...]:
        """All skills the path asks for, each once, in order."""
        return tuple(dict.fromkeys(skill for step in self.all_steps for skill in step.targets))
