"""A question on which roadmaps disagree, with the sides and what each costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from cairn.curriculum.fields import Id, Line, Text, closed
from cairn.curriculum.skill import Skill


@closed
@dataclass(frozen=True, slots=True)
class Side:
    """What one path says."""

    path: Annotated[Id, Field(description="The path that says it.")]
    says: Annotated[Text, Field(description="Its position in one sentence.")]
    targets: Annotated[
        tuple[Skill, ...], Field(description="The skills that position asks for; may be none.")
    ] = ()


@closed
@dataclass(frozen=True, slots=True)
class Comparison:
    """A dispute. The fields up to `advice` are what the file says."""

    title: Annotated[Line, Field(description="The dispute as a headline.")]
    question: Annotated[Text, Field(description="The dispute as one question.")]
    sides: Annotated[tuple[Side, ...], Field(min_length=2, description="The positions.")]
    advice: Annotated[Text, Field(description="For which goal which side is right.")]
    id: SkipJsonSchema[str] = ""
    file: SkipJsonSchema[str] = ""
