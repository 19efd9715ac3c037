"""Read what a browser sends, within bounds."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.requests import Request

MAX_FORM = 64_000
MAX_FIELDS = 200


class BadFormError(ValueError):
    """Raised when a form is too large or not text."""


async def form(request: Request, most: int = MAX_FORM) -> Mapping[str, str]:
    """The fields of a small form; of a repeated field the last.

    Raises:
        BadFormError: it is larger than `most` bytes or not UTF-8.
    """
    return dict(await pairs(request, most))


async def pairs(request: Request, most: int = MAX_FORM) -> list[tuple[str, str]]:
    """The fields of a small form, in order, with those that are repeated.

    Raises:
        BadFormError: it is larger than `most` bytes, has too many fields, or is not UTF-8.
    """
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            message = "the form is too large"
            raise BadFormError(message)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        message = "the form is not UTF-8"
        raise BadFormError(message) from None
    try:
        return parse_qsl(text, keep_blank_values=True, max_num_fields=MAX_FIELDS)
    except ValueError:
        message = "the form has too many fields"
        raise BadFormError(message) from None


def way_back(text: str) -> str:
    """A path on this server to return to; anything else becomes the start page."""
    inside = text.startswith("/") and not text.startswith(("//", "/\\")) and "\\" not in text
    return text if inside and text.isprintable() else "/"
