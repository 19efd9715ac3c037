"""The JSON API: the documents of the command line, at an address, and errors as documents too."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from cairn.cli import main
from tests.conftest import MINI


@pytest.fixture
def command(tmp_path):
    """The document that a command prints, over the same data as the site."""

    def go(*arguments):
        environment = {"CAIRN_CURRICULUM": str(MINI), "CAIRN_DATA": str(tmp_path), "CAIRN_DATABASE_URL": None}
        return json.loads(
            CliRunner(catch_exceptions=False).invoke(main, [*arguments, "--json"], env=environment).stdout
        )

    return go


@pytest.mark.parametrize(
    ("address", "arguments"),
    [
        ("/api/gap?target=fitting", ["gap", "fitting"]),
        ("/api/gap?target=fitting&level=derive", ["gap", "fitting", "--level", "derive"]),
        ("/api/gap?target=slope&target=short", ["gap", "slope", "short"]),
        (
            "/api/gap?target=short&knows=addition,product&background=clerk",
            ["gap", "short", "--knows", "addition,product", "--background", "clerk"],
        ),
        ("/api/find?q=slope&q=qqqzzz&q=carrying", ["find", "slope", "qqqzzz", "carrying"]),
        ("/api/show/slope", ["show", "slope"]),
        ("/api/show/short-phase-1", ["show", "short-phase-1"]),
        (
            "/api/show/Fitting%20a%20line?background=clerk",
            ["show", "Fitting a line", "--background", "clerk"],
        ),
        ("/api/next", ["next"]),
        ("/api/next?knows=addition", ["next", "--knows", "addition"]),
        ("/api/unlocks/addition@use", ["unlocks", "addition@use"]),
        ("/api/path/short", ["path", "short"]),
        ("/api/lint", ["lint"]),
    ],
)
def test_the_api_says_what_the_command_says(site, command, address, arguments):
    """Each address gives the very document of its command."""
    response = site.get(address)

    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    assert response.json() == command(*arguments)


def test_what_was_saved_counts_like_in_the_terminal(site, command):
    """Without `knows` in the address, what the person said counts."""
    site.post("/know", data={"skill": "multiplication"})
    site.post("/background", data={"background": "clerk"})

    assert site.get("/api/gap?target=fitting").json() == command("gap", "fitting")
    assert len(site.get("/api/gap?target=fitting").json()["skills"]) == 4
    assert len(site.get("/api/gap?target=fitting&knows=").json()["skills"]) == 8


@pytest.mark.parametrize(
    ("address", "status", "word"),
    [
        ("/api/gap", 404, "goal"),
        ("/api/gap?target=qqqzzz", 404, "qqqzzz"),
        ("/api/gap?target=book-sums", 404, "book-sums"),
        ("/api/gap?target=slope&level=expert", 400, "expert"),
        ("/api/gap?target=slope&knows=qqqzzz", 400, "qqqzzz"),
        ("/api/gap?target=slope&knows=slope@expert", 400, "slope@expert"),
        ("/api/gap?target=slope&background=wizard", 400, "clerk"),
        ("/api/show/qqqzzz", 404, "qqqzzz"),
        ("/api/show/slope?background=wizard", 400, "wizard"),
        ("/api/unlocks/short", 400, "short"),
        ("/api/path/qqqzzz", 404, "qqqzzz"),
        ("/api/nowhere", 404, "nowhere"),
        ("/api/", 404, "address"),
        ("/api/show/", 404, "address"),
        ("/api/show/a/b", 404, "address"),
    ],
)
def test_errors_are_documents(site, address, status, word):
    """An error has a status, and a document that names what was wrong."""
    response = site.get(address)

    assert response.status_code == status
    assert response.headers["content-type"] == "application/json"
    assert response.json()["format"] == 1
    assert word in response.json()["error"]


@pytest.mark.parametrize(
    "text",
    [
        "\x00",
        "<script>",
        "x" * 20_000,
        "漢字",
        "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
        "%ff",
    ],
)
def test_any_text_is_answered(site, text):
    """Whatever is asked for, the answer is a document."""
    assert site.get("/api/gap", params={"target": text}).status_code == 404
    assert site.get("/api/find", params={"q": text}).json()[0]["query"] == text
    assert isinstance(site.get("/api/search", params={"q": text}).json(), list)


def test_bytes_that_are_no_text_are_answered(site):
    """An address that is not UTF-8 is no fault."""
    assert site.get("/api/gap?target=%ff%fe").status_code == 404
    assert site.get("/api/show/%ff").status_code == 404


def test_search_suggests_with_addresses(site):
    """Each suggestion has a title, a summary and an address that stands."""
    found = site.get("/api/search?q=sl").json()

    assert found[0]["id"] == "slope"
    for row in found:
        assert {"id", "kind", "title", "summary", "href"} <= set(row)
        assert site.get(row["href"].partition("#")[0]).status_code == 200


def test_the_map_document_places_every_topic_in_its_own_cell(site, mini):
    """Every topic has a cell, no two share one, and what a topic requires is another of them."""
    found = site.get("/api/map").json()
    places = {t["id"]: t for t in found["topics"]}

    assert found["format"] == 1
    assert set(places) == set(mini.curriculum.topics)
    assert len({(t["x"], t["y"]) for t in found["topics"]}) == len(places)
    assert {r for t in found["topics"] for r in t["requires"]} == {"addition", "multiplication", "slope"}


def test_the_real_map_is_drawn_without_overlap(real_site, real):
    """No two of the real topics stand at one place, and all stand on the sheet."""
    found = real_site.get("/api/map").json()

    assert {t["id"] for t in found["topics"]} == set(real.curriculum.topics)
    assert len({(t["x"], t["y"]) for t in found["topics"]}) == len(found["topics"])
    assert all(0 <= t["x"] <= found["width"] and 0 <= t["y"] <= found["height"] for t in found["topics"])


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_the_api_only_reads(site, method):
    """No other method does anything."""
    assert 400 <= site.request(method, "/api/gap?target=slope").status_code < 500
