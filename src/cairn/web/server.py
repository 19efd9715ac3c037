"""Assemble the web application: routes inside, then compression, then the guard at the door."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Mount, Route

from cairn.app import App
from cairn.web import api, asking, authoring, diagnosing, pages, practice, reviewing
from cairn.web.assets import DIST, Assets, manifest
from cairn.web.security import LocalOnly
from cairn.web.views import Views


def create(app: App, *, author: bool = False) -> LocalOnly:
    """The ASGI application for one local person.

    Args:
        app: what it shows.
        author: whether the curriculum is watched, and the linter's findings stand beside the page.

    Raises:
        AssetsMissingError: the browser's assets were not built.
    """
    manifest()
    _ = app.engine  # tables are brought up to date now, so that the first page is as quick as the rest
    asgi = Starlette(
        routes=[
            *pages.routes(),
            *practice.routes(),
            *asking.routes(),
            *diagnosing.routes(),
            *reviewing.routes(),
            *api.routes(),
            *(authoring.routes() if author else []),
            Mount("/static", Assets(directory=DIST)),
            Route("/{rest:path}", pages.missing),
        ],
        middleware=[Middleware(GZipMiddleware, minimum_size=800, compresslevel=6)],
        exception_handlers=pages.handlers(),
        lifespan=_prepared,
    )
    asgi.state.app = app
    asgi.state.views = Views(app)
    asgi.state.author = None
    if author:
        asgi.state.author = authoring.Live(asgi, app)
        asgi.state.author.watch()
    return LocalOnly(asgi)  # outside everything, so that an answer to a fault carries its headers too


@asynccontextmanager
async def _prepared(asgi: Starlette) -> AsyncIterator[None]:
    """While a server runs: the checks of pages are run ahead of the first reader."""
    threading.Thread(target=asgi.state.views.prepare, name="prepare", daemon=True).start()
    yield
