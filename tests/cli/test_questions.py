"""Questions, drills and interviews in a terminal."""

from __future__ import annotations

import json
import re

from click import unstyle

from tests.cli.test_asking import PROMPT, terminal  # noqa: F401
from tests.conftest import REAL


def test_the_list_and_the_answer_need_no_terminal(run):
    """Without a name every question is listed; --answer prints model answer, rubric, mistakes and follow-ups."""
    assert "q-slope" in run("question").stdout
    text = unstyle(run("question", "q-slope", "--answer").stdout)
    for part in (
        "A model answer",
        "triangles of rise",
        "in full: Rise over run",
        "Common wrong answers",
        "vertical",
    ):
        assert part in text


def test_a_question_is_a_document(run):
    """--json gives question, answer, rubric with links, mistakes and follow-up; of all, which are answered."""
    found = json.loads(run("question", "q-slope", "--json").stdout)
    assert found["format"] == 1
    assert [c["weight"] for c in found["rubric"]] == [2, 1, 1]
    assert found["fails"]["see"] == "slope#failure-modes"
    assert json.loads(run("question", "--json").stdout)["questions"][0]["answered"] is True


def test_an_unknown_question_is_named(run):
    """A name that is no question's fails with what to do."""
    found = run("question", "q-none")
    assert found.exit_code == 1
    assert "cairn question lists them" in found.output


def test_a_question_is_answered_compared_and_graded(terminal, run):  # noqa: F811
    """Own words, then the model answer, then a grade for each point; what was missing says what to read."""
    at = terminal("question", "q-slope")
    at.until(PROMPT)
    at.say("the rise and the run")
    at.until(PROMPT)
    at.say("")
    assert "A model answer" in at.until(PROMPT)
    at.say("x")
    assert "Answer f, p or n." in at.until(PROMPT)
    for credit in ("f", "p", "n"):
        at.say(credit)
    text = at.until("next:")
    assert at.close() == 0
    assert "read: slope#failure-modes" in text


def test_an_interview_is_held_and_reported(terminal, run):  # noqa: F811
    """One question of the small map, stopped and gone on with, graded: the report is shown, printed and exported."""
    first = terminal("interview", "--minutes", "5")
    assert "What is the slope" in first.until(PROMPT)
    first.say("q")
    assert first.close() == 0
    assert "goes on" in unstyle(first.text)

    at = terminal("interview")
    at.until(PROMPT)
    at.say("rise over run")
    at.until(PROMPT)
    at.say("")
    assert "When does a line have no slope?" in at.until(PROMPT)
    at.say("vertical")
    at.until(PROMPT)
    at.say("")
    for credit in ("f", "p", "n", "f"):
        at.until(PROMPT)
        at.say(credit)
    text = at.until("next:")
    assert at.close() == 0
    assert re.search(r"1 point in full, 1 in part, 1 not", text)
    assert "What to read next" in text

    found = json.loads(run("interview", "--report", "--json").stdout)
    assert found["points"] == {"full": 1, "partial": 1, "none": 1}
    assert found["read"]


def test_the_report_is_exported(run, tmp_path, terminal):  # noqa: F811
    """--export writes Markdown; without an interview there is nothing to report."""
    assert run("interview", "--report").exit_code == 1
    at = terminal("interview")
    at.until(PROMPT)
    at.say("?")
    at.until("next:")
    at.close()
    file = tmp_path / "report.md"
    assert run("interview", "--report", "--export", str(file)).exit_code == 0
    assert file.read_text(encoding="utf-8").startswith("# Interview of ")


def test_without_a_terminal_an_interview_says_so(run):
    """Nobody can answer: the command ends with what to do."""
    found = run("interview", "--minutes", "5")
    assert found.exit_code == 1
    assert "cairn up" in found.output


def test_drills_are_listed_and_asked_for_pages_that_have_them(run, shell):
    """The small map has none and says so; the real one lists its complete pages."""
    assert run("drill").exit_code == 1
    assert json.loads(run("drill", "--json").stdout)["drills"] == {}
    found = json.loads(shell("--curriculum", str(REAL), "drill", "--json").stdout)["drills"]
    assert "hoeffding-inequality/drill-order-chernoff-steps" in found["hoeffding-inequality"]


def test_a_theorem_drill_ends_with_the_counterexample(terminal):  # noqa: F811
    """After the answer the figures of the page's failure mode are shown: what was kept, and what broke."""
    at = terminal("--curriculum", str(REAL), "drill", "hoeffding-inequality", "--questions", "1")
    assert "What can go wrong?" in at.until(PROMPT)
    at.say("?")
    assert at.close() == 0
    text = unstyle(at.text)
    assert "The counterexample" in text
    assert re.search(r"kept +mean of one term: 0\.5", text)
    assert re.search(r"broken +P\(mean", text)
