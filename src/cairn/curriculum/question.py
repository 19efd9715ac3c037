"""A question a learner should be able to answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from cairn.curriculum.fields import Frozen, Id, Text, closed
from cairn.curriculum.skill import Skill


class AnswerKind(StrEnum):
    """The form a good answer takes."""

    STATEMENT = "statement"
    EXPLANATION = "explanation"
    DERIVATION = "derivation"
    CODE = "code"
    NUMBER = "number"
    CHOICE = "choice"
    SELF_REPORT = "self-report"


@closed
@dataclass(frozen=True, slots=True)
class Question:
    """One question, with the skills that answering it takes."""

    ask: Annotated[Text, Field(description="The question.")]
    kind: Annotated[tuple[AnswerKind, ...], Field(min_length=1, description="The form of a good answer.")]
    targets: Annotated[tuple[Skill, ...], Field(min_length=1, description="The skills an answer takes.")]
    key: Annotated[Text | None, Field(description="The short answer.")] = None
    follow_up: Annotated[Text | None, Field(description="What a good examiner asks next.")] = None
    id: SkipJsonSchema[str] = ""
    group: SkipJsonSchema[str] = ""
    file: SkipJsonSchema[str] = ""


@closed
@dataclass(frozen=True, slots=True)
class QuestionFile:
    """What a file in `questions/` says."""

    questions: Annotated[Mapping[Id, Question], Frozen, Field(description="Questions by id.")]
