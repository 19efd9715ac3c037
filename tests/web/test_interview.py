"""Interviews over the wire: begun, answered, paused, graded, reported, without a script."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from cairn.learner import Evidence, Outcome, Source
from tests.conftest import REAL
from tests.web.conftest import kept_open
from tests.web.reading import assert_page

NOW = "/interview/now"


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    """The real curriculum's site with a person of its own."""
    yield from kept_open(REAL, tmp_path_factory.mktemp("interview"))


def step(html: str) -> str:
    """Where the page says that the interview stands."""
    return re.search(r'name="step" value="([^"]*)"', html)[1]


def shown(site):
    """The page of the interview under way."""
    answer = site.get(NOW)
    assert_page(answer)
    return answer.text


def grades(html: str, credit: str) -> dict[str, str]:
    """A form in which every point has the same grade."""
    names = set(re.findall(r'name="(c\d|follow)"', html))
    return {"step": step(html), "say": "keep", **dict.fromkeys(names, credit)}


def test_an_interview_from_beginning_to_report(room):
    """Choose, answer, follow up, grade, pause, end: each step is a form, and the report has an address of its own."""
    assert_page(room.get("/interview"))
    begun = room.post("/interview", data={"minutes": "15", "target": "attention", "grading": "each"})
    assert begun.headers["location"] == NOW
    html = shown(room)
    assert "15:00 left" in html or "14:5" in html
    assert "model answer" not in html.lower()
    room.post(NOW, data={"step": step(html), "say": "answer", "text": "<script>alert(1)</script>"})
    html = shown(room)
    room.post(NOW, data={"step": step(html), "say": "answer", "text": "when not"})
    html = shown(room)
    assert "&lt;script&gt;" in html
    assert "A model answer" in html
    assert html.count('name="follow"') == 3

    refused = room.post(NOW, data={"step": step(html), "say": "keep", "c0": "full"})
    assert refused.status_code == 422
    assert 'value="full" checked' in refused.text

    room.post(NOW, data=grades(html, "partial"))
    room.post(NOW, data={"step": step(shown(room)), "say": "pause", "text": "half a sentence"})
    html = shown(room)
    assert "Paused" in html
    assert "textarea" not in html
    room.post(NOW, data={"say": "resume"})
    assert "half a sentence</textarea>" in shown(room)
    room.post(NOW, data={"step": step(shown(room)), "say": "pass"})
    over = room.post(NOW, data={"say": "finish"})
    where = over.headers["location"]
    assert re.fullmatch(r"/interview/\d+", where)
    report = room.get(where)
    assert_page(report)
    for text in ("In part", "What to read next", "I don’t know", "in full"):
        assert text in report.text
    assert re.search(r"What is missing for these: \d+ topics?, ", report.text)
    assert "%" not in re.search(r"<article.*</article>", report.text, re.DOTALL)[0]

    file = room.get(f"{where}/report.md")
    assert file.headers["content-type"].startswith("text/markdown")
    assert "attachment" in file.headers["content-disposition"]
    assert file.text.startswith("# Interview of ")


def test_a_stale_step_is_shown_where_it_stands(room):
    """A form sent twice, or from another tab, is followed by the page of where the interview stands."""
    room.post("/interview", data={"minutes": "15", "grading": "each"})
    old = step(shown(room))
    for _ in range(2):
        assert room.post(NOW, data={"step": old, "say": "answer", "text": "x"}).headers["location"] == NOW
    assert step(shown(room)).endswith("follow-up")
    room.post(NOW, data={"say": "close"})


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"minutes": "0"}, "minutes"),
        ({"minutes": "99999"}, "minutes"),
        ({"minutes": "soon"}, "minutes"),
        ({"minutes": "15", "target": "qqqzzz"}, "is no goal on the map"),
        ({"minutes": "15", "area": "nowhere"}, "no area"),
        ({}, "minutes"),
    ],
)
def test_what_cannot_begin_says_why_and_loses_nothing(room, data, says):
    """A length, goal or area that makes no sense is named on the same page, with what was typed."""
    answer = room.post("/interview", data=data)
    assert answer.status_code == 422
    assert says in answer.text
    if data.get("target"):
        assert 'value="qqqzzz"' in answer.text


def test_without_an_interview_its_page_leads_to_the_choice(site):
    """There is nothing to go on with: the address of the question leads to the beginning."""
    assert site.get(NOW).headers["location"] == "/interview"
    assert site.post(NOW, data={"say": "answer"}).headers["location"] == "/interview"
    assert site.get("/interview/7").status_code == 404
    assert site.get("/interview/7/report.md").status_code == 404


def test_the_only_question_of_a_small_map_is_asked_and_then_it_is_over(site):
    """With one question with an answer, the interview ends after it."""
    site.post("/interview", data={"minutes": "15"})
    html = site.get(NOW).text
    over = site.post(NOW, data={"step": step(html), "say": "pass"})
    assert over.headers["location"] == "/interview/1"
    assert_page(site.get("/interview/1"))


def test_a_stranger_cannot_hold_one(stranger):
    """A browser that was not let in begins nothing."""
    assert stranger.post("/interview", data={"minutes": "15"}).status_code in {401, 403}


def test_a_disagreement_is_shown_with_a_way_to_settle_it(site, app):
    """Graded well after two wrong answers on the same skill: the report says so, and links a few questions on it."""
    app.desk().person()
    at = datetime.now(UTC) - timedelta(days=2)
    for n in range(2):
        wrong = Evidence("local", at, Source.ITEM, "slope@recognise", Outcome.WRONG, f"item:x/y:{n}", "x/y")
        app.desk().log.append([wrong])
    site.post("/interview", data={"minutes": "15"})
    for _ in range(2):
        site.post(NOW, data={"step": step(site.get(NOW).text), "say": "answer", "text": "mine"})
    over = site.post(NOW, data=grades(site.get(NOW).text, "full"))
    report = site.get(over.headers["location"])
    assert_page(report)
    assert "of 2 earlier answers on this, 0 were right" in report.text
    assert 'href="/diagnose?target=slope%40recognise"' in report.text
