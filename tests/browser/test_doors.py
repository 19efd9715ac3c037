"""Pages of other origins, in a real browser that holds the cookie: they read nothing and change nothing."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.request import ProxyHandler, Request, build_opener

import pytest

from tests.browser.conftest import FLAGS
from tests.conftest import CHROMIUM, needed

pytestmark = pytest.mark.browser

SAY = "skill=attention-scores%40use&back=/"
TRIES = """
async (target) => {
  const got = {};
  const text = async (name, options) => {
    try {
      const a = await fetch(target + "/api/gap?target=attention", options);
      got[name] = a.type + (await a.text()).length;
    } catch { got[name] = "error"; }
  };
  const write = async (name, path, options) => {
    try { got[name] = (await fetch(target + path, { method: "POST", ...options })).type; }
    catch { got[name] = "error"; }
  };
  const element = (name, tag, attributes) => new Promise((done) => {
    const e = document.createElement(tag);
    e.onload = () => { got[name] = "loaded"; done(); };
    e.onerror = () => { got[name] = "error"; done(); };
    Object.assign(e, attributes);
    document.body.append(e);
    setTimeout(() => { got[name] ??= "nothing"; done(); }, 3000);
  });
  const opened = (name, thing, event) => new Promise((done) => {
    thing["on" + event] = () => { got[name] = event; thing.close(); done(); };
    thing.onmessage = () => { got[name] = "message"; thing.close(); done(); };
    thing.onerror = () => { got[name] = "error"; thing.close(); done(); };
  });
  await text("cors", {});
  await text("cors with cookies", { credentials: "include" });
  await text("no-cors", { mode: "no-cors", credentials: "include" });
  await write("form", "/know", { mode: "no-cors", credentials: "include", body: new URLSearchParams("SAY") });
  await write("text", "/know", { mode: "no-cors", credentials: "include", body: "SAY" });
  await write("json", "/api/practice/write-kv-cache", {
    credentials: "include", headers: { "content-type": "application/json" }, body: '{"code": "stolen"}' });
  got.beacon = String(navigator.sendBeacon(target + "/know", new URLSearchParams("SAY")));
  await element("picture", "img", { src: target + "/static/style.css" });
  await element("script", "script", { src: target + "/static/cairn.js" });
  await element("data as script", "script", { src: target + "/api/gap?target=attention" });
  await element("style", "link", { rel: "stylesheet", href: target + "/static/style.css" });
  await opened("events", new EventSource(target + "/api/gap?target=attention", { withCredentials: true }), "open");
  await opened("socket", new WebSocket(target.replace("http", "ws") + "/"), "open");
  const frame = document.createElement("iframe");
  frame.name = "framed"; frame.src = target + "/"; document.body.append(frame);
  const form = document.createElement("form");
  form.method = "post"; form.action = target + "/know"; form.target = "posted";
  form.innerHTML = '<input name="skill" value="attention-scores@use"><input name="back" value="/">';
  const second = document.createElement("iframe");
  second.name = "posted"; document.body.append(second, form); form.submit();
  await new Promise((done) => setTimeout(done, 1500));
  return got;
}
""".replace("SAY", SAY)


class Elsewhere(http.server.BaseHTTPRequestHandler):
    """A server of somebody else's."""

    def do_GET(self) -> None:
        """One empty page."""
        self.send_response(200)
        self.send_header("content-type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>elsewhere</title><body>")

    def log_message(self, *_: object) -> None:
        """Be silent."""


@contextmanager
def elsewhere() -> Iterator[int]:
    """The port of such a server."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="module")
def fooled(chromium) -> Iterator[object]:
    """A browser for which every name below `example` is this machine, as after a rebinding."""
    needed("Chromium", found=CHROMIUM is not None)
    rules = "--host-resolver-rules=MAP *.example 127.0.0.1"
    browser = chromium.browser_type.launch(executable_path=CHROMIUM, headless=True, args=[*FLAGS, rules])
    yield browser
    browser.close()


def asked(address, path, cookie):
    """A page as its owner sees it."""
    headers = {"Cookie": f"{cookie['name']}={cookie['value']}"}
    with build_opener(ProxyHandler({})).open(Request(address + path, headers=headers), timeout=60) as answer:
        return answer.read()


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "evil.example"])
def test_a_page_elsewhere_gets_nothing(fooled, address, cookie, name):
    """Another port of this machine, another of its names, another site: fetches, frames, forms and sockets fail."""
    pages = ("/", "/practice", "/practice/write-kv-cache", "/api/gap?target=attention")
    before = [asked(address, path, cookie) for path in pages]
    with elsewhere() as port:
        context = fooled.new_context()
        context.add_cookies([cookie])
        page = context.new_page()
        page.goto(f"http://{name}:{port}/")
        got = page.evaluate(TRIES, address)
        frames = {f.name: f.content() for f in page.frames if f.name}
        context.close()

    assert got.pop("no-cors") in {"opaque0", "error"}
    assert got.pop("form") in {"opaque", "error"}
    assert got.pop("text") in {"opaque", "error"}
    assert got.pop("beacon") in {"true", "false"}  # it was sent or not; what it asked for was not done
    assert set(got.values()) <= {"error", "nothing"}, got
    assert not any("Cairn" in text.replace("Cairn answers", "") for text in frames.values()), frames
    assert [asked(address, path, cookie) for path in pages] == before


def test_a_rebound_name_gets_nothing(fooled, address, cookie):
    """A name of somebody else's that now means this machine is of the same origin as itself, and is refused."""
    port = address.rpartition(":")[2]
    context = fooled.new_context()
    page = context.new_page()
    status = page.goto(f"http://rebound.example:{port}/").status
    read = page.evaluate(
        "async () => { const a = await fetch('/api/gap?target=attention'); return [a.status, await a.text()]; }"
    )
    wrote = page.evaluate(f"async () => (await fetch('/know', {{method: 'POST', body: '{SAY}'}})).status")
    context.close()

    assert (status, read[0], wrote) == (421, 421, 421)
    assert "attention" not in read[1]


def test_the_printed_address_lets_a_browser_in(chromium, tmp_path, monkeypatch):
    """From the key's address the browser goes on to the start page by itself, and is let in for good."""
    from tests.browser.conftest import serving

    with serving(tmp_path) as (home, key):
        context = chromium.new_context()
        page = context.new_page()
        page.goto(home + "/")
        reading_only = page.locator(".stranger").count()
        page.goto(key)
        page.wait_for_url(home + "/")
        let_in = page.locator(".stranger").count()
        page.goto(home + "/practice")
        later = page.locator(".stranger").count()
        other = chromium.new_context().new_page()
        spent = other.goto(key).status
        context.close()
        other.context.close()

    assert (reading_only, let_in, later, spent) == (1, 0, 0, 403)
