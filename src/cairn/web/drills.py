"""The pages of drills: what breaks without a hypothesis, and the order of a derivation's steps."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cairn.app import App
from cairn.curriculum.items.item import Item
from cairn.study.answering import Occasion
from cairn.study.drills import failure_of, is_drill, next_drill, topics_with_drills
from cairn.web import asking
from cairn.web.diagnosing import reply_to
from cairn.web.forms import pairs
from cairn.web.templating import page

ALL = "all"


def routes() -> list[Route]:
    """All routes of drills."""
    return [
        Route("/drills", drills),
        Route("/drills/{topic}", ask, methods=["GET"]),
        Route("/drills/{topic}", answer, methods=["POST"]),
    ]


def drills(request: Request) -> Response:
    """Every page that has drills, with how many of each kind there are and were answered."""
    app: App = request.app.state.app
    counts = app.answering().answers.counts(app.desk().person_id)
    rows = []
    for topic, items in topics_with_drills(app.atlas.curriculum).items():
        theorems = [i for i in items if failure_of(i.id)]
        done = sum(counts.get(i.id, 0) > 0 for i in items)
        rows.append((app.atlas.curriculum.topics[topic], len(theorems), len(items) - len(theorems), done))
    return page(request, "drills.html", rows=rows)


def _items(app: App, topic: str) -> tuple[Item, ...]:
    found = topics_with_drills(app.atlas.curriculum)
    if topic == ALL:
        return tuple(item for items in found.values() for item in items)
    return found.get(topic, ())


def ask(request: Request) -> Response:
    """The drill of a page that was answered least often; of all pages for `all`. `item` asks for a certain one."""
    app: App = request.app.state.app
    topic = request.path_params["topic"]
    items = _items(app, topic)
    wanted = request.query_params.get("item", "")
    items = tuple(i for i in items if i.id == wanted) if wanted else items
    if not items:
        raise HTTPException(404)
    answering = app.answering()
    chosen = next_drill(items, answering.answers.counts(answering.desk.person_id))
    return _show(request, topic, asking.question(answering.ask(chosen.id)))


def _show(request: Request, topic: str, question: asking.Question, status: int = 200) -> Response:
    here = f"/drills/{topic}"
    why = "What breaks without a hypothesis" if failure_of(question.item) else "The order of a derivation"
    return page(
        request, "ask.html", status=status, question=question, action=here, stop="/drills", why=why, left=None
    )


async def answer(request: Request) -> Response:
    """Keep the answer to a drill, and show what it was worth."""
    fields = await pairs(request)
    return await run_in_threadpool(_answer, request, fields)


def _answer(request: Request, fields: list[tuple[str, str]]) -> Response:
    topic = request.path_params["topic"]
    if not is_drill(dict(fields).get("item", "")) or not _items(request.app.state.app, topic):
        raise HTTPException(404)
    reply = reply_to(request, fields, Occasion.PRACTICE)
    if isinstance(reply, asking.Question):
        return _show(request, topic, reply, status=422)
    query = urlencode({"next": f"/drills/{topic}", **({} if reply.counted else {"again": "1"})})
    where = f"/answered/{reply.variant.item.id}/{reply.variant.seed}?{query}"
    return RedirectResponse(where, status_code=303)
