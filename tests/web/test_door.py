"""The door: one-time tokens, the cookie, and what a browser without it gets."""

from __future__ import annotations

import os
import stat

import pytest
from sqlalchemy import select
from starlette.routing import Route
from starlette.testclient import TestClient

from cairn.store.tables import metadata
from cairn.study.door import FILE, GOOD_FOR_S, Door, door
from cairn.web.security import STRANGER
from cairn.web.server import create
from tests.web.conftest import HOME, client

NAME = "cairn-8137"
NOW = 1_700_000_000.0
SAMPLES = {"{id}": ["slope", "numbers", "write-add"], "{number:int}": ["1"], "{path}": ["style.css"]}
QUERY = "?target=fitting&q=slope&skill=slope%40use&background=clerk&keep=slope&code=x&hints=2&level=use&back=/&wait=0"


def everything(app):
    """All rows of all tables."""
    with app.engine.connect() as connection:
        return {t.name: connection.execute(select(t)).all() for t in metadata.sorted_tables}


def routes(asgi):
    """Every address with sample values, and the methods it answers to."""
    for route in asgi.app.routes:
        if isinstance(route, Route):
            paths = [route.path]
            for name, values in SAMPLES.items():
                paths = [p.replace(name, v) for p in paths for v in (values if name in p else [""])]
            yield from ((path, route.methods) for path in paths)


def test_a_token_lets_a_browser_in_once(app):
    """The address printed at the start gives the cookie, strictly for this site; a second visit elsewhere fails."""
    asgi = create(app)
    token = asgi.door.token()
    first, second = (TestClient(asgi, base_url=HOME) for _ in range(2))

    entered = first.get(f"/enter?token={token}")
    refused = second.get(f"/enter?token={token}")

    assert (entered.status_code, refused.status_code) == (200, 403)
    words = {p.strip().lower() for p in entered.headers["set-cookie"].split(";")}
    assert {"httponly", "samesite=strict", "path=/"} <= words
    assert entered.headers["cache-control"] == "no-store"
    assert entered.headers["referrer-policy"] == "same-origin"
    assert "set-cookie" not in refused.headers
    assert "Reading only" not in first.get("/").text
    assert "Reading only" in second.get("/").text
    assert first.get(f"/enter?token={token}").status_code == 200  # it was let in already


def test_a_token_is_not_spent_by_asking_in_advance(app):
    """A browser that prefetches, or asks for the head alone, leaves the token good."""
    asgi = create(app)
    token = asgi.door.token()
    browser = TestClient(asgi, base_url=HOME)

    for ask in (
        lambda: browser.head(f"/enter?token={token}"),
        lambda: browser.get(f"/enter?token={token}", headers={"sec-purpose": "prefetch;prerender"}),
    ):
        assert "set-cookie" not in ask().headers

    assert "set-cookie" in browser.get(f"/enter?token={token}").headers


@pytest.mark.parametrize("token", ["", "x", "..", "a.b.c", "1700000000.x.", "9" * 400, "ü", "nan.x.y"])
def test_a_wrong_token_lets_nobody_in(site, token):
    """Nonsense is refused without a fault."""
    site.cookies.clear()
    response = site.get("/enter", params={"token": token})

    assert response.status_code == 403
    assert "set-cookie" not in response.headers


def test_a_passing_token_is_good_once_and_for_a_minute():
    """Made with the same key elsewhere it opens once, in time; with another key or altered it never does."""
    here, there, other = Door(b"k" * 32), Door(b"k" * 32), Door(b"o" * 32)

    early, late, twice = (there.passing_token(NOW) for _ in range(3))

    assert here.redeem(early, NOW + GOOD_FOR_S)
    assert not here.redeem(late, NOW + GOOD_FOR_S + 1)
    assert [here.redeem(twice, NOW), here.redeem(twice, NOW)] == [True, False]
    assert not other.redeem(there.passing_token(NOW), NOW)
    longer = there.passing_token(NOW).replace("17000000", "17000001")
    assert not here.redeem(longer, NOW)


@pytest.mark.skipif(os.name != "posix", reason="file modes are of POSIX")
def test_the_key_is_its_owners_alone(tmp_path):
    """It is made once, for its owner only; one that others could read, or that was cut short, is replaced."""
    first = door(tmp_path / "data")
    file = tmp_path / "data" / FILE

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert door(tmp_path / "data").cookie == first.cookie
    file.chmod(0o644)
    second = door(tmp_path / "data")
    assert second.cookie != first.cookie
    file.write_bytes(b"short")
    assert door(tmp_path / "data").cookie not in {first.cookie, second.cookie}
    assert [p.name for p in file.parent.iterdir()] == [FILE]


@pytest.mark.parametrize("value", ["", "x", "0" * 64, None])
def test_a_wrong_cookie_is_a_strangers(app, stranger, value):
    """Without the right cookie nothing can be written."""
    if value is not None:
        stranger.cookies.set(NAME, value)
    response = stranger.post("/know", data={"skill": "slope@use"}, headers={"origin": HOME})

    assert response.status_code == 403
    assert "This browser may only read" in response.text
    assert app.desk().knows() == ()


def test_the_cookie_of_another_port_does_not_count(app, stranger):
    """Browsers share cookies between ports, so each server has its own by name."""
    asgi = create(app)
    stranger.cookies.set("cairn-9999", asgi.door.cookie)

    assert stranger.post("/know", data={"skill": "slope@use"}, headers={"origin": HOME}).status_code == 403


def test_a_stranger_sees_nothing_personal(app, stranger, site):
    """What the person said and handed in shows to them alone, on every address there is."""
    asked = [p for p, methods in routes(create(app)) if "GET" in methods]
    before = {p: stranger.get(p + QUERY).text for p in asked}
    site.post("/know", data={"skill": "slope@use"})
    site.post("/background", data={"background": "clerk"})
    site.post("/forget", data={"keep": "fitting"})
    app.practice().submit("write-add", "secret = 'only mine'")
    mine = {p: site.get(p + QUERY).text for p in asked}
    theirs = {p: stranger.get(p + QUERY).text for p in asked}

    assert "only mine" in mine["/practice/write-add"]
    assert not [p for p, text in theirs.items() if "only mine" in text]
    assert theirs == before
    assert theirs["/"] != mine["/"]
    assert stranger.get("/api/submissions/1").status_code == 404
    assert site.get("/api/submissions/1").status_code == 200
    app.close()


def test_no_get_changes_anything(app, site):
    """Every address, asked for with GET and HEAD and all the fields that writes take, leaves the database as it was."""
    site.post("/know", data={"skill": "slope@use"})
    app.practice().submit("write-add", "x = 1")
    before = everything(app)
    asked = [(path, method) for path, ms in routes(create(app)) for method in ("GET", "HEAD") if method in ms]
    for path, method in asked:
        assert site.request(method, path + QUERY).status_code < 500

    assert len(asked) > 40
    assert everything(app) == before
    assert STRANGER not in {row.id for row in before["people"]}
    app.close()


def test_a_wrong_method_is_told_the_right_ones(app, site):
    """Every address answers 405 with `Allow` to methods it does not have, pages and documents alike."""
    for path, _ in routes(create(app)):
        allowed = {m for p, ms in routes(create(app)) if p == path for m in ms}
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"} - allowed:
            response = site.request(method, path)
            assert response.status_code == 405, (method, path)
            assert {m.strip() for m in response.headers["allow"].split(",")} == allowed, (method, path)


def test_a_strangers_write_reaches_no_handler(app):
    """Each address that writes refuses a browser without the cookie before it looks at what was sent."""
    asgi = create(app)
    browser = TestClient(asgi, base_url=HOME, headers={"origin": HOME})
    written = [path for path, methods in routes(asgi) if "POST" in methods]
    for path in written:
        assert browser.post(path, content=b"x" * 10_000_000).status_code == 403

    assert len(written) > 5
    assert not any(everything(app).values())


def test_the_clients_of_these_tests_are_let_in(app):
    """The fixture that other tests use is a browser with the cookie."""
    assert "Reading only" not in client(app).get("/").text
