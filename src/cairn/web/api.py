"""The JSON API: the same documents as the command line's `--json`. Read-only."""

from __future__ import annotations

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from cairn.app import App
from cairn.curriculum import SkillSyntaxError
from cairn.planning import UnknownTargetError
from cairn.study import documents
from cairn.study.atlas import UnknownBackgroundError, UnknownSkillError
from cairn.web import drawing

_BAD_REQUEST = (UnknownSkillError, UnknownBackgroundError, SkillSyntaxError, ValueError)


class _Json(JSONResponse):
    """JSON with real characters instead of escapes."""

    def render(self, content: Any) -> bytes:  # noqa: ANN401
        return json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def routes() -> list[Route]:
    """All routes under `/api`."""
    return [
        Route("/api/find", _guarded(find)),
        Route("/api/search", _guarded(search)),
        Route("/api/show/{id}", _guarded(show)),
        Route("/api/items/{id}", _guarded(items)),
        Route("/api/gap", _guarded(gap)),
        Route("/api/next", _guarded(next_)),
        Route("/api/unlocks/{id}", _guarded(unlocks)),
        Route("/api/path/{id}", _guarded(path)),
        Route("/api/map", _guarded(map_)),
        Route("/api/standing", _guarded(standing)),
        Route("/api/lint", _guarded(lint)),
    ]


def _app(request: Request) -> App:
    app: App = request.app.state.app
    return app


def _guarded(handler: Any) -> Any:  # noqa: ANN401
    """Errors of the asker become a JSON document with a status, never a page."""

    async def wrapped(request: Request) -> Response:
        try:
            return _Json(handler(request))
        except UnknownTargetError as error:
            return _Json({"format": 1, "error": str(error)}, status_code=404)
        except _BAD_REQUEST as error:
            return _Json({"format": 1, "error": str(error)}, status_code=400)

    return wrapped


def _known(request: Request) -> tuple[list[Any], str | None]:
    """Skills and background: from the address where it names them, else what the person saved."""
    query = request.query_params
    desk = _app(request).desk()
    if "knows" in query or "background" in query:
        named = [s for text in query.getlist("knows") for s in text.split(",") if s.strip()]
        return [s.strip() for s in named], query.get("background") or None
    return list(desk.knows()), desk.background()


def find(request: Request) -> Any:  # noqa: ANN401
    """`/api/find?q=...&q=...`: one row for each query."""
    atlas = _app(request).atlas
    return [documents.found(q, atlas.find(q)) for q in request.query_params.getlist("q")[:500]]


def search(request: Request) -> Any:  # noqa: ANN401
    """`/api/search?q=...`: the best matches for what has been typed so far."""
    hits = _app(request).atlas.search(request.query_params.get("q", "")[:200], limit=9)
    return [
        documents.found(h.entry.id, h.entry) | {"summary": h.summary, "href": drawing.href(h.entry)}
        for h in hits
    ]


def show(request: Request) -> Any:  # noqa: ANN401
    """`/api/show/ID`."""
    return documents.show(
        _app(request).atlas, request.path_params["id"], request.query_params.get("background")
    )


def items(request: Request) -> Any:  # noqa: ANN401
    """`/api/items/ID`: the items of a topic or skill."""
    return show(request).get("items", [])


def gap(request: Request) -> Any:  # noqa: ANN401
    """`/api/gap?target=...&level=...&knows=a,b&background=...`."""
    atlas = _app(request).atlas
    known, background = _known(request)
    query = request.query_params
    result = atlas.gap(
        *query.getlist("target")[:50], level=query.get("level"), knows=known, background=background
    )
    return documents.gap(result, atlas.curriculum)


def next_(request: Request) -> Any:  # noqa: ANN401
    """`/api/next`: skills that can be learned now."""
    known, background = _known(request)
    return [str(s) for s in _app(request).atlas.next(known, background)]


def unlocks(request: Request) -> Any:  # noqa: ANN401
    """`/api/unlocks/ID`."""
    return [str(s) for s in _app(request).atlas.unlocks(request.path_params["id"])]


def path(request: Request) -> Any:  # noqa: ANN401
    """`/api/path/ID`."""
    return [str(s) for s in _app(request).atlas.way_to(request.path_params["id"])]


def map_(request: Request) -> Any:  # noqa: ANN401
    """`/api/map`: where everything stands on the map, with hours for the person's background."""
    _, background = _known(request)
    views = request.app.state.views
    return drawing.document(views.curriculum, views.map, views.app.atlas.pace(background))


def standing(request: Request) -> Any:  # noqa: ANN401
    """`/api/standing?target=...`: the belief about the person, as `cairn diagnose --json` prints it."""
    query = request.query_params
    targets, level = query.getlist("target")[:50], query.get("level")
    diagnosing = _app(request).diagnosing()
    end = diagnosing.progress(targets, minutes=None, level=level)
    return documents.standing(targets, diagnosing.picture(targets, level), end)


def lint(request: Request) -> Any:  # noqa: ANN401
    """`/api/lint`."""
    from cairn.study.checking import look_over  # noqa: PLC0415  # NumPy is slow to import
    from cairn.study.playing import audit_playgrounds  # noqa: PLC0415

    app = _app(request)
    found = look_over(app.atlas, app.workbench, app.settings.curriculum)
    plays = audit_playgrounds(app.atlas, app.stage)
    return documents.report(
        found.report.and_also(plays.problems), None, found.items, found.audit, plays.total
    )
