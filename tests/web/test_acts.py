"""What a person does on a page: it is kept, it counts at once, and they come back to where they were."""

from __future__ import annotations

import re
from html import unescape

import pytest

from cairn.learner import Outcome
from tests.web.reading import Page, assert_page


@pytest.fixture
def desk(app):
    """The same person's verbs, beside the browser."""
    return app.desk()


def said(desk):
    """What the person says they know."""
    return [str(s) for s in desk.knows()]


def test_a_skill_is_kept(site, desk):
    """Saying that one knows a skill keeps it and goes back."""
    response = site.post(
        "/know", data={"skill": "slope@use", "outcome": "known", "back": "/gap?target=fitting"}
    )

    assert (response.status_code, response.headers["location"]) == (303, "/gap?target=fitting")
    assert said(desk) == ["slope@use"]


def test_a_skill_is_taken_back(site, desk):
    """Saying the opposite takes it back."""
    desk.say([desk.atlas.skill("slope@use")], Outcome.KNOWN)

    site.post("/know", data={"skill": "slope@use", "outcome": "unknown"})

    assert said(desk) == []


def test_what_is_known_counts_at_once(site):
    """The next page counts it, and what it rests on."""
    assert "0 of 8 skills" in assert_page(site.get("/gap?target=fitting")).text

    site.post("/know", data={"skill": "multiplication@use"})

    assert "4 of 8 skills" in assert_page(site.get("/gap?target=fitting")).text


def test_knowing_the_goal_empties_the_gap(site):
    """Who knows it all is told that nothing is missing."""
    site.post("/know", data={"skill": "fitting@use"})

    assert "Nothing is missing" in assert_page(site.get("/gap?target=fitting")).text


def test_every_form_on_a_page_works_as_it_stands(site, desk):
    """Each form of the pages with forms, sent with its own values, is accepted and leads back to a page."""
    sent = 0
    for address in ("/", "/topics/slope", "/gap?target=fitting", "/gap?target=short&level=use"):
        for form in re.findall(r'<form [^>]*method="post".*?</form>', site.get(address).text, re.DOTALL):
            action = re.search(r'action="([^"]+)"', form)[1]
            fields = {
                re.search(r'name="([^"]+)"', i)[1]: unescape(re.search(r'value="([^"]*)"', i)[1])
                for i in re.findall(r"<input [^>]*>", form)
            }
            response = site.post(action, data=fields)
            assert response.status_code == 303, (address, action, fields)
            assert_page(site.get(response.headers["location"]))
            sent += 1
    assert sent > 10


def test_a_background_is_kept_and_taken_back(site, desk):
    """Choosing one narrows the pages; choosing none widens them again."""
    response = site.post("/background", data={"background": "clerk", "back": "/"})
    assert (response.status_code, desk.background()) == (303, "clerk")

    site.post("/background", data={"background": ""})
    assert desk.background() is None


def test_a_goal_is_kept_and_forgotten(site, desk):
    """A goal that is kept stands on the start page with its level; a forgotten one does not."""
    site.post("/forget", data={"keep": "slope", "level": "recognise", "back": "/"})

    assert [(g.target, g.level) for g in desk.goals()] == [("slope", "recognise")]
    assert "/gap?target=slope&level=recognise" in assert_page(site.get("/")).links

    site.post("/forget", data={"target": "slope", "back": "/"})
    assert desk.goals() == []


@pytest.mark.parametrize(
    ("address", "fields", "status"),
    [
        ("/know", {}, 400),
        ("/know", {"skill": "qqqzzz"}, 400),
        ("/know", {"skill": "slope@expert"}, 400),
        ("/know", {"skill": "short"}, 400),
        ("/know", {"skill": "x" * 10_000}, 400),
        ("/background", {"background": "wizard"}, 400),
        ("/forget", {"keep": "qqqzzz"}, 404),
        ("/forget", {"keep": "book-sums"}, 404),
        ("/forget", {"keep": "slope", "level": "expert"}, 404),
        ("/know", {"skill": "slope@use", "padding": "x" * 70_000}, 400),
    ],
)
def test_what_makes_no_sense_changes_nothing(site, desk, address, fields, status):
    """A form that cannot be understood is refused with a page, and nothing is kept."""
    response = site.post(address, data=fields)

    assert response.status_code == status
    assert len(Page(response.text).headings) == 1
    assert (said(desk), desk.goals(), desk.background()) == ([], [], None)


def test_a_form_that_is_no_text_is_refused(site, desk):
    """Bytes that are not UTF-8 are a bad form, not a fault."""
    response = site.post(
        "/know", content=b"skill=\xff\xfe", headers={"content-type": "application/x-www-form-urlencoded"}
    )

    assert response.status_code == 400
    assert said(desk) == []


SAFE = ["/", "/gap?target=fitting", "/topics/slope#levels", "/search?q=a%20b&x=/", "/gap?target=a//b"]
UNSAFE = [
    "//evil.example",
    "//evil.example/path",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r\nSet-Cookie: a=b",
    "https://evil.example",
    "http:evil.example",
    "javascript:alert(1)",
    "evil.example",
    " //evil.example",
    "",
    "\x00",
]


@pytest.mark.parametrize("address", ["/know", "/background", "/forget"])
def test_one_comes_back_to_where_one_was(site, address):
    """A local address is returned to as it is; one that a browser could take for another site is not."""
    fields = {"skill": "slope", "background": "clerk", "keep": "slope"}

    for back in SAFE + UNSAFE:
        response = site.post(address, data=fields | {"back": back})
        assert response.status_code == 303
        assert response.headers["location"] == (back if back in SAFE else "/")


@pytest.mark.parametrize("address", ["/know", "/background", "/forget"])
def test_looking_never_changes_anything(site, desk, address):
    """The same fields in the address of a GET keep nothing."""
    for method in ("GET", "HEAD", "OPTIONS"):
        fields = {"skill": "slope", "background": "clerk", "keep": "slope"}
        assert 400 <= site.request(method, address, params=fields).status_code < 500

    assert (said(desk), desk.goals(), desk.background()) == ([], [], None)


def test_reading_pages_keeps_nothing(site, desk, app):
    """A walk over the site leaves no person behind."""
    for address in (
        "/",
        "/gap?target=fitting",
        "/topics/slope",
        "/map?target=slope",
        "/api/gap?target=slope&knows=addition",
    ):
        site.get(address)

    assert desk.people.get("local") is None
