"""The paper tracker over the wire: three passes, their questions, and what follows."""

from __future__ import annotations

import pytest

from cairn.study.papers import to_implement
from tests.web.reading import Page, assert_page


def test_a_paper_is_found_by_name(site):
    """An exact name leads to its record; another text shows what is like it."""
    assert site.get("/reading?paper=On Lines").headers["location"] == "/reading/paper-lines"
    assert "/reading/paper-lines" in assert_page(site.get("/reading?paper=lines")).links
    assert "None on this map" in assert_page(site.get("/reading?paper=qqqzzz")).text


def test_a_pass_is_kept_and_the_next_is_asked(site, app):
    """Answers and ideas stand on the page, the minutes in the log, and the second pass has its own questions."""
    page = assert_page(site.get("/reading/paper-lines"))
    assert "Do its assumptions seem sound?" in page.text
    fields = {
        "stage": "1", "minutes": "8", "answer-category": "A <b>method</b>", "ideas": "fit by hand\n\n  plot it ",
    }  # fmt: skip
    assert site.post("/reading/paper-lines", data=fields).status_code == 303

    page = assert_page(site.get("/reading/paper-lines"))
    assert "A <b>method</b>" in page.text
    assert "plot it" in page.text
    assert "Are axes, error bars and baselines what they should be?" in page.text
    assert [(e.minutes, e.mode) for e in app.diary().entries()] == [(8, "reading")]
    assert "1 of 3 passes" in assert_page(site.get("/reading")).text


def test_after_three_passes_it_is_read(site):
    """It stands among those read three times, and any pass can be looked at again."""
    for stage in "123":
        site.post("/reading/paper-lines", data={"stage": stage, "minutes": "10"})

    assert "Read three times" in assert_page(site.get("/reading")).text
    assert "What does it add?" in assert_page(site.get("/reading/paper-lines?pass=1")).text


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"minutes": ""}, "minutes are missing"),
        ({"stage": "4"}, "which pass"),
        ({"answer-mood": "good"}, "is no question"),
    ],
)
def test_a_record_that_makes_no_sense_is_not_lost(site, app, wrong, says):
    """The page says what is wrong, and the answers stand in their fields."""
    answer = site.post(
        "/reading/paper-lines",
        data={"stage": "1", "minutes": "8", "answer-clarity": "Clear enough."} | wrong,
    )

    assert answer.status_code == 422
    assert says in Page(answer.text).text
    assert "Clear enough." in Page(answer.text).text
    assert app.diary().readings() == []


def test_what_it_needs_stands_with_hours(site):
    """The paper's own skills, and the gap to them."""
    page = assert_page(site.get("/reading/paper-lines"))

    assert "/topics/slope" in page.links
    assert any(link.startswith("/gap?target=paper-lines") for link in page.links)


def test_the_ideas_of_a_paper_lead_to_exercises_on_them(real):
    """For the transformer's paper the first exercises are on attention, and each exists."""
    found = to_implement(real.curriculum, real.curriculum.papers["paper-attention"])

    assert "attention-numpy" in [name for name, _ in found]
    assert {name for name, _ in found} <= set(real.curriculum.exercises)


def test_the_next_paper_is_the_tracks(real_site):
    """Without a plan the first paper of the weekly track is offered."""
    page = assert_page(real_site.get("/reading"))

    assert "/reading/paper-attention" in page.links


@pytest.mark.parametrize("address", ["/reading/nowhere", "/reading/slope"])
def test_what_is_no_paper_is_not_found(site, address):
    """A page says so."""
    assert site.get(address).status_code == 404
