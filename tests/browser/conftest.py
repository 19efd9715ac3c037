"""A real server, started as a person would, and a real Chromium that may reach nothing else."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

import pytest

from tests.conftest import CHROMIUM, REAL, needed

pytestmark = pytest.mark.browser

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


@contextmanager
def serving(data: Path, *options: str) -> Iterator[tuple[str, str]]:
    """The address of a server with the real curriculum and an empty database, and its one-time key's address."""
    env = {**os.environ, "CAIRN_DATA": str(data), "CAIRN_CURRICULUM": str(REAL)}
    env.pop("CAIRN_DATABASE_URL", None)
    server = subprocess.Popen(
        [sys.executable, "-m", "cairn", "up", "--no-open", "--port", "0", *options],
        env=env, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert server.stdout is not None
        found = (m[0] for line in server.stdout if (m := re.search(r"http://\S+", line)))
        yield next(found).rstrip("/"), next(found)
    finally:
        server.send_signal(signal.SIGINT)
        server.communicate(timeout=60)


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[tuple[str, str]]:
    """A server for all tests of a module."""
    with serving(tmp_path_factory.mktemp("data")) as found:
        yield found


@pytest.fixture(scope="module")
def address(server) -> str:
    """The server's address, without the last slash."""
    return server[0]


@pytest.fixture(scope="module")
def cookie(server) -> dict[str, str]:
    """The cookie that the key is exchanged for, as the browser's profiles take it."""
    with build_opener(ProxyHandler({})).open(server[1], timeout=30) as answer:
        name, _, value = answer.headers["set-cookie"].partition(";")[0].partition("=")
    return {"name": name, "value": value, "url": server[0], "sameSite": "Strict"}


@pytest.fixture(scope="module")
def chromium() -> Iterator[object]:
    """The browser."""
    needed("Chromium", found=CHROMIUM is not None)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium, address, cookie):
    """Open pages in a fresh profile that was let in. At the end nothing may have gone wrong or left this machine."""
    contexts, strays, faults = [], [], []

    def open_page(path="/", **options):
        context = chromium.new_context(viewport={"width": 1280, "height": 860}, **options)
        contexts.append(context)
        context.add_cookies([cookie])

        def only_here(route):
            if route.request.url.startswith((address, "data:", "blob:")):
                route.continue_()
            else:
                strays.append(route.request.url)
                route.abort()

        context.route("**/*", only_here)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "console",
            lambda m: faults.append(m.text) if m.type == "error" and "status of 4" not in m.text else None,
        )
        page.goto(address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert strays == []
    assert faults == []
