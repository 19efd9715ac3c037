"""What keeps other pages out: foreign names, origins and frames, and files that are none of theirs."""

from __future__ import annotations

import http.client
import socket
import threading

import pytest
import uvicorn

from cairn.web.server import create
from tests.web.conftest import ADDRESSES, ENDINGS, HOME, let_in

KNOW = {"skill": "slope@use"}
FORM = {"content-type": "application/x-www-form-urlencoded"}


def said(app):
    """What the person says they know."""
    return [str(s) for s in app.desk().knows()]


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.0.0.1:8137", "localhost", "LOCALHOST:1", "[::1]", "[::1]:8137"]
)
def test_this_machine_is_answered(site, host):
    """Every name this machine has for itself is served, on any port."""
    assert site.get("/", headers={"host": host, "origin": f"http://{host}"}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "",
        "evil.example",
        "evil.example:8137",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "evil.example#127.0.0.1",
        "127.0.0.1@evil.example",
        "0.0.0.0",
        "127.0.0.2",
        "192.168.0.1",
        "[::]",
        "[::1].evil.example",
        "[::1]evil.example",
        "localhost:8137.evil.example",
        "127.0.0.1:8137@evil.example",
        "[::1",
        "::1",
        " ",
    ],
)
def test_a_foreign_name_is_refused(site, app, host):
    """A name that is not this machine's own is refused, to read or to write."""
    for method, address in [("GET", "/topics/slope"), ("POST", "/know")]:
        response = site.request(method, address, headers={"host": host} | FORM, content="skill=slope")
        assert response.status_code == 421
        assert "Slope" not in response.text

    assert said(app) == []


@pytest.mark.parametrize("address", [*ADDRESSES, *ENDINGS])
def test_a_rebound_name_reads_nothing(site, address):
    """Pages, documents and files alike are kept from a page on another name."""
    response = site.get(address, headers={"host": "rebound.example:8137"})

    assert response.status_code == 421
    assert len(response.content) < 300


def test_without_a_name_nothing_is_said(app):
    """A request of HTTP/1.0 that names no host is refused over a real connection."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(create(app), log_level="critical", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        with socket.create_connection(listening.getsockname(), timeout=30) as connection:
            connection.sendall(b"GET / HTTP/1.0\r\n\r\n")
            response = http.client.HTTPResponse(connection)
            response.begin()
            status = response.status
            response.close()
        server.should_exit = True
        thread.join(timeout=30)

    assert status == 421


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "https://evil.example:8137"},
        {"origin": "null"},
        {"origin": ""},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": "http://localhost:8137"},
        {"origin": "http://127.0.0.1.evil.example"},
        {"origin": "http://127.0.0.1:8137@evil.example"},
        {"origin": "file://"},
        {"origin": "http://["},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "anything"},
        {"sec-fetch-site": "cross-site", "origin": HOME},
        {"sec-fetch-site": "same-origin", "origin": "http://evil.example"},
        {"referer": "http://evil.example/page"},
        {"cookie": "a=b"},
    ],
)
def test_a_write_from_elsewhere_is_refused(app, headers):
    """A form or script of another site, another port or no origin at all changes nothing."""
    site = let_in(create(app), follow_redirects=False, raise_server_exceptions=False)
    if "origin" not in headers:
        del site.headers["origin"]

    for address in ("/know", "/background", "/forget"):
        fields = {"skill": "slope", "background": "clerk", "keep": "slope"}
        assert site.post(address, data=fields, headers=headers).status_code == 403

    desk = app.desk()
    assert (said(app), desk.goals(), desk.background()) == ([], [], None)


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": HOME, "sec-fetch-site": "same-origin", "referer": f"{HOME}/"},
        {"origin": HOME},
        {"sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "none"},
    ],
)
def test_a_write_from_our_own_page_is_kept(site, app, headers):
    """Our own pages in any browser that was let in, and a person at the address bar, may write."""
    if "origin" not in headers:
        del site.headers["origin"]
    assert site.post("/know", data=KNOW, headers=headers).status_code == 303
    assert said(app) == ["slope@use"]


@pytest.mark.parametrize("site_header", ["cross-site", "same-site", "same-origin", "none"])
def test_a_link_from_elsewhere_opens(stranger, site_header):
    """Following a link from anywhere opens the page."""
    visit = {"sec-fetch-site": site_header, "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
    assert stranger.get("/gap?target=slope", headers=visit).status_code == 200


@pytest.mark.parametrize("site_header", ["cross-site", "same-site", "unheard-of"])
@pytest.mark.parametrize(
    ("mode", "dest"),
    [
        ("no-cors", "image"),
        ("no-cors", "script"),
        ("no-cors", "style"),
        ("no-cors", "empty"),
        ("cors", "empty"),
        ("cors", "font"),
        ("navigate", "iframe"),
        ("navigate", "frame"),
        ("navigate", "object"),
        ("navigate", "embed"),
        ("websocket", "websocket"),
        ("same-origin", "document"),
        ("", ""),
    ],
)
def test_a_page_elsewhere_can_fetch_frame_or_embed_nothing(site, site_header, mode, dest):
    """Whatever a page of another site asks for by itself is refused, also with the cookie."""
    del site.headers["origin"]
    headers = {"sec-fetch-site": site_header, "sec-fetch-mode": mode, "sec-fetch-dest": dest}

    for address in ADDRESSES:
        response = site.get(address, headers=headers)
        assert response.status_code == 403
        assert len(response.content) < 100


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://127.0.0.1:9999", "http://localhost:8137", ""]
)
def test_a_foreign_origin_reads_nothing(site, origin):
    """A read that names another origin, as an event source or a cross-origin fetch does, is refused."""
    for address in ADDRESSES:
        for method in ("GET", "HEAD", "OPTIONS"):
            response = site.request(method, address, headers={"origin": origin})
            assert response.status_code == 403
            assert "access-control-allow-origin" not in response.headers


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE"])
def test_only_a_post_writes(site, app, method):
    """No other method changes anything at the addresses that write."""
    for address in ("/know", "/background", "/forget"):
        query = "skill=slope&background=clerk&keep=slope"
        response = site.request(method, f"{address}?{query}", content=query, headers=FORM)
        assert 400 <= response.status_code < 500

    desk = app.desk()
    assert (said(app), desk.goals(), desk.background()) == ([], [], None)
