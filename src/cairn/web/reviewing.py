"""The pages of review: what is due and why, one question at a time, the coming weeks, and two settings.

A question on a skill, asked from its page, is answered here too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cairn.app import App
from cairn.learner.review import DayLoad
from cairn.study.answering import Occasion
from cairn.study.errors import UnknownItemError
from cairn.study.reviewing import HIGHEST, LOWEST, Reviewing, because
from cairn.web import asking
from cairn.web.diagnosing import reply_to
from cairn.web.forms import BadFormError, pairs, way_back
from cairn.web.templating import page

DAYS = 28
MUCH = 30.0
"""Minutes from which a limit is offered."""

SPREAD = 15
"""The limit that is offered, in minutes a day."""

_WIDTH, _HEIGHT, _FOOT = 560, 120, 18


def routes() -> list[Route]:
    """All routes of review, and of single questions."""
    return [
        Route("/review", review, methods=["GET"]),
        Route("/review", answer, methods=["POST"]),
        Route("/review/next", next_),
        Route("/review/settings", settings, methods=["POST"]),
        Route("/ask/{skill}", ask, methods=["GET"]),
        Route("/ask/{skill}", practise, methods=["POST"]),
    ]


@dataclass(frozen=True, slots=True)
class Column:
    """One day of the drawn forecast."""

    x: float
    y: float
    width: float
    height: float
    says: str
    label: str


def _reviewing(request: Request) -> Reviewing:
    app: App = request.app.state.app
    return app.reviewing()


def review(request: Request) -> Response:
    """What is due today and why, the coming weeks, and the settings."""
    reviewing = _reviewing(request)
    today, load = reviewing.today(), reviewing.forecast(DAYS)
    ahead = next((day for day in load if day.reviews), None)
    return page(
        request,
        "review.html",
        today=today,
        rows=[(one, because(one)) for one in today.reviews],
        columns=_drawn(load),
        most=max((day.minutes for day in load), default=0.0),
        total=sum(day.minutes for day in load),
        load=load,
        ahead=ahead,
        retention=round(100 * reviewing.retention),
        limit=reviewing.budget,
        much=today.minutes > MUCH and reviewing.budget is None,
        spread=SPREAD,
        days=DAYS,
        lowest=round(100 * LOWEST),
        highest=round(100 * HIGHEST),
        begun=bool(reviewing.memories().known.size),
    )


def _drawn(load: Sequence[DayLoad]) -> list[Column]:
    most = max((day.minutes for day in load), default=0.0)
    step = _WIDTH / max(1, len(load))
    found = []
    for i, day in enumerate(load):
        height = (_HEIGHT - 2 * _FOOT) * day.minutes / most if most else 0.0
        waiting = f", {day.waiting} wait" if day.waiting else ""
        says = f"{day.at:%a %d %b}: {day.minutes:.0f} min{waiting}"
        label = f"{day.at:%d %b}" if i % 7 == 0 else ""
        found.append(
            Column(i * step + 1, _HEIGHT - _FOOT - max(1.0, height), step - 2, max(1.0, height), says, label)
        )
    return found


def next_(request: Request) -> Response:
    """The first question of today's queue; the queue's page when it is empty."""
    reviewing = _reviewing(request)
    today = reviewing.today()
    for one in today.reviews:
        try:
            made = reviewing.answering.ask(one.item.id)
        except UnknownItemError:
            continue
        left = (len(today.reviews), today.minutes)
        return _show(
            request,
            asking.question(made),
            action="/review",
            stop="/review",
            why=because(one),
            left=left,
        )
    return RedirectResponse("/review", status_code=303)


async def answer(request: Request) -> Response:
    """Keep the answer to a review and show what it was worth."""
    fields = await pairs(request)
    return await run_in_threadpool(_kept, request, fields, Occasion.REVIEW, "/review", "/review/next")


def ask(request: Request) -> Response:
    """A question on one skill: of its items the one that was asked least."""
    app: App = request.app.state.app
    answering = app.answering()
    skill = app.atlas.skill(request.path_params["skill"][:200])
    items = answering.items(skill)
    if not items:
        raise HTTPException(404)
    counts = answering.answers.counts(answering.desk.person_id)
    made = answering.ask(min(items, key=lambda i: counts.get(i.id, 0)).id)
    return _show(
        request, asking.question(made), action=f"/ask/{skill}", stop=f"/topics/{skill.topic}#standing"
    )


async def practise(request: Request) -> Response:
    """Keep the answer to a single question and show what it was worth."""
    fields = await pairs(request)
    here = f"/ask/{request.path_params['skill'][:200]}"
    return await run_in_threadpool(_kept, request, fields, Occasion.PRACTICE, here, here)


def _show(
    request: Request,
    question: asking.Question,
    *,
    action: str,
    stop: str,
    why: str = "",
    left: tuple[int, float] | None = None,
    status: int = 200,
) -> Response:
    return page(
        request, "ask.html", status=status, question=question, action=action, stop=stop, why=why, left=left
    )


def _kept(
    request: Request, fields: list[tuple[str, str]], occasion: Occasion, action: str, following: str
) -> Response:
    reply = reply_to(request, fields, occasion)
    if isinstance(reply, asking.Question):
        stop = "/review" if occasion is Occasion.REVIEW else f"/topics/{reply.skill.topic}#standing"
        return _show(request, reply, action=action, stop=stop, status=422)
    again = {} if reply.counted else {"again": "1"}
    query = urlencode({"next": following, **again})
    return RedirectResponse(
        f"/answered/{reply.variant.item.id}/{reply.variant.seed}?{query}", status_code=303
    )


async def settings(request: Request) -> Response:
    """Keep the retention that is wanted and the limit of minutes a day."""
    fields = dict(await pairs(request))
    reviewing = _reviewing(request)
    try:
        reviewing.prefer(
            retention=_number(fields, "retention", 100), minutes=_number(fields, "minutes", 1, empty=0.0)
        )
    except ValueError as error:
        raise BadFormError(str(error)) from None
    return RedirectResponse(way_back(fields.get("back", "/review")), status_code=303)


def _number(fields: dict[str, str], name: str, scale: float, empty: float | None = None) -> float | None:
    """A number of a form; None where the form does not have it.

    Raises:
        ValueError: it is no number.
    """
    if name not in fields:
        return None
    text = fields[name].strip()
    if not text:
        return empty
    if len(text) > 20:
        msg = "a number is needed"
        raise ValueError(msg)
    try:
        return float(text) / scale
    except ValueError:
        msg = f"a number is needed, not {text!r}"
        raise ValueError(msg) from None
