"""Answers that hold for every address: nothing there, not that way, too much at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Match, Route

from cairn.web.reception import RETRY_AFTER_S, BusyError
from cairn.web.templating import page

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")


def handlers() -> Mapping[Any, Any]:
    """By status or error."""
    return {404: missing, 405: not_that_way, BusyError: busy, HTTPException: plain}


def missing(request: Request, _: Exception) -> Response:
    """Nothing stands at this address."""
    text = "The address may be mistyped, or the page was renamed. Nothing you saved is affected."
    return _answer(
        request, 404, "Nothing stands here", text, f"{request.url.path}: the API has no such address"
    )


def not_that_way(request: Request, _: Exception) -> Response:
    """The address is right, the method is not; says which are."""
    allowed = sorted({m for r in request.app.routes for m in _methods(r, request)}, key=METHODS.index)
    text = f"This address answers only to {' and '.join(allowed)}. Nothing was changed."
    answer = _answer(request, 405, "Not that way", text, text)
    answer.headers["allow"] = ", ".join(allowed)
    return answer


def busy(request: Request, error: Exception) -> Response:
    """So much waits that no more is taken."""
    text = f"{error}. Nothing was kept: go back, and hand your code in again in a moment."
    answer = _answer(request, 503, "Too much is waiting", text, str(error))
    answer.headers["retry-after"] = str(RETRY_AFTER_S)
    return answer


def plain(request: Request, error: HTTPException) -> Response:
    """Any other refusal."""
    return _answer(request, error.status_code, error.detail, "Nothing was changed.", error.detail)


def _methods(route: BaseRoute, request: Request) -> set[str]:
    """The methods with which a route answers at the request's address."""
    matched = route.matches(dict(request.scope))[0] is not Match.NONE
    return set(route.methods or ()) if matched and isinstance(route, Route) else set()


def _answer(request: Request, status: int, heading: str, text: str, short: str) -> Response:
    """A document for programs, a page for people."""
    if request.url.path.startswith("/api/"):
        return JSONResponse({"format": 1, "error": short}, status_code=status)
    return page(request, "error.html", status=status, heading=heading, text=text)
