"""The page that holds a list of one's own against a goal: what is missing, unnecessary, out of order, too shallow."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cairn.app import App
from cairn.curriculum import Kind, Level
from cairn.curriculum.search import Hit
from cairn.planning import UnknownTargetError
from cairn.planning.audit import MOST_LINES, Audit, clean, read
from cairn.study.atlas import Atlas
from cairn.study.planning import NoPlanError, Planning
from cairn.web.forms import pairs
from cairn.web.templating import page
from cairn.web.ways import WAYS

MAX_FORM = 1_000_000
SUGGESTED = 3
MOST_GUESSED = 30
"""Lines without a reading for which suggestions are looked up."""


def routes() -> list[Route]:
    """The routes of the audit."""
    return [Route("/audit", form, methods=["GET"]), Route("/audit", audit, methods=["POST"])]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list and how it was read.

    Attributes:
        place: its place among the lines as typed, from 0.
        text: the line.
        topic: the topic it names, or "".
        level: the level it says.
        says: what is to be said of it.
        kind: `fine`, `unknown`, `again`, `unnecessary`, `order` or `depth`.
        guesses: for a line that names nothing, what it may mean.
    """

    place: int
    text: str
    topic: str
    level: Level | None
    says: str
    kind: str
    guesses: tuple[Hit, ...] = ()


def form(request: Request) -> Response:
    """An empty list."""
    target = request.query_params.get("target", "").strip()[:200]
    return _show(request, target or _usual(request), "")


def _planning(request: Request) -> Planning:
    app: App = request.app.state.app
    return app.planning()


def _usual(request: Request) -> str:
    """The goal that is probably meant: the plan's, else the one chosen last."""
    planning = _planning(request)
    try:
        return planning.terms().targets[0]
    except NoPlanError:
        goals = planning.desk.goals()
        return goals[0].target if goals else ""


async def audit(request: Request) -> Response:
    """Hold a list against a goal. Nothing is kept."""
    fields = dict(await pairs(request, MAX_FORM))
    return await run_in_threadpool(_audit, request, fields)


def _audit(request: Request, fields: dict[str, str]) -> Response:
    target, text = fields.get("target", "").strip()[:200], fields.get("list", "").replace("\r\n", "\n")
    text = _replaced(text, fields.get("replace", ""))
    lines = text.split("\n")
    if not target:
        return _show(request, target, text, problem="Say what the list is for: a path, a topic, a paper.")
    if not clean(lines):
        return _show(request, target, text, problem="The list is empty: paste your topics, one a line.")
    planning = _planning(request)
    try:
        found = planning.audit(target, lines)
    except UnknownTargetError as error:
        hits = planning.desk.atlas.search(target, SUGGESTED)
        near = f" Did you mean {' or '.join(h.entry.title for h in hits)}?" if hits else ""
        return _show(request, target, text, problem=f"{str(error)[:1].upper()}{str(error)[1:]}.{near}")
    many = sum(bool(clean([line])) for line in lines)
    note = f"Of {many} lines the first {MOST_LINES} were read." if many > MOST_LINES else ""
    return _show(request, target, text, found=found, rows=_rows(planning.desk.atlas, found, lines), note=note)


def _replaced(text: str, said: str) -> str:
    """The list with one line replaced by a suggestion that was chosen: `3:Softmax`."""
    place, _, words = said.partition(":")
    lines = text.split("\n")
    if words and place.isascii() and place.isdigit() and len(place) < 7 and int(place) < len(lines):
        lines[int(place)] = words[:200]
    return "\n".join(lines)


def _rows(atlas: Atlas, found: Audit, lines: list[str]) -> list[Row]:
    """Each line with its reading and the first thing to be said of it."""
    curriculum = atlas.curriculum
    said = {}
    for kind, findings in (
        ("depth", found.depth),
        ("order", found.order),
        ("unnecessary", found.unnecessary),
    ):
        for finding in findings:
            said[finding.topic] = (kind, finding.reason)
    rows: list[Row] = []
    first: dict[str, str] = {}
    for place, raw in enumerate(lines):
        for text in clean([raw]):
            line = read(curriculum, curriculum.resolve, text)
            if line is None:
                guess = sum(row.kind == "unknown" for row in rows) < MOST_GUESSED
                rows.append(_unknown(atlas, place, text, guess=guess))
            elif line.topic in first:
                says = f"The same topic as “{first[line.topic]}” above; it counts once."
                rows.append(Row(place, text, line.topic, line.level, says, "again"))
            else:
                first[line.topic] = text
                kind, says = said.get(line.topic, ("fine", ""))
                rows.append(Row(place, text, line.topic, line.level, says, kind))
    return rows[:MOST_LINES]


def _unknown(atlas: Atlas, place: int, text: str, *, guess: bool) -> Row:
    entry = atlas.curriculum.resolve(text)
    if entry is not None and entry.kind is Kind.AREA:
        says = "This is a whole area; name the topics of it that you mean."
    elif entry is not None:
        says = f"This is a {entry.kind.value}, not a topic."
    else:
        says = "No topic has this name."
    guesses = tuple(atlas.search(text, SUGGESTED, kinds=[Kind.TOPIC])) if guess else ()
    return Row(place, text, "", None, says, "unknown", guesses)


def _show(
    request: Request,
    target: str,
    text: str,
    *,
    problem: str = "",
    found: Audit | None = None,
    rows: list[Row] | None = None,
    note: str = "",
) -> Response:
    planning = _planning(request)
    desk = planning.desk
    entry = desk.atlas.curriculum.resolve(target) if target else None
    return page(
        request,
        "audit.html",
        status=422 if problem else 200,
        target=target,
        entry=entry,
        text=text,
        problem=problem,
        audit=found,
        rows=rows or [],
        note=note,
        gap=desk.gap(target) if found is not None else None,
        goals=[(g, desk.atlas.curriculum.resolve(g.target)) for g in desk.goals()[:6]],
        paths=[p for p in desk.atlas.curriculum.paths.values() if p.phases],
        ways=WAYS,
    )
