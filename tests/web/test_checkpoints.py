"""Checkpoints over the wire: one question at a time, graded by machine and by key, with a way on from each result."""

from __future__ import annotations

import re
import shutil
from datetime import timedelta
from html import unescape
from types import SimpleNamespace

import pytest

from cairn.app import App
from cairn.curriculum.items.item import Kind
from cairn.learner import Outcome, Source
from cairn.planning import Act, Activity
from cairn.settings import Settings
from cairn.study.planning_terms import Terms
from cairn.study.self_assessment import said
from cairn.web.plan_views import link
from tests.browser.people import right as rightly
from tests.conftest import MINI
from tests.web.conftest import client
from tests.web.reading import Page, assert_page

GATE = "/checkpoints/short-phase-1"
QUESTIONS = """questions:
  q-slope:
    ask: What is the slope of a line?
    kind: [statement]
    targets: [slope@recognise]
    key: The ratio.
    follow_up: When does it not exist?
  q-add:
    ask: Add two and two.
    kind: [explanation]
    targets: [addition@use]
    key: Four.
  q-write:
    ask: Write addition.
    kind: [code]
    targets: [addition@use]
"""


@pytest.fixture
def app(tmp_path):
    """A path whose first checkpoint has a question for the key, one with an item, one for code, and two criteria."""
    folder = tmp_path / "curriculum"
    shutil.copytree(MINI, folder)
    (folder / "questions" / "basics.yaml").write_text(QUESTIONS, encoding="utf-8")
    path = folder / "paths" / "short.yaml"
    text = path.read_text(encoding="utf-8")
    gate = """checkpoint:
      questions: [q-slope, q-add, q-write]
      criteria: [All are answered., A line is drawn by hand.]
      exercises: {q-write: [write-add]}
      repairs: [[], [slope@use]]
      if_no: add again"""
    path.write_text(
        text.replace("checkpoint: {questions: [q-slope], if_no: add again}", gate), encoding="utf-8"
    )
    made = App(
        Settings(curriculum=folder, data=tmp_path, database_url=f"sqlite:///{tmp_path / 'cairn.sqlite3'}")
    )
    assert made.atlas.problems == ()
    yield made
    made.close()


@pytest.fixture
def site(app):
    return client(app)


@pytest.fixture
def plan(app):
    """A plan for the path, made today."""
    planning = app.planning()
    planning.make(Terms(targets=("short",), start=planning.today(), hours=7))
    return planning


def say(site, question, do, **fields):
    """Do something at a question; where it leads."""
    answer = site.post(f"{GATE}/ask/{question}", data={"do": do, **fields})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def graded(site, level="full"):
    """Grade the question with a rubric, all points alike; where it leads."""
    return say(site, "q-slope", "grade", c0=level, c1=level, c2=level)


def through_the_machine(site, app, question, *, well):
    """Answer the machine's question, rightly or with "I don't know"."""
    shown = site.get(f"{GATE}/check/{question}")
    assert_page(shown)
    item, seed = (re.search(rf'name="{n}" value="([^"]+)"', shown.text)[1] for n in ("item", "seed"))
    made = app.answering().ask(item, int(seed))
    fields = {"item": item, "seed": seed, "asked": "0"}
    if not well:
        fields["say"] = "pass"
    elif made.item.kind is Kind.CHOICE:
        fields["option"] = made.key.right[0]
    elif made.item.kind is Kind.ORDER:
        fields |= {f"place-{key}": str(n) for n, key in enumerate(made.key.steps, 1)}
    else:
        fields["text"] = rightly(made)
    answer = site.post(f"{GATE}/check/{question}", data=fields)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def accept(app, monkeypatch):
    """Let the exercise count as accepted."""
    from cairn.store.submissions import Submissions

    monkeypatch.setattr(Submissions, "accepted", lambda _self, _person: {"write-add"})


def finish(site, app, *, well=True):
    """Answer all three questions; the second not if it should fail."""
    say(site, "q-slope", "write", text="Rise over run.")
    if "/check/" in graded(site):
        through_the_machine(site, app, "q-slope", well=True)
    say(site, "q-add", "write", text="Four.")
    if well:
        if "/check/" in say(site, "q-add", "met"):
            through_the_machine(site, app, "q-add", well=True)
    else:
        say(site, "q-add", "not-met")


def decide(site, met="met"):
    """See how it went."""
    answer = site.post(GATE, data={"do": "decide", "criterion-1": met})
    assert answer.status_code == 303, answer.text
    return assert_page(site.get(answer.headers["location"].partition("#")[0]))


def test_the_list_names_each_checkpoint(site):
    """It stands under its path, open before anything is said."""
    page = assert_page(site.get("/checkpoints"))

    assert GATE in page.links
    assert "open" in page.text
    assert "/paths/short/later" in page.links


def test_a_checkpoint_shows_its_exact_criteria_and_who_grades(site):
    """Each criterion and question stands there, and which the judge, the machine and the person grade."""
    page = assert_page(site.get(GATE))

    for words in ("All are answered.", "A line is drawn by hand.", "What is the slope of a line?"):
        assert words in page.text
    assert "/practice/write-add" in page.links
    assert "the machine asks one of its own" in page.text


def test_the_key_comes_after_the_answer(site):
    """Before something was written the model answer is nowhere in the page; after it both stand there."""
    before = site.get(f"{GATE}/ask/q-slope").text
    say(site, "q-slope", "write", text="Something <b>steep</b>.")
    after = assert_page(site.get(f"{GATE}/ask/q-slope"))

    assert "the rise divided by the run" not in before
    assert "the rise divided by the run" in after.text
    assert "Something <b>steep</b>." in after.text
    assert "Negative where the line falls" in after.text


def test_a_question_without_a_rubric_is_held_against_its_key(site):
    """The key stands there after the answer, and one honest word decides."""
    say(site, "q-add", "write", text="Four, I think.")

    page = assert_page(site.get(f"{GATE}/ask/q-add"))
    assert "Four." in page.text
    assert "I had it" in page.text


@pytest.mark.parametrize(("level", "state"), [("full", "met"), ("partial", "not-met"), ("none", "not-met")])
def test_the_rubric_decides_by_its_weight(site, app, level, state):
    """From two thirds of the weight on an answer holds; half of each point does not."""
    say(site, "q-slope", "write", text="Rise over run.")
    graded(site, level)

    kept = app.checkpoints().question("short-phase-1", "q-slope").kept
    assert (kept.state, kept.marks) == (state, (level,) * 3)
    assert "In full" in assert_page(site.get(f"{GATE}/ask/q-slope")).text or level == "none"


def test_a_point_without_a_grade_is_asked_for(site, app):
    """The grades that were given stand there still, and nothing is kept."""
    say(site, "q-slope", "write", text="Rise over run.")
    answer = site.post(f"{GATE}/ask/q-slope", data={"do": "grade", "c0": "full", "c1": "partial"})

    assert answer.status_code == 422
    assert "not every point has a grade" in answer.text.casefold()
    assert 'value="partial" checked' in answer.text
    assert app.checkpoints().question("short-phase-1", "q-slope").state == "draft"


def test_a_weak_point_leads_to_its_page_section(site, app, monkeypatch):
    """The result names the sections behind the points that were not there in full."""
    accept(app, monkeypatch)
    say(site, "q-slope", "write", text="It is how steep it is.")
    graded(site, "none")
    say(site, "q-add", "write", text="Four.")
    if "/check/" in say(site, "q-add", "met"):
        through_the_machine(site, app, "q-add", well=True)

    assert "/topics/slope#failure-modes" in decide(site).links


def test_an_empty_answer_is_asked_for_again(site):
    """Nothing written is no answer; the page says so and keeps nothing."""
    answer = site.post(f"{GATE}/ask/q-slope", data={"do": "write", "text": "  \n"})

    assert answer.status_code == 422
    assert "nothing is written yet" in answer.text.lower()
    assert "the rise divided by the run" not in site.get(f"{GATE}/ask/q-slope").text


def test_a_long_answer_is_not_lost(site):
    """Over the limit the page says by how much, and the text stands in the field still."""
    answer = site.post(f"{GATE}/ask/q-slope", data={"do": "write", "text": "x" * 20_001})

    assert answer.status_code == 422
    assert "20001 characters" in answer.text
    assert "x" * 20_001 in answer.text


def test_a_passed_checkpoint_is_kept_and_heard(site, app, monkeypatch):
    """All met and the code accepted: it is passed, the attempt and the evidence are kept, the next phase is offered."""
    accept(app, monkeypatch)
    finish(site, app)
    page = decide(site)

    assert "Passed" in page.text
    assert "/gap?target=short-phase-2" in page.links
    assert [a.passed for a in app.planning().past().repairs] == []
    assert app.planning().past().passed == {"short-phase-1"}
    heard = {(e.skill, e.outcome) for e in app.desk().log.of("local") if e.source is Source.CHECKPOINT}
    assert heard == {("slope@recognise", Outcome.KNOWN), ("addition@use", Outcome.KNOWN)}
    assert "passed" in assert_page(site.get("/checkpoints")).text


def test_a_failed_checkpoint_leads_to_the_gap_and_the_plan(site, app, plan, monkeypatch):
    """What was missed stands with its topics and hours, and one press lays it into the plan."""
    accept(app, monkeypatch)
    finish(site, app, well=False)
    page = decide(site)

    assert "Not yet" in page.text
    assert "Add again." in page.text
    assert any(link.startswith("/gap?target=addition%40use") for link in page.links)
    again = site.post(GATE, data={"do": "replan"})
    assert "The plan was made anew" in assert_page(again).text
    repaired = {str(s.activity.skill) for d in plan.days() for s in d.slots}
    assert "addition@use" in repaired


def test_an_unmet_criterion_fails_and_leads_to_its_skills(site, app, monkeypatch):
    """All questions met and one criterion not: not passed, with the gap of that criterion's skills."""
    accept(app, monkeypatch)
    finish(site, app)
    page = decide(site, met="not-met")

    assert "Not yet" in page.text
    assert any(link.startswith("/gap?target=slope%40use") for link in page.links)
    assert str(app.planning().past().repairs[0].skills[0]) == "slope@use"


def test_a_criterion_without_a_word_is_asked_for(site, app, monkeypatch):
    """Nothing is decided before each criterion of its own has one."""
    accept(app, monkeypatch)
    finish(site, app)
    answer = site.post(GATE, data={"do": "decide"})

    assert answer.status_code == 422
    assert "criterion has no answer yet" in answer.text
    assert app.planning().past().passed == frozenset()


def test_nothing_is_decided_while_a_question_is_open(site, app):
    """The page says how many are left, and keeps no attempt."""
    say(site, "q-slope", "not-met")
    answer = site.post(GATE, data={"do": "decide", "criterion-1": "met"})

    assert answer.status_code == 422
    assert "2 of 3 questions have no answer yet" in answer.text
    assert app.checkpoints().sheet("short-phase-1").tries == 0


def test_the_machine_has_a_say(site, app, monkeypatch):
    """An answer held met whose machine's question comes out otherwise counts as not yet, and the page says why."""
    accept(app, monkeypatch)
    say(site, "q-slope", "not-met")
    say(site, "q-add", "write", text="Four.")
    assert say(site, "q-add", "met") == f"{GATE}/check/q-add"
    through_the_machine(site, app, "q-add", well=False)
    page = decide(site)

    assert "the machine’s own question came out otherwise" in page.text
    states = {a.question.id: a.state for a in app.checkpoints().sheet("short-phase-1").asked}
    assert states == {"q-slope": "not-met", "q-add": "not-met", "q-write": "accepted"}


def test_an_unreadable_answer_to_the_machine_is_asked_again(site, app):
    """It is not counted; the same question stands there with the reason."""
    say(site, "q-add", "write", text="Four.")
    say(site, "q-add", "met")
    shown = site.get(f"{GATE}/check/q-add").text
    item, seed = (re.search(rf'name="{n}" value="([^"]+)"', shown)[1] for n in ("item", "seed"))
    answer = site.post(f"{GATE}/check/q-add", data={"item": item, "seed": seed, "text": ""})

    assert answer.status_code == 422
    assert app.checkpoints().question("short-phase-1", "q-add").state == "check"


def test_leaving_out_needs_a_reason(site, app):
    """Without one the page asks for it; with one the question is left out and the reason stands there."""
    answer = site.post(f"{GATE}/ask/q-slope", data={"do": "waive", "reason": " "})
    assert answer.status_code == 422
    assert "reason is missing" in answer.text

    say(site, "q-slope", "waive", reason="I care for sums only.")

    page = assert_page(site.get(GATE))
    assert "left out" in page.text
    assert "I care for sums only." in page.text


def test_a_whole_checkpoint_can_be_left_out(site, app):
    """With a reason for what is open; the checkpoint is passed, and no evidence says that anything is known."""
    typed = site.post(GATE, data={"do": "waive", "reason": ""})
    assert typed.status_code == 422
    site.post(GATE, data={"do": "waive", "reason": "I did this at school."})
    assert site.post(GATE, data={"do": "decide"}).status_code == 303
    page = assert_page(site.get(GATE))

    assert "Passed" in page.text
    assert [e for e in app.desk().log.of("local") if e.source is Source.CHECKPOINT] == []


def test_a_criterion_can_be_left_out_for_a_reason(site, app, monkeypatch):
    """Without a reason it is asked for; with one the checkpoint is passed, and the reason stands there."""
    accept(app, monkeypatch)
    finish(site, app)
    answer = site.post(GATE, data={"do": "decide", "criterion-1": "waived"})
    assert answer.status_code == 422
    assert "reason is missing" in answer.text
    site.post(GATE, data={"do": "decide", "criterion-1": "waived", "reason": "I have no paper."})

    page = assert_page(site.get(GATE))
    assert "Passed" in page.text
    assert "I have no paper." in page.text


def test_only_what_failed_is_asked_again(site, app, monkeypatch):
    """The second time what was met still is, and the first result stays in the history."""
    accept(app, monkeypatch)
    finish(site, app, well=False)
    decide(site)
    site.post(GATE, data={"do": "again"})

    page = assert_page(site.get(GATE))
    assert f"{GATE}/ask/q-add" in page.links
    assert "Go on" in page.text
    assert "Not yet" not in page.text
    states = {a.question.id: a.state for a in app.checkpoints().sheet("short-phase-1").asked}
    assert (states["q-slope"], states["q-add"]) == ("met", "open")
    say(site, "q-add", "write", text="Four.")
    if "/check/" in say(site, "q-add", "met"):
        through_the_machine(site, app, "q-add", well=True)
    assert "Passed" in decide(site).text
    assert app.checkpoints().sheet("short-phase-1").tries == 2


def test_everything_can_be_asked_again(site, app):
    """All answers are let go."""
    say(site, "q-slope", "not-met")
    site.post(GATE, data={"do": "everything"})

    assert not app.checkpoints().sheet("short-phase-1").begun


def test_hard_and_soft_is_the_persons_choice(site, plan):
    """The plan keeps the choice; nonsense is refused and changes nothing."""
    assert site.post("/checkpoints", data={"gates": "soft"}).status_code == 303
    assert plan.terms().gates == "soft"
    assert "mended" in assert_page(site.get(GATE)).text

    assert site.post("/checkpoints", data={"gates": "iron"}).status_code in {400, 422}
    assert plan.terms().gates == "soft"


def test_without_a_plan_there_is_nothing_to_stop(site):
    """Setting it leads to where a plan is made, and is no fault."""
    answer = site.post("/checkpoints", data={"gates": "soft"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/plan")


def test_the_list_after_a_phase_takes_an_honest_yes_or_no(app):
    """What is said is kept and shown again; a not yet leads to the gap; nothing said is asked for."""
    path = app.settings.curriculum / "paths" / "short.yaml"
    path.write_text(path.read_text().replace("questions: [q-slope]}", "questions: [q-own]}"))
    asks = app.settings.curriculum / "questions" / "basics.yaml"
    asks.write_text(
        asks.read_text() + "  q-own: {ask: Can you draw a line?, kind: [self-report], targets: [slope@use]}\n"
    )
    fresh = App(app.settings)
    site = client(fresh)
    page = assert_page(site.get(f"{GATE}/yourself"))
    assert "Can you draw a line?" in page.text
    assert site.post(f"{GATE}/yourself", data={}).status_code == 422

    site.post(f"{GATE}/yourself", data={"q-own": "not-met", "q-slope": "met"})

    page = assert_page(site.get(f"{GATE}/yourself"))
    assert "What is left of it" in page.text
    assert any(link.startswith("/gap?target=slope%40use") for link in page.links)
    assert said(fresh.checkpoints(), "short-phase-1") == {"q-own": "not-met"}
    fresh.close()


@pytest.mark.parametrize(("act", "place"), [(Act.CHECKPOINT, GATE), (Act.ASSESS, f"{GATE}/yourself")])
def test_the_plan_leads_here(site, act, place):
    """A checkpoint in the plan, and the list after a phase, are links to their pages."""
    request = SimpleNamespace(app=site.app.app)
    activity = Activity("x", act, "Sums", 12, "It closes the phase.", "short-phase-1", None, 0)

    assert link(request, activity) == place


def test_what_a_path_skips_stands_with_its_reason(site, real_site):
    """Steps left out with why, and what is put off with the event that makes it due."""
    assert "the proof, which nobody asks for" in assert_page(site.get("/paths/short/later")).text
    page = assert_page(real_site.get("/paths/llm-roadmap/later"))
    assert "if you specialise in RLHF" in page.text
    assert "Jordan form" in page.text


@pytest.mark.parametrize(
    "address",
    [
        "/checkpoints/nowhere", "/checkpoints/short-phase-2", f"{GATE}/ask/nowhere", f"{GATE}/check/nowhere",
        "/checkpoints/nowhere/yourself", "/checkpoints/short-phase-2/yourself", "/paths/nowhere/later",
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found(site, address):
    """A page says so."""
    response = site.get(address)

    assert response.status_code == 404
    assert len(Page(response.text).headings) == 1


def test_a_stranger_sees_the_questions_and_changes_nothing(app, site):
    """Reading is free; a write is refused, and nothing of the person is shown."""
    from starlette.testclient import TestClient

    from cairn.web.server import create
    from tests.web.conftest import HOME

    say(site, "q-slope", "waive", reason="A private reason.")
    stranger = TestClient(create(app), base_url=HOME, follow_redirects=False, headers={"origin": HOME})

    page = stranger.get(GATE)
    assert page.status_code == 200
    assert "A private reason." not in unescape(page.text)
    assert stranger.post(GATE, data={"do": "everything"}).status_code == 403
    assert app.checkpoints().sheet("short-phase-1").begun


def test_an_old_result_is_not_decided_by_later_words(site, app, monkeypatch):
    """After a decision a changed answer asks to see again how it went."""
    accept(app, monkeypatch)
    finish(site, app)
    decide(site)
    moment = app.checkpoints().sheet("short-phase-1").last.at
    say(site, "q-slope", "not-met")

    sheet = app.checkpoints().sheet("short-phase-1")
    assert sheet.asked[0].kept.at > moment - timedelta(seconds=1)
    assert not sheet.decided
    assert sheet.ready
