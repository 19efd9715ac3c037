"""The question bank over the wire: answer first, then the model answer, then one's own grades."""

from __future__ import annotations

import re

import pytest

from tests.web.reading import assert_page


def fields(html: str) -> dict[str, str]:
    """The hidden fields of a page."""
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html))


GRADES = {"c0": "full", "c1": "partial", "c2": "none"}


def test_the_model_answer_is_not_on_the_page_of_the_question(site):
    """The question's page holds a place to answer, and neither the model answer nor the rubric."""
    answer = site.get("/questions/q-slope")
    html = answer.text
    assert_page(answer)
    assert "textarea" in html
    assert "triangles of rise" not in html
    assert "Rise over run" not in html


def test_comparing_shows_both_answers_and_keeps_nothing(site, app):
    """What was said stands beside the model answer, escaped, with three grades for each point; nothing counts yet."""
    asked = fields(site.get("/questions/q-slope").text)
    answer = site.post("/questions/q-slope", data={**asked, "say": "answer", "text": "<b>rise</b>"})
    assert_page(answer)
    assert "&lt;b&gt;rise" in answer.text
    assert "triangles of rise" in answer.text
    assert answer.text.count('type="radio"') == 9
    assert app.desk().log.of("local") == []


def test_grades_are_kept_once_and_shown_with_what_to_read(site, app):
    """Sent twice they count once; the page that follows names each grade and links what repairs a missing point."""
    asked = fields(site.get("/questions/q-slope").text)
    for _ in range(2):
        answer = site.post("/questions/q-slope", data={**asked, **GRADES, "say": "keep", "text": "mine"})
        assert answer.status_code == 303
    shown = site.get(answer.headers["location"])
    html = shown.text
    assert_page(shown)
    assert "In part" in html
    assert 'href="/topics/slope#failure-modes"' in html
    assert "mine" in html
    assert len(app.self_grading().kept("q-slope")) == 1


def test_a_missing_grade_loses_nothing(site, app):
    """Without a grade for each point the page comes again with the text and the grades given, and says why."""
    asked = fields(site.get("/questions/q-slope").text)
    answer = site.post("/questions/q-slope", data={**asked, "c0": "full", "say": "keep", "text": "mine <i>"})
    assert answer.status_code == 422
    assert "Grade every point" in answer.text
    assert "mine &lt;i&gt;" in answer.text
    assert 'value="full" checked' in answer.text
    assert app.self_grading().kept("q-slope") == []


def test_not_knowing_counts_and_shows_the_answer(site, app):
    """ "I don't know" is kept as passed, and the model answer follows."""
    asked = fields(site.get("/questions/q-slope").text)
    answer = site.post("/questions/q-slope", data={**asked, "say": "pass"})
    assert answer.headers["location"] == "/questions/q-slope?show=answer"
    assert [e.outcome.value for e in app.desk().log.of("local")] == ["passed"]


def test_reading_needs_no_answer(quiet_site):
    """The model answer can be read with rubric, wrong answers and follow-ups, and nothing is asked."""
    answer = quiet_site.get("/questions/q-slope?show=answer")
    html = answer.text
    assert_page(answer)
    for text in ("triangles of rise", "In part", "Common wrong answers", "When does a line have no slope?"):
        assert text in html


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({"say": "keep"}, 400),
        ({"number": "x", "say": "keep"}, 400),
        ({"number": "-1", "say": "answer"}, 400),
        ({"number": "0", "say": "keep", "c0": "most", "c1": "full", "c2": "full"}, 422),
        ({"number": "0", "say": "keep", "c0": "full"}, 422),
    ],
)
def test_nonsense_is_refused(site, app, data, status):
    """A form that names no answer or no grade is refused, and keeps nothing."""
    assert site.post("/questions/q-slope", data=data).status_code == status
    assert app.desk().log.of("local") == []


@pytest.mark.parametrize(
    "path", ["/questions/q-none", "/questions/q-slope/answered/9", "/questions/q-none/answered/0"]
)
def test_what_is_not_there_is_not_found(quiet_site, path):
    """An unknown question, or an answer that was never given, is a page that says so."""
    assert quiet_site.get(path).status_code == 404


def test_a_stranger_sees_the_question_and_keeps_nothing(stranger, app):
    """A browser that was not let in may read, and its grades are not taken."""
    assert stranger.get("/questions/q-slope?show=answer").status_code == 200
    assert stranger.post("/questions/q-slope", data={"number": "0", "say": "pass"}).status_code in {401, 403}
    assert app.desk().log.of("local") == []


def test_an_answer_seen_from_a_topic_leads_to_its_page(site, app):
    """The address by which histories name an answer goes on to the page of a self-graded one."""
    asked = fields(site.get("/questions/q-slope").text)
    site.post("/questions/q-slope", data={**asked, **GRADES, "say": "keep"})
    answer = site.get("/answered/question/q-slope/0?next=/topics/slope")
    assert answer.headers["location"] == "/questions/q-slope/answered/0"


def test_every_model_answer_is_a_page(real_site, real):
    """Each answer of the real curriculum is shown whole, with every formula set or readable."""
    for name in real.curriculum.answers:
        answer = real_site.get(f"/questions/{name}?show=answer")
        assert_page(answer)
