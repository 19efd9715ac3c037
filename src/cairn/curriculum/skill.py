"""Levels and skills: how deep, and what."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Any, NamedTuple

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

ID_PATTERN = r"[a-z0-9]+(?:[-.][a-z0-9]+)*"
_ID = re.compile(ID_PATTERN)
_SKILL = re.compile(rf"(?P<topic>{ID_PATTERN})@(?P<level>[a-z]+)")


class Level(StrEnum):
    """How deep a topic is known. Each level includes the ones before it."""

    RECOGNISE = "recognise"
    USE = "use"
    DERIVE = "derive"

    @property
    def depth(self) -> int:
        """0 for recognise, 1 for use, 2 for derive."""
        return _DEPTH[self]

    @property
    def stars(self) -> str:
        """The star rating that public roadmaps give this depth, out of five."""
        return {"recognise": "1–2", "use": "3–4", "derive": "5"}[self.value]

    @property
    def glyph(self) -> str:
        """The circle that stands for this depth wherever a level is drawn."""
        return {"recognise": "○", "use": "◐", "derive": "●"}[self.value]

    @classmethod
    def up_to(cls, level: Level) -> tuple[Level, ...]:
        """All levels from the shallowest to `level`, in order."""
        return LEVELS[: level.depth + 1]


LEVELS: tuple[Level, ...] = tuple(Level)
_DEPTH = {level: depth for depth, level in enumerate(LEVELS)}


class SkillSyntaxError(ValueError):
    """Raised when a text does not have the form `topic@level`."""


class Skill(NamedTuple):
    """A topic at a level, written `singular-value-decomposition@use`. The node of every graph."""

    topic: str
    level: Level

    def __str__(self) -> str:
        return f"{self.topic}@{self.level.value}"

    @classmethod
    def parse(cls, text: str) -> Skill:
        """Read `topic@level`.

        Raises:
            SkillSyntaxError: the text has another form or names an unknown level.
        """
        match = _SKILL.fullmatch(text)
        if match is None:
            msg = f"{text!r} is not a skill; write topic@level, for example softmax@use"
            raise SkillSyntaxError(msg)
        level = match["level"]
        if level not in _LEVEL_NAMES:
            msg = f"{text!r} has the unknown level {level!r}; the levels are {', '.join(LEVELS)}"
            raise SkillSyntaxError(msg)
        return cls(match["topic"], Level(level))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: type[Any], handler: GetCoreSchemaHandler) -> CoreSchema:
        """Validate from the written form, so that files can say `softmax@use`."""
        return core_schema.no_info_plain_validator_function(
            cls._validate, serialization=core_schema.to_string_ser_schema()
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """The JSON schema of the written form."""
        levels = "|".join(LEVELS)
        return {"type": "string", "pattern": f"^{ID_PATTERN}@({levels})$"}

    @classmethod
    def _validate(cls, value: object) -> Skill:
        if isinstance(value, Skill):
            return value
        if not isinstance(value, str):
            msg = f"{value!r} is not a skill; write topic@level, for example softmax@use"
            raise SkillSyntaxError(msg)
        return cls.parse(value)


_LEVEL_NAMES = frozenset(level.value for level in LEVELS)


def is_id(text: str) -> bool:
    """Whether `text` is a valid id: lower-case words and digits joined by hyphens or dots."""
    return _ID.fullmatch(text) is not None


def slug(text: str) -> str:
    """The id-like form of a name: `KL divergence` becomes `kl-divergence`."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
