"""Assemble the web application: routes inside, then compression, then the guard at the door."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from brotli_asgi import BrotliMiddleware
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.types import Scope

from cairn.app import App
from cairn.study.door import door
from cairn.web import (
    advice,
    answers,
    api,
    asking,
    audit,
    authoring,
    calendar,
    checkpoints,
    diagnosing,
    diary,
    drills,
    enter,
    experiments,
    feed,
    interview,
    pages,
    papers,
    planning,
    playing,
    practice,
    questions,
    reviewing,
    self_assessment,
    submissions,
    today,
    what_if,
)
from cairn.web.assets import DIST, Assets, manifest
from cairn.web.reception import Reception
from cairn.web.security import LocalOnly
from cairn.web.views import Views


def create(app: App, *, author: bool = False, worker: bool = True) -> LocalOnly:
    """The ASGI application for one local person.

    Args:
        app: what it shows.
        author: whether the curriculum is watched, and the linter's findings stand beside the page.
        worker: whether this process judges what is handed in, or leaves it to others.

    Raises:
        AssetsMissingError: the browser's assets were not built.
    """
    manifest()
    _ = app.engine  # tables are brought up to date now, so that the first page is as quick as the rest
    asgi = Starlette(
        routes=[
            *diary.routes(),
            *experiments.routes(),
            *papers.routes(),
            *checkpoints.routes(),
            *self_assessment.routes(),
            *audit.routes(),
            *advice.routes(),
            *pages.routes(),
            *playing.routes(),
            *practice.routes(),
            *asking.routes(),
            *diagnosing.routes(),
            *reviewing.routes(),
            *questions.routes(),
            *drills.routes(),
            *planning.routes(),
            *calendar.routes(),
            *what_if.routes(),
            *feed.routes(),
            *today.routes(),
            *interview.routes(),
            *submissions.routes(),
            *api.routes(),
            *(authoring.routes() if author else []),
            Route("/enter", enter.enter, methods=["GET"]),
            Mount("/static", Assets(directory=DIST)),
        ],
        middleware=[
            # A quarter less than gzip on a page of formulas, in the same time; gzip where a browser has no Brotli.
            Middleware(BrotliMiddleware, quality=5, minimum_size=800, excluded_handlers=[r"^/static/fonts/"])
        ],
        exception_handlers={**pages.handlers(), **answers.handlers(), **planning.handlers()},
        lifespan=_life,
    )
    asgi.router.redirect_slashes = False
    asgi.state.app = app
    asgi.state.views = Views(app)
    asgi.state.author = None
    if author:
        asgi.state.author = authoring.Live(asgi, app)
        asgi.state.author.watch()
    asgi.state.reception = Reception(app, worker=worker)
    asgi.state.door = door(app.settings.data)

    def locked(scope: Scope) -> Response:
        return enter.locked(Request({**scope, "app": asgi}))

    # Outside everything, so that an answer to a fault carries its headers too.
    return LocalOnly(asgi, asgi.state.door, locked)


@asynccontextmanager
async def _life(asgi: Starlette) -> AsyncIterator[None]:
    """From the first request to the last: the checks of pages are run ahead of the first reader, what an earlier
    run left is judged; at the end nothing is cut off.
    """
    threading.Thread(target=asgi.state.views.prepare, name="prepare", daemon=True).start()
    reception: Reception = asgi.state.reception
    reception.resume()
    try:
        yield
    finally:
        await run_in_threadpool(reception.close)
