"""A book, course, video, tool, model, person or place: anything a learner is pointed to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from cairn.curriculum.fields import Frozen, Id, Line, Text, Url, closed, nothing


@closed
@dataclass(frozen=True, slots=True)
class Resource:
    """One resource. Its kind is the name of the file it stands in."""

    title: Annotated[Line, Field(description="Its title or name.")]
    note: Annotated[Text, Field(description="One sentence on what it is good for, and for whom.")]
    by: Annotated[tuple[Line, ...], Field(description="Authors, lecturers or makers.")] = ()
    year: Annotated[int | None, Field(ge=1600, le=2100, description="Year, where certain.")] = None
    url: Annotated[Url | None, Field(description="The official page.")] = None
    teaches: Annotated[
        Mapping[Id, Line],
        Frozen,
        Field(description="Id of a topic, section or area, and the exact place: chapter, lecture, section."),
    ] = field(default_factory=nothing)
    members: Annotated[
        tuple[Id, ...], Field(description="For a collection: ids of its papers or resources.")
    ] = ()
    id: SkipJsonSchema[str] = ""
    kind: SkipJsonSchema[str] = ""
    file: SkipJsonSchema[str] = ""


@closed
@dataclass(frozen=True, slots=True)
class ResourceFile:
    """What a file in `resources/` says."""

    resources: Annotated[Mapping[Id, Resource], Frozen, Field(description="Resources by id.")]
