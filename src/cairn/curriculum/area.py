"""The file at the root of a curriculum: its title, its areas in order, and kinds of background."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from cairn.curriculum.fields import Frozen, Id, Line, Text, closed, nothing
from cairn.curriculum.skill import Skill

FORMAT = 1


@closed
@dataclass(frozen=True, slots=True)
class Area:
    """A field of knowledge: a set of topics. An area may lie within a wider one."""

    title: Annotated[Line, Field(description="Its name.")]
    summary: Annotated[Text, Field(description="One sentence on what it is about.")]
    within: Annotated[Id | None, Field(description="The wider area it is a part of.")] = None
    aliases: Annotated[tuple[Line, ...], Field(description="Other names.")] = ()
    id: SkipJsonSchema[str] = ""


@closed
@dataclass(frozen=True, slots=True)
class Background:
    """What a kind of person brings along.

    Attributes:
        knows: skills they certainly have; everything these require is taken as known too.
        seen: areas they have met before, so that the refresher end of the hours applies.
    """

    title: Annotated[Line, Field(description="Its name.")]
    summary: Annotated[Text, Field(description="Who this is.")]
    knows: Annotated[tuple[Skill, ...], Field(description="Skills such a person certainly has.")] = ()
    seen: Annotated[
        tuple[Id, ...], Field(description="Areas they met before: refresher hours apply there.")
    ] = ()
    id: SkipJsonSchema[str] = ""


@closed
@dataclass(frozen=True, slots=True)
class Goal:
    """A suggestion for the first screen."""

    target: Annotated[Id, Field(description="Id of a topic, path, phase, question or paper.")]
    label: Annotated[Line, Field(description="What a person would say: read the attention paper.")]


@closed
@dataclass(frozen=True, slots=True)
class CurriculumFile:
    """What `curriculum.yaml` says."""

    format: Annotated[int, Field(ge=1, description=f"Version of the file format; this one is {FORMAT}.")]
    title: Annotated[Line, Field(description="The curriculum's name.")]
    version: Annotated[Line, Field(description="The curriculum's own version.")]
    areas: Annotated[
        Mapping[Id, Area], Field(min_length=1, description="Areas by id, in learning order."), Frozen
    ]
    summary: Annotated[Text | None, Field(description="One sentence on what it covers.")] = None
    backgrounds: Annotated[
        Mapping[Id, Background], Frozen, Field(description="Kinds of background by id.")
    ] = field(default_factory=nothing)
    goals: Annotated[tuple[Goal, ...], Field(description="Goals offered on the first screen.")] = ()
