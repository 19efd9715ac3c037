"""The commands that serve: up and db."""

from __future__ import annotations

import errno
import socket
import threading
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from cairn.app import App
from cairn.cli.output import fail, quiet, say, strong
from cairn.study.alive import is_gone, worker_name

DEFAULT_PORT = 8137
BACKLOG = 2048
LAST_ANSWERS_S = 5
PLACE = "serving"
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
WEB = "cairn.web"

Web = Callable[..., Any]
"""Makes the ASGI application. It is handed in from above, since the faces do not know each other."""


@click.command()
@click.option(
    "--port", type=click.IntRange(0, 65535), default=None, help=f"Port; {DEFAULT_PORT} or the next free one."
)
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Address to listen on; only loopback for now."
)
@click.option("--no-open", is_flag=True, help="Do not open a browser.")
@click.option("--no-worker", is_flag=True, help="Leave judging to `cairn worker`.")
@click.pass_context
def up(
    context: click.Context,
    port: int | None = None,
    host: str = "127.0.0.1",
    no_open: bool = False,
    no_worker: bool = False,
) -> None:
    """Open the map in the browser. Ctrl-C ends it."""
    if host not in LOOPBACK:
        fail(
            f"{host!r} is not a loopback address: Cairn serves one local person and has no accounts yet",
            "leave --host out, or use 127.0.0.1",
        )
    with _listen(host, port) as listening:
        address = f"http://{'[::1]' if host == '::1' else host}:{listening.getsockname()[1]}/"
        asgi = context.meta[WEB](context.obj, worker=not no_worker)
        _serve(context.obj, asgi, listening, address, open_browser=not no_open)


@click.command()
@click.argument("topic", required=False)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=None, help=f"Port; {DEFAULT_PORT} or the next free one."
)
@click.option("--no-open", is_flag=True, help="Do not open a browser.")
@click.pass_context
def author(
    context: click.Context, topic: str | None = None, port: int | None = None, no_open: bool = False
) -> None:
    """Write: serve the pages, load them anew at every save, and show the linter's findings beside them."""
    app: App = context.obj
    page = f"topics/{app.atlas.skill(topic).topic}" if topic else ""
    web: Web = context.meta[WEB]
    with _listen("127.0.0.1", port) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        say(f"The page is {strong(address + page)}")
        _serve(app, web(app, author=True), listening, address, open_browser=not no_open)


def _serve(app: App, asgi: Any, listening: socket.socket, address: str, *, open_browser: bool) -> None:  # noqa: ANN401
    import uvicorn  # noqa: PLC0415  # slow to import, needed only here

    errors = [p for p in app.atlas.problems if p.severity.value == "error"]
    if errors:
        say(quiet(f"{len(errors)} errors in the curriculum; `cairn lint` lists them"))
    say(f"Cairn is at {strong(address)}")
    say(quiet(f"first, in each browser: {_key_address(asgi.door.token(), address)} (good once)"))
    say(quiet("Ctrl-C ends it."))
    if open_browser:
        threading.Timer(0.4, webbrowser.open, [_key_address(asgi.door.token(), address)]).start()
    config = uvicorn.Config(
        asgi, log_level="warning", access_log=False, server_header=False, ws="none",
        backlog=BACKLOG, timeout_graceful_shutdown=LAST_ANSWERS_S,
    )  # fmt: skip
    place = app.settings.data / PLACE
    _note(place, address)
    try:
        with suppress(KeyboardInterrupt):  # uvicorn stops at Ctrl-C, then raises it again
            uvicorn.Server(config).run(sockets=[listening])
    finally:
        if _noted(place) == address:
            place.unlink(missing_ok=True)


@click.command("open")
@click.option("--no-open", is_flag=True, help="Print the address; do not open a browser.")
@click.pass_obj
def open_(app: App, no_open: bool) -> None:
    """Let another browser in: open the running Cairn with a new key.

    The address is good once, for a minute.
    """
    from cairn.study.door import door  # noqa: PLC0415

    address = _noted(app.settings.data / PLACE)
    if address is None:
        fail("Cairn is not running", "cairn up")
        return
    link = _key_address(door(app.settings.data).passing_token(), address)
    say(link)
    if not no_open:
        webbrowser.open(link)


def _key_address(token: str, address: str) -> str:
    return f"{address}enter?token={token}"


def _note(place: Path, address: str) -> None:
    """Keep where this server is, for `cairn open`."""
    with suppress(OSError):  # then `cairn open` cannot find it
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(f"{worker_name()} {address}\n", encoding="ascii")


def _noted(place: Path) -> str | None:
    """Where the server that was started last is; None if it has ended."""
    try:
        name, _, address = place.read_text(encoding="ascii").strip().partition(" ")
    except (OSError, UnicodeDecodeError):
        return None
    return None if is_gone(name) else address or None


def _listen(host: str, port: int | None) -> socket.socket:
    """A listening socket: on the port asked for, or on the default or the first free one after it."""
    tries = [port] if port is not None else [*range(DEFAULT_PORT, DEFAULT_PORT + 20), 0]
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    problem = ""
    for candidate in tries:
        listening = socket.socket(family, socket.SOCK_STREAM)
        # Head and body of an answer are two writes: the second must not wait 40 ms for the first to be acknowledged.
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, candidate))
        except OSError as error:
            listening.close()
            in_use = error.errno == errno.EADDRINUSE
            problem = (
                f"port {candidate} is in use" if in_use else f"port {candidate} on {host}: {error.strerror}"
            )
            continue
        listening.listen(BACKLOG)
        return listening
    fail(problem, "leave --port out to take a free one")
    raise AssertionError


@click.group()
def db() -> None:
    """The database of what you know."""


@db.command("upgrade")
@click.pass_obj
def db_upgrade(app: App) -> None:
    """Bring the tables to the newest revision."""
    from sqlalchemy.engine import make_url  # noqa: PLC0415

    _ = app.engine
    say(f"up to date: {make_url(app.settings.database_url).render_as_string(hide_password=True)}")
