"""A model answer to a question: the answer itself, a rubric to grade one's own by, wrong answers, follow-ups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from cairn.curriculum.fields import Text, closed

_SEE = "The page section to read, as topic#section."

PLACE = r"^[a-z0-9.-]+#[a-z0-9.-]+$"
CODE = r"^exercises/[a-z0-9-]+/[a-z_]+\.py#[A-Za-z_][A-Za-z0-9_]*$"

Place = Annotated[str, Field(pattern=PLACE, max_length=160)]


@closed
@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing a good answer does, with what it looks like whole, in part, and missing."""

    point: Annotated[Text, Field(description="What is looked for, in a phrase.")]
    full: Annotated[Text, Field(description="What earns it in full.")]
    partial: Annotated[Text, Field(description="What earns half of it.")]
    none: Annotated[Text, Field(description="What earns nothing.")]
    see: Annotated[Place, Field(description=_SEE)]
    weight: Annotated[int, Field(ge=1, le=3, description="How much it counts: 1, 2 or 3.")] = 1


@closed
@dataclass(frozen=True, slots=True)
class CommonMistake:
    """A wrong answer that many give."""

    says: Annotated[Text, Field(description="The wrong answer, as people give it.")]
    because: Annotated[Text, Field(description="Why it is wrong.")]
    see: Annotated[Place | None, Field(description=_SEE)] = None


@closed
@dataclass(frozen=True, slots=True)
class FollowUp:
    """The question after the question, which asks when it fails."""

    ask: Annotated[Text, Field(description="When does it fail? A question.")]
    answer: Annotated[Text, Field(description="The short answer.")]
    see: Annotated[Place, Field(description=_SEE)]


@closed
@dataclass(frozen=True, slots=True)
class ModelAnswer:
    """What `answer.md` says: the front matter, and as its body the model answer."""

    rubric: Annotated[
        tuple[Criterion, ...], Field(min_length=3, max_length=6, description="What a good answer does.")
    ]
    wrong: Annotated[tuple[CommonMistake, ...], Field(min_length=1, description="Common wrong answers.")]
    fails: Annotated[FollowUp, Field(description="When does it fail, and the answer.")]
    then: Annotated[Text | None, Field(description="The short answer to the question's `follow_up`.")] = None
    minutes: Annotated[
        float, Field(gt=0, le=10, description="Minutes that saying the answer takes; 3 unless given.")
    ] = 3.0
    code: Annotated[
        str | None,
        Field(
            pattern=CODE, description="A function that belongs to the answer, as exercises/ID/FILE.py#NAME."
        ),
    ] = None
    id: SkipJsonSchema[str] = ""
    body: SkipJsonSchema[str] = ""
    file: SkipJsonSchema[str] = ""
