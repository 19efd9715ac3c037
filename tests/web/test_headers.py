"""What every answer carries: strict headers, no file from outside, nothing that gives away or leads away."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from cairn.web.server import create
from tests.web.conftest import ADDRESSES, ENDINGS, HOME
from tests.web.reading import Page


def assert_strict(headers):
    """The headers that every answer carries."""
    policy = dict(part.strip().partition(" ")[::2] for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert policy["base-uri"] == "'none'"
    assert policy["form-action"] == "'self'"
    assert not any(word in " ".join(policy.values()) for word in ("*", "http:", "https:", "unsafe-eval"))
    assert "unsafe-inline" not in policy["script-src"] + policy["style-src"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["referrer-policy"] in {"same-origin", "no-referrer"}
    assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize("address", [*ADDRESSES, *ENDINGS])
def test_every_answer_is_strict(site, address):
    """Pages, documents, files, redirects and errors all carry the same strict headers."""
    assert_strict(site.get(address).headers)


@pytest.mark.parametrize(
    "headers", [{"host": "evil.example"}, {"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site"}]
)
def test_a_refusal_is_strict_too(site, headers):
    """An answer that repeats what it was sent must not be taken for a page."""
    response = site.post("/know", data={"skill": "slope@use"}, headers=headers)

    assert response.headers["content-type"].startswith("text/plain")
    assert_strict(response.headers)


def test_a_fault_is_strict_and_says_nothing(app, monkeypatch):
    """A fault of ours gives a page without details, with the same headers."""
    site = TestClient(create(app), base_url=HOME, raise_server_exceptions=False)
    monkeypatch.setattr(type(app), "desk", lambda *_: 1 / 0)

    response = site.get("/")

    assert response.status_code == 500
    assert "ZeroDivision" not in response.text
    assert "Traceback" not in response.text
    assert_strict(response.headers)


@pytest.mark.parametrize(
    "path",
    [
        "../pages.py",
        "../../pages.py",
        "%2e%2e/pages.py",
        "..%2f..%2fpages.py",
        "....//pages.py",
        "%2e%2e%2f%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "..%5c..%5cpages.py",
        "fonts/../../../pages.py",
        "//etc/passwd",
        "%2fetc%2fpasswd",
        "style.css%00.js",
        "~root/.profile",
        ".stamp/..",
        "",
        "fonts/",
        "x" * 5000,
    ],
)
def test_no_file_outside_is_served(site, path):
    """No way of writing a path leaves the folder of assets, and folders are not listed."""
    response = site.get(f"/static/{path}")

    assert response.status_code == 404
    assert "def " not in response.text
    assert "root:" not in response.text


def test_assets_are_typed_and_cached(site):
    """A style sheet is served as one, for ever at the address that a page gives it."""
    link = next(part for part in site.get("/").text.split('"') if part.startswith("/static/style.css"))
    response = site.get(link)

    assert response.headers["content-type"].startswith("text/css")
    assert "immutable" in response.headers["cache-control"]
    assert "immutable" not in site.get("/static/style.css").headers["cache-control"]


def test_pages_are_asked_for_again(site):
    """What changes when something is said is never shown from a cache unasked."""
    for address in ("/", "/gap?target=fitting", "/api/gap?target=fitting", "/topics/slope"):
        assert site.get(address).headers["cache-control"] in {"no-cache", "no-store"}


def test_no_answer_tells_what_serves_it(site):
    """No header gives away versions, and none sets a cookie: there is no session to steal."""
    for address in [*ADDRESSES, *ENDINGS]:
        headers = site.get(address).headers
        assert not {"server", "x-powered-by", "set-cookie"} & set(headers)


def test_pages_ask_nobody_else(real_site, real):
    """Everything a page loads by itself comes from this server, so that it works without a network."""
    some = list(real.curriculum.topics)[::40]
    for address in ["/", "/map", *(f"/topics/{t}" for t in some)]:
        page = Page(real_site.get(address).text)
        assert page.loaded
        assert all(a.startswith(("/static/", "data:image/svg+xml,")) for a in page.loaded), page.loaded
