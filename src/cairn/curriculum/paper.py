"""A paper, and the skills needed to read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from cairn.curriculum.fields import Line, Text, Url, closed
from cairn.curriculum.skill import Skill


@closed
@dataclass(frozen=True, slots=True)
class Paper:
    """One paper. The fields up to `teaches` are what the file says."""

    title: Annotated[Line, Field(description="The paper's title as printed.")]
    authors: Annotated[tuple[Line, ...], Field(min_length=1, description="Authors in the printed order.")]
    year: Annotated[int, Field(ge=1600, le=2100, description="Year of publication.")]
    summary: Annotated[Text, Field(description="One sentence in our words on what it contributes.")]
    venue: Annotated[Line | None, Field(description="Conference, journal or archive.")] = None
    url: Annotated[Url | None, Field(description="Where to read it.")] = None
    needs: Annotated[tuple[Skill, ...], Field(description="Skills a reader needs: the paper as a goal.")] = ()
    teaches: Annotated[tuple[Skill, ...], Field(description="Skills it is a source for.")] = ()
    id: SkipJsonSchema[str] = ""
    file: SkipJsonSchema[str] = ""
