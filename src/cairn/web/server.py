"""Assemble the web application: routes inside, then compression, then the guard at the door."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Mount, Route

from cairn.app import App
from cairn.web import api, pages, practice
from cairn.web.assets import DIST, Assets, manifest
from cairn.web.security import LocalOnly
from cairn.web.views import Views


def create(app: App) -> LocalOnly:
    """The ASGI application for one local person.

    Raises:
        AssetsMissingError: the browser's assets were not built.
    """
    manifest()
    _ = app.engine  # tables are brought up to date now, so that the first page is as quick as the rest
    asgi = Starlette(
        routes=[
            *pages.routes(),
            *practice.routes(),
            *api.routes(),
            Mount("/static", Assets(directory=DIST)),
            Route("/{rest:path}", pages.missing),
        ],
        middleware=[Middleware(GZipMiddleware, minimum_size=800, compresslevel=6)],
        exception_handlers=pages.handlers(),
    )
    asgi.state.app = app
    asgi.state.views = Views(app)
    return LocalOnly(asgi)  # outside everything, so that an answer to a fault carries its headers too
