"""The gap as a page: the same steps as everywhere, whatever stands in the address."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.web.reading import Page, assert_page


@pytest.fixture
def site(quiet_site):
    """The miniature's site; nothing here is kept."""
    return quiet_site


def steps(page):
    """The topics a gap's page lists, in order."""
    return [link.removeprefix("/topics/") for link in page.links if link.startswith("/topics/")]


def test_the_page_lists_the_gap_in_order(site, mini):
    """Every topic of the gap is linked, in learning order."""
    listed = iter(steps(assert_page(site.get("/gap?target=fitting"))))

    assert all(topic in listed for topic in mini.gap("fitting").topics)  # each is found after the one before


@pytest.mark.parametrize(
    "target",
    [
        "fitting",
        "Fitting a line",
        "slope@recognise",
        "carrying",
        "short",
        "short-phase-1",
        "paper-lines",
        "q-slope",
        "lines",
        "proofs",
    ],
)
def test_anything_with_skills_has_a_gap(site, target):
    """A topic by any name, a section, skill, path, phase, paper, question, area or comparison."""
    assert_page(site.get("/gap", params={"target": target}))


def test_several_goals_are_one_page(site):
    """The titles are joined and the steps are the union."""
    page = assert_page(site.get("/gap", params={"target": ["slope", "multiplication"]}))

    assert "Slope" in page.headings[0]
    assert "Multiplication" in page.headings[0]
    assert {"addition", "slope", "multiplication"} <= set(steps(page))


@pytest.mark.parametrize(("level", "deep"), [("recognise", 2), ("derive", 10)])
def test_the_level_in_the_address_counts(site, mini, level, deep):
    """The page is as deep as the address asks."""
    page = assert_page(site.get("/gap", params={"target": "fitting", "level": level}))

    assert len(mini.gap("fitting", level=level).steps) == deep
    assert ("addition" in steps(page)) == (deep > 2)


@pytest.mark.parametrize("query", ["", "target=", "target=%20%09", "level=use", "target=&target="])
def test_without_a_goal_the_way_leads_to_the_start(site, query):
    """An empty form is sent back to where a goal is chosen."""
    response = site.get(f"/gap?{query}")

    assert (response.status_code, response.headers["location"]) == (303, "/")


@pytest.mark.parametrize(
    "text", ["qqqzzz", "two words", "a&b=c", "x" * 10_000, "\x00\x1b[31m", "漢字", "@", "slope@", "@use"]
)
def test_an_unknown_goal_is_searched_for(site, text):
    """What names nothing becomes a search for it, on this server."""
    response = site.get("/gap", params={"target": text})

    assert response.status_code == 303
    assert response.headers["location"].startswith("/search?q=")
    assert_page(site.get(response.headers["location"]))


@pytest.mark.parametrize(
    "query", ["target=slope&target=qqqzzz", "target=book-sums", "target=slope%40derive&target=slope"]
)
def test_what_cannot_be_a_goal_is_said(site, query):
    """A goal that asks for no skills, or one bad goal among good ones, is a 404 that leads on."""
    response = site.get(f"/gap?{query}")

    assert response.status_code == 404
    assert "/search" in Page(response.text).links


@pytest.mark.parametrize("level", ["", "expert", "USE", "\x00", "x" * 10_000])
def test_a_level_that_is_none_is_passed_over(site, level):
    """A mistyped level gives the usual depth instead of a fault."""
    page = assert_page(site.get("/gap", params={"target": "fitting", "level": level}))

    assert steps(page) == steps(assert_page(site.get("/gap?target=fitting")))


def test_very_many_goals_are_no_burden(site):
    """A thousand goals in one address are answered like a few."""
    assert_page(site.get("/gap", params={"target": ["slope", "fitting"] * 500}))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(st.text(max_size=30) | st.sampled_from(["slope", "short", "addition@use"]), max_size=4),
    st.text(max_size=9),
)
def test_no_address_is_a_fault(site, targets, level):
    """Whatever is asked, the answer is a page, a way on, or a kind refusal."""
    response = site.get("/gap", params={"target": targets, "level": level})

    assert response.status_code in {200, 303, 404}
    if response.status_code == 303:
        assert response.headers["location"].startswith("/")
