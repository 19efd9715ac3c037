"""A topic: one thing to learn, at up to three levels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from cairn.curriculum.fields import Frozen, Id, Line, Span, closed, nothing
from cairn.curriculum.skill import LEVELS, Level, Skill


class Status(StrEnum):
    """How far a page has come: on the map only, written, or written and checked throughout."""

    OUTLINE = "outline"
    DRAFT = "draft"
    COMPLETE = "complete"


class Role(StrEnum):
    """What a source is good for."""

    CANONICAL = "canonical"
    INTUITION = "intuition"
    PROOF = "proof"
    PRACTICE = "practice"
    HISTORY = "history"
    CRITIQUE = "critique"


@closed
@dataclass(frozen=True, slots=True)
class Depth:
    """One level of a topic: what it costs and what it gives.

    Attributes:
        hours: focused hours (refresher, from scratch) for this level on top of the level before.
        can: completes the sentence "you can ...".
    """

    hours: Annotated[
        Span,
        Field(description="Focused hours [refresher, from scratch] for this level on top of the one before."),
    ]
    can: Annotated[Line, Field(description='Completes the sentence "you can ...".')]


@closed
@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a resource or paper that a topic rests on."""

    of: Annotated[Id, Field(description="Id of a resource or a paper.")]
    role: Annotated[Role, Field(description="What this source is good for.")]
    at: Annotated[Line, Field(description="The exact place: chapter, section, lecture, theorem.")]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page that can be found and linked by its own id."""

    id: str
    title: str
    topic: str
    line: int = 0


Reasons = Annotated[Mapping[Skill, Line], Frozen]
Weights = Annotated[Mapping[Skill, Annotated[float, Field(gt=0, le=1, allow_inf_nan=False)]], Frozen]


@closed
@dataclass(frozen=True, slots=True)
class Topic:
    """One thing to learn. The fields up to `status` are what `topic.md` says in its front matter."""

    title: Annotated[Line, Field(description="The usual name of the topic in the field, in sentence case.")]
    summary: Annotated[
        str, Field(min_length=1, max_length=160, description="One line: why a person learns it.")
    ]
    levels: Annotated[
        Mapping[Level, Depth],
        Field(
            min_length=1,
            description="The levels that make sense for this topic, from `recognise` on, without a hole.",
        ),
        Frozen,
    ]
    status: Annotated[
        Status,
        Field(
            description="`outline` while there is no page, `draft`, "
            "or `complete` once every section is written and checked."
        ),
    ]
    aliases: Annotated[
        tuple[Line, ...],
        Field(description="Other names people search for. Unique over the curriculum."),
    ] = ()
    requires: Annotated[
        Mapping[Level, Reasons],
        Frozen,
        Field(description="For each own level: the skills that must be known before, each with the reason."),
    ] = field(default_factory=nothing)
    contains: Annotated[
        Mapping[Level, Weights],
        Frozen,
        Field(
            description="For each own level: the skills that practising it practises too, with a weight in (0, 1]."
        ),
    ] = field(default_factory=nothing)
    sources: Annotated[
        tuple[Citation, ...],
        Field(description="Where the page's statements come from, with the exact place."),
    ] = ()
    skip_unless: Annotated[
        Line | None, Field(description='Completes "skip this unless ...", for topics most people can leave.')
    ] = None
    id: SkipJsonSchema[str] = ""
    area: SkipJsonSchema[str] = ""
    body: SkipJsonSchema[str] = ""
    sections: SkipJsonSchema[tuple[Section, ...]] = ()
    file: SkipJsonSchema[str] = ""

    @property
    def skills(self) -> tuple[Skill, ...]:
        """The topic's skills, shallowest first."""
        return tuple(Skill(self.id, level) for level in LEVELS if level in self.levels)

    @property
    def deepest(self) -> Level:
        """The deepest level this topic has."""
        return self.skills[-1].level

    @property
    def hours(self) -> tuple[float, float]:
        """Hours (refresher, from scratch) for all levels together."""
        spans = [depth.hours for depth in self.levels.values()]
        return sum(low for low, _ in spans), sum(high for _, high in spans)
