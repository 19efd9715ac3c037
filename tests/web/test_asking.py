"""Questions over the wire: counted once, refused where they make no sense, never a crash."""

from __future__ import annotations

import re

import pytest

from cairn.learner import Outcome, Source
from tests.web.reading import assert_page


def hidden(html):
    """The hidden fields of the question on a page."""
    form = re.search(r'<form class="question".*?</form>', html, re.DOTALL)[0]
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))


@pytest.fixture
def events(app):
    """What was kept of the person, as it is now."""
    return lambda: app.desk().log.of("local")


@pytest.fixture
def numeric(mini):
    """An item that asks for a number."""
    return next(i for i in mini.curriculum.items if i.kind.value == "numeric")


def test_an_answer_counts_once_however_often_it_is_sent(site, events):
    """Sent three times, a diagnosis's answer is kept once, and the repeats lead to a page that says so."""
    fields = hidden(site.get("/diagnose?target=slope").text)
    said = {"can": "no"} if "skill" in fields else {"say": "pass"}
    answers = [site.post("/diagnose", data=fields | said) for _ in range(3)]

    assert [a.status_code for a in answers] == [303] * 3
    assert len(events()) == 1


def test_an_own_word_counts_once(site, app, events):
    """One's own word on a skill counts once for each asking; a later asking counts again."""
    for number in ("0", "0", "1"):
        site.post("/diagnose", data={"target": "slope", "skill": "slope@use", "number": number, "can": "yes"})

    assert [(e.source, e.outcome) for e in events()] == [(Source.SELF_REPORT, Outcome.KNOWN)] * 2


def test_an_unreadable_answer_is_shown_again(site, numeric, events):
    """What was typed stands in the field again beside the reason, the status says so, and nothing was kept."""
    seed = hidden(site.get(f"/ask/{numeric.skill}").text)["seed"]
    fields = {"item": numeric.id, "seed": seed, "text": '"><script>alert(1)</script>', "say": "answer"}
    answer = site.post("/diagnose", data=fields | {"target": "slope"})

    assert answer.status_code == 422
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert" in answer.text
    assert 'role="alert"' in answer.text
    assert events() == []


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"item": "nothing/here", "seed": "1", "target": "slope"}, 400),
        ({"item": "addition/by-hand", "seed": "-1", "target": "slope"}, 400),
        ({"item": "addition/by-hand", "seed": "1e9", "target": "slope"}, 400),
        ({"seed": "9" * 400, "target": "slope"}, 400),
        ({"target": "qqqzzz", "skill": "slope@use"}, 404),
        ({"target": "slope", "skill": "no-such@use"}, 400),
        ({"item": "addition/by-hand", "seed": "1"}, 400),
    ],
)
def test_senseless_answers_are_refused(site, events, fields, status):
    """A form that names no question or no goal gets a page that says so, and nothing is kept."""
    assert site.post("/diagnose", data=fields).status_code == status
    assert events() == []


@pytest.mark.parametrize(
    "query",
    [
        "minutes=NaN",
        "minutes=1e400",
        "minutes=-3",
        "questions=x",
        "level=deep",
        "minutes=²",
        "passed=../..:1",
    ],
)
def test_odd_addresses_ask_all_the_same(site, query):
    """What makes no sense in an address becomes what is usual."""
    assert_page(site.get(f"/diagnose?target=slope&{query}"))


def test_a_typed_goal_that_is_none_is_searched_for(site):
    """A text that names nothing leads to the search, with what was typed."""
    assert site.get("/diagnose?target=some+text").headers["location"] == "/search?q=some+text"


@pytest.mark.parametrize(
    ("name", "value"),
    [("retention", "abc"), ("retention", "5"), ("minutes", "nan"), ("minutes", "1e400"), ("minutes", "-1")],
)
def test_senseless_settings_are_refused(site, app, name, value):
    """A setting that is no number or out of range changes nothing."""
    assert site.post("/review/settings", data={name: value}).status_code == 400
    assert app.desk().person().preferences == {}


def test_settings_are_kept(site, app):
    """Retention in per cent and minutes a day are kept, and an empty limit takes it away."""
    site.post("/review/settings", data={"retention": "85", "minutes": "20"})
    assert (app.reviewing().retention, app.reviewing().budget) == (0.85, 20.0)
    site.post("/review/settings", data={"retention": "85", "minutes": ""})
    assert app.reviewing().budget is None


@pytest.mark.parametrize(
    "address",
    [
        "/answered/addition/by-hand/1",
        "/answered/a/b/x",
        "/answered/../../1",
        "/ask/qqqzzz@use",
        "/ask/fitting@derive",
    ],
)
def test_what_was_never_answered_has_no_page(site, address):
    """An answer or question that is not there is not found, or not understood; nothing breaks."""
    assert site.get(address).status_code in {400, 404}


def test_an_answered_question_leads_nowhere_else(site, numeric):
    """The way on from an answer stays on this server, whatever the address says."""
    fields = hidden(site.get(f"/ask/{numeric.skill}").text)
    site.post(f"/ask/{numeric.skill}", data=fields | {"say": "pass"})
    page = site.get(f"/answered/{fields['item']}/{fields['seed']}?next=https://elsewhere.example/")

    assert "elsewhere.example" not in page.text
    assert_page(page)


def test_the_picture_and_the_api_agree(site):
    """What the page counts is what the API tells."""
    told = site.get("/api/standing?target=slope").json()
    page = site.get("/diagnose/picture?target=slope").text

    assert f'data-known="{len(told["known"])}" data-unsure="{len(told["unsure"])}"' in page
    assert set(told) >= {"skills", "asked", "minutes", "unsure"}
