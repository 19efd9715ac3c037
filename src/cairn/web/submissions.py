"""Handing code in and asking for its verdict, for programs: the same queue as the page's."""

from __future__ import annotations

import json
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from cairn.store.submissions import Submission
from cairn.study import kinds
from cairn.study.errors import CodeTooLongError, MissingLibraryError, UnknownExerciseError
from cairn.study.practice import Practice
from cairn.web.reception import RETRY_AFTER_S, BusyError, Reception

MAX_BODY = 800_000  # MAX_CODE characters, escaped
LONGEST_WAIT_S = 30.0


def routes() -> list[Route]:
    """All routes of submissions."""
    return [
        Route("/api/practice/{id}", hand_in, methods=["POST"]),
        Route("/api/submissions/{number:int}", look, methods=["GET"]),
    ]


async def hand_in(request: Request) -> Response:
    """`POST /api/practice/ID` with `{"code": ..., "hints": 0}`: 202 and its number once it is kept."""
    body = await _body(request)
    code, hints = body.get("code"), body.get("hints", 0)
    if not isinstance(code, str) or not isinstance(hints, int) or isinstance(hints, bool):
        return _refusal(400, 'the body is {"code": text, "hints": number}')
    practice: Practice = request.app.state.app.practice()
    reception: Reception = request.app.state.reception
    try:
        exercise = practice.exercise(request.path_params["id"])
        if practice.lacking(exercise):
            raise MissingLibraryError(practice.lacking(exercise), kinds.install(exercise.runtime))
        most = len(exercise.sheet.hints)
        number = await reception.hand_in(practice, request.path_params["id"], code, max(0, min(hints, most)))
    except UnknownExerciseError as error:
        return _refusal(404, str(error))
    except MissingLibraryError as error:
        return _refusal(422, f"{error}; {error.hint}")
    except CodeTooLongError as error:
        return _refusal(413, str(error))
    except BusyError as error:
        return _refusal(503, str(error), {"retry-after": str(RETRY_AFTER_S)})
    place = f"/api/submissions/{number}"
    document = {"format": 1, "submission": number, "state": "queued", "href": place}
    return JSONResponse(document, status_code=202, headers={"location": place})


async def look(request: Request) -> Response:
    """`GET /api/submissions/NUMBER?wait=SECONDS`: where it is, and its verdict once it is judged."""
    practice: Practice = request.app.state.app.practice()
    number = request.path_params["number"]
    found = practice.submissions.get(number) if number < 2**31 else None
    if found is None or found.person != practice.desk.person_id:
        return _refusal(404, f"there is no submission {number} of yours")
    if found.waits and (seconds := _seconds(request.query_params.get("wait", ""))):
        await request.app.state.reception.judged(practice, number, seconds)
        found = practice.submissions.get(number) or found
    return JSONResponse(_document(found))


def _document(found: Submission) -> dict[str, Any]:
    return {
        "format": 1, "submission": found.id, "exercise": found.exercise, "at": found.at.isoformat(),
        "state": found.state.value, "verdict": found.verdict,
    }  # fmt: skip


async def _body(request: Request) -> dict[str, Any]:
    """A JSON object. Its type must be named: a page of another origin cannot do that unasked."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise HTTPException(415)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise HTTPException(413)
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        found = None
    return found if isinstance(found, dict) else {}


def _seconds(text: str) -> float:
    return min(float(text), LONGEST_WAIT_S) if text.isascii() and text.isdigit() and len(text) < 4 else 0.0


def _refusal(status: int, error: str, headers: dict[str, str] | None = None) -> Response:
    return JSONResponse({"format": 1, "error": error}, status_code=status, headers=headers)
