"""Field types that several kinds of file share. Their descriptions become the documented schema."""

from __future__ import annotations

from types import MappingProxyType
from typing import Annotated, Any

from annotated_types import Ge, Le, MaxLen, MinLen
from pydantic import AfterValidator, ConfigDict, Field, HttpUrl, TypeAdapter, with_config

from cairn.curriculum.skill import ID_PATTERN

Id = Annotated[str, Field(pattern=f"^{ID_PATTERN}$", max_length=80)]
Text = Annotated[str, MinLen(1), MaxLen(2000)]
Line = Annotated[str, MinLen(1), MaxLen(300)]
Hours = Annotated[float, Ge(0), Le(1000), Field(allow_inf_nan=False)]
Count = Annotated[int, Ge(0), Le(100_000)]

closed = with_config(ConfigDict(extra="forbid"))
"""Class decorator: a file that says a key this type does not have is an error, never ignored."""

Frozen = AfterValidator(MappingProxyType)
"""Makes a validated mapping read-only, so that a loaded curriculum cannot be changed."""

_URL = TypeAdapter(HttpUrl)


def nothing() -> MappingProxyType[Any, Any]:
    """An empty read-only mapping, as a default."""
    return MappingProxyType({})


def _ordered(span: tuple[float, float]) -> tuple[float, float]:
    low, high = span
    if low > high:
        msg = f"the first number ({low:g}) is larger than the second ({high:g})"
        raise ValueError(msg)
    return span


def _web_address(text: str) -> str:
    _URL.validate_python(text)
    return text


Span = Annotated[tuple[Hours, Hours], AfterValidator(_ordered)]
Url = Annotated[
    str, MaxLen(500), AfterValidator(_web_address), Field(json_schema_extra={"format": "uri", "minLength": 1})
]
