"""The pages of practice: the list of exercises, and one exercise with its editor and verdict."""

from __future__ import annotations

import difflib
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cairn.app import App
from cairn.judge import Exercise, mended
from cairn.store.submissions import Submission
from cairn.study import kinds
from cairn.study.errors import UnknownExerciseError
from cairn.study.practice import Practice
from cairn.web import assets, markup
from cairn.web.forms import form
from cairn.web.reception import Reception
from cairn.web.templating import page
from cairn.web.views import Views

MAX_FORM = 400_000
PATIENCE_S = 20.0


def routes() -> list[Route]:
    """All routes of practice."""
    return [
        Route("/practice", index),
        Route("/practice/{id}", exercise, methods=["GET"]),
        Route("/practice/{id}", hand_in, methods=["POST"]),
    ]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a comparison: `-` theirs only, `+` the reference's only, space both."""

    mark: str
    text: str


def _practice(request: Request) -> Practice:
    app: App = request.app.state.app
    return app.practice()


def _exercise(request: Request, practice: Practice) -> Exercise:
    try:
        return practice.exercise(request.path_params["id"])
    except UnknownExerciseError:
        raise HTTPException(404) from None


def index(request: Request) -> Response:
    """All exercises in learning order, with how the person stands."""
    practice = _practice(request)
    rows = practice.standings()
    return page(
        request, "practice.html", rows=rows, done=sum(r.accepted for r in rows), following=practice.next()
    )


def exercise(request: Request) -> Response:
    """One exercise: task, editor, verdict, history."""
    practice = _practice(request)
    found = _exercise(request, practice)
    threading.Thread(target=_warm, args=(request.app.state.app, found), daemon=True).start()
    history = practice.history(found.id)
    shown = _hints(request.query_params.get("hints", "0"), practice.hints(found))
    return page(request, "exercise.html", **_context(request, practice, found, history, shown))


async def hand_in(request: Request) -> Response:
    """Keep code, wait a while for its verdict, and go back to the page, which shows it or that it waits."""
    fields = await form(request, MAX_FORM)
    practice = _practice(request)
    found = _exercise(request, practice)
    hints = _hints(fields.get("hints", "0"), practice.hints(found))
    code = fields.get("code", "").replace("\r\n", "\n")
    if not practice.lacking(found):  # else the page says how to get what is missing
        reception: Reception = request.app.state.reception
        number = await reception.hand_in(practice, found.id, code, hints)
        await reception.judged(practice, number, PATIENCE_S)
    query = f"?hints={hints}" if hints else ""
    return RedirectResponse(f"/practice/{found.id}{query}#verdict", status_code=303)


def _context(
    request: Request, practice: Practice, found: Exercise, history: Sequence[Submission], shown: int
) -> dict[str, Any]:
    views: Views = request.app.state.views
    latest = next((s for s in history if s.verdict), None)
    accepted = any(s.accepted for s in history)
    afresh = not history or (found.kind == "bug-hunt" and accepted and "another" in request.query_params)
    hints = practice.hints(found)
    reference = found.solution
    if found.kind == "bug-hunt" and latest is not None:  # under the lines that say which bug it was
        top = takewhile(lambda line: line.startswith("#"), latest.code.splitlines())
        reference = "\n".join([*top, mended(found)])
    task = "\n".join(found.task.strip().splitlines()[1:])
    repairs = (latest.verdict or {}).get("misconception") if latest else None
    return {
        "exercise": found,
        "task": Markup(markup.render(task, _formulas(found))),  # noqa: S704  # raw HTML is off in the renderer
        "skills": views.targets_by_topic(found.sheet.skills),
        "code": practice.starter(found) if afresh else history[0].code,
        "afresh": afresh,
        "tracks": kinds.tracks(found, practice.exercises),
        "lacking": practice.lacking(found),
        "install": kinds.install(found.runtime),
        "latest": latest,
        "verdict": latest.verdict if latest else None,
        "history": history,
        "unjudged": history[0] if history and not history[0].verdict else None,
        "accepted": accepted,
        "comparison": _compare(latest.code, reference) if latest and latest.accepted else [],
        "hints": hints[:shown],
        "more_hints": len(hints) - shown,
        "shown": shown,
        "parts": practice.parts(found),
        "repairs": _repairs(views, repairs),
        "following": practice.next() if accepted else None,
    }


def _formulas(found: Exercise) -> Mapping[str, str | None]:
    """The formulas of a task, with those of the specification it shares."""
    shared = assets.formulas(found.base.id) if found.base else {}
    return {**shared, **assets.formulas(found.id)}


def _repairs(views: Views, misconception: Any) -> tuple[str, str] | None:  # noqa: ANN401
    """Title and address of the page section that puts a wrong idea right."""
    place = (misconception or {}).get("repairs")
    if not place:
        return None
    topic, _, section = str(place).partition("#")
    if topic not in views.curriculum.topics:
        return None
    return views.curriculum.topics[topic].title, f"/topics/{topic}#{section}"


def _compare(theirs: str, reference: str) -> list[Line]:
    lines = difflib.ndiff(theirs.splitlines(), reference.splitlines())
    return [Line(line[0], line[2:]) for line in lines if line[0] in " -+"]


def _hints(text: str, hints: Sequence[str]) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
    return min(number, len(hints))


def _warm(app: App, found: Exercise) -> None:
    """Start the judge while the person reads, and load the libraries here too: the first verdict is then quick."""
    if app.judge.has(found.runtime):
        app.judge.warm(found.runtime)
        if found.runtime != "numpy":
            _ = found.reference
