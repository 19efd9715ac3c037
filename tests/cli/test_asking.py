"""Diagnosis, review and single questions in a terminal: asked, answered, stopped, gone on with."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import subprocess
import sys
import time

import pytest
from click import unstyle

from cairn.curriculum.items.key import ChoiceKey, OrderKey
from cairn.study.typeset import formula, readable


class Terminal:
    """A command in a terminal of its own: what it wrote, and a way to answer."""

    def __init__(self, environment, *arguments):
        self.outer, inner = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "cairn", *arguments], stdin=inner, stdout=inner, stderr=inner,
            env=environment | {"TERM": "xterm", "COLUMNS": "80"}, close_fds=True,
        )  # fmt: skip
        os.close(inner)
        self.text = ""

    def until(self, pattern, seconds=60):
        """Read until something stands there; the text since the last such call."""
        start, end = len(self.text), time.monotonic() + seconds
        while not re.search(pattern, unstyle(self.text[start:])):
            assert time.monotonic() < end, self.text
            if not self._read(0.2) and self.process.poll() is not None and not self._read(0.1):
                break
        assert re.search(pattern, unstyle(self.text[start:])), self.text
        return unstyle(self.text[start:])

    def say(self, line):
        """Type a line."""
        os.write(self.outer, f"{line}\n".encode())

    def close(self):
        """Read to the end; the exit status."""
        while self._read(0.3) or self.process.poll() is None:
            pass
        os.close(self.outer)
        return self.process.wait(timeout=30)

    def _read(self, wait):
        if not select.select([self.outer], [], [], wait)[0]:
            return False
        try:
            chunk = os.read(self.outer, 65536)
        except OSError:
            return False
        self.text += chunk.decode(errors="replace")
        return bool(chunk)


@pytest.fixture
def terminal(real_environment):
    """Opens commands in terminals."""
    opened = []

    def go(*arguments):
        opened.append(Terminal(real_environment, *arguments))
        return opened[-1]

    yield go
    for one in opened:
        if one.process.poll() is None:
            one.process.kill()
            one.process.wait()


PROMPT = r"› $"


def test_a_diagnosis_is_stopped_and_gone_on_with(terminal, run):
    """`q` stops, what was answered is kept, and the same command goes on after it."""
    first = terminal("diagnose", "fitting")
    first.until(PROMPT)
    first.say("?")
    first.until(PROMPT)
    first.say("q")
    assert first.close() == 0
    assert "goes on" in unstyle(first.text)
    assert json.loads(run("diagnose", "fitting", "--json").stdout)["asked"] == 1

    again = terminal("diagnose", "fitting")
    assert "Going on: 1 question answered" in again.until(PROMPT)
    again.say("q")
    again.close()


def test_it_ends_in_the_picture_and_the_gap(terminal):
    """Who says "I don't know" to everything ends with the whole goal to learn, and the next command."""
    at = terminal("diagnose", "slope", "--questions", "12")
    while "left to learn" not in unstyle(at.text) and at.process.poll() is None:
        at.until(f"{PROMPT}|left to learn|next:")
        if re.search(PROMPT, unstyle(at.text)):
            at.say("?")
    at.close()
    text = unstyle(at.text)

    assert re.search(r"█ known \d+ +▒ unsure \d+ +░ not known \d+", text)
    assert "next: cairn gap slope" in text


def test_an_unreadable_answer_may_be_given_again(terminal, mini):
    """What cannot be read is said to be so, counts for nothing, and the same question waits."""
    item = next(i for i in mini.curriculum.items if i.kind.value == "numeric")
    at = terminal("item", "ask", item.id)
    at.until(PROMPT)
    for bad in ("NaN", "1e400", "\\frac{1}{2", "", "9" * 3000, "__import__('os')"):
        at.say(bad)
        assert "not read:" in at.until(PROMPT), bad
    at.say("?")
    at.close()

    assert "right is:" in unstyle(at.text)


def test_a_right_answer_is_told(terminal, app, real_environment, mini):
    """Letters choose and order, numbers are typed; right answers say so and count."""
    from cairn.app import App
    from cairn.settings import Settings
    from cairn.study.answering import Answering

    there = App(Settings.from_environment(real_environment))
    answering: Answering = there.answering()
    kinds = set()
    for item in mini.curriculum.items:
        kind = item.kind.value
        if kind in kinds or kind in {"free", "output"}:
            continue
        kinds.add(kind)
        made = answering.ask(item.id)
        at = terminal("item", "ask", item.id)
        at.until(PROMPT)
        at.say(typed(made))
        at.close()
        assert "✓ right" in unstyle(at.text), (item.id, at.text)
    there.close()

    assert "numeric" in kinds


def typed(made):
    """The right answer as a person types it."""
    letters = {option.key: chr(97 + i) for i, option in enumerate(made.options)}
    match made.key:
        case ChoiceKey():
            return "".join(letters[k] for k in made.key.right)
        case OrderKey():
            return " ".join(letters[k] for k in made.key.steps)
    return getattr(made.key, "text", None) or made.shown.strip("$`")


@pytest.mark.parametrize(
    "arguments", [["diagnose", "slope"], ["review", "--only"], ["item", "ask", "addition"]], ids=" ".join
)
def test_without_a_terminal_there_is_a_message(shell, arguments):
    """Where nobody can answer, the command says so and what to do instead."""
    result = shell(*arguments)

    assert result.returncode == 1
    assert "no terminal" in result.stderr
    assert "Traceback" not in result.stderr


def test_the_belief_is_a_document(run):
    """`diagnose --json` gives a probability for every skill of the goal, and counts that fit."""
    told = json.loads(run("diagnose", "fitting", "--json").stdout)

    assert told["format"] == 1
    assert set(told) >= {"skills", "asked", "minutes", "unsure"}
    assert all(0 <= p <= 1 for p in told["skills"].values())
    assert len(told["known"]) + len(told["unsure"]) + len(told["unknown"]) == len(told["skills"])


def test_why_names_the_answers(run, terminal, mini):
    """What moved the belief in a skill is listed, with its direction, and as a document."""
    item = next(i for i in mini.curriculum.items if i.kind.value == "numeric")
    at = terminal("item", "ask", item.id)
    at.until(PROMPT)
    at.say("?")
    at.close()
    told = json.loads(run("why", str(item.skill), "--json").stdout)

    assert any(m["weight"] < 0 and m["events"][0]["detail"] == item.id for m in told["moved"])
    assert "I don’t know" in run("why", str(item.skill)).stdout


def test_review_says_when_nothing_is_due(run):
    """An empty queue says what to do; the forecast and the settings are kept and shown."""
    assert "Nothing is due today" in run("review").stdout
    told = json.loads(
        run("review", "--retention", "0.85", "--minutes", "10", "--forecast", "7", "--json").stdout
    )

    assert (told["retention"], told["limit"], len(told["forecast"])) == (0.85, 10, 7)
    assert run("review", "--retention", "0.2").exit_code == 1


def test_evidence_goes_out_and_comes_back(run, terminal, mini, tmp_path):
    """Exported and taken in elsewhere it gives the same belief to the last digit; twice changes nothing."""
    item = next(i for i in mini.curriculum.items if i.kind.value == "numeric")
    at = terminal("item", "ask", item.id)
    at.until(PROMPT)
    at.say("?")
    at.close()
    run("know", "addition@recognise", "--background", "clerk")
    file = tmp_path / "out" / "evidence.jsonl"
    assert run("export", "evidence", "--into", str(file)).exit_code == 0
    elsewhere = {"CAIRN_DATA": str(tmp_path / "elsewhere")}
    first = json.loads(run("import", "evidence", str(file), "--json", **elsewhere).stdout)
    second = json.loads(run("import", "evidence", str(file), "--json", **elsewhere).stdout)

    assert (first["new_events"], first["new_answers"]) == (2, 1)
    assert (second["new_events"], second["new_answers"]) == (0, 0)
    here, there = (run("diagnose", "fitting", "--json", **env).stdout for env in ({}, elsewhere))
    assert json.loads(here)["skills"] == json.loads(there)["skills"]
    assert run("export", "evidence").stdout == run("export", "evidence", **elsewhere).stdout


HEAD = '{"kind": "cairn-evidence", "format": 1}\n'


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no json\n",
        '{"kind": "other"}\n',
        '{"kind": "cairn-evidence", "format": 9}\n',
        HEAD + '{"at": "yesterday"}\n',
        HEAD + "[1]\n",
        HEAD + '{"answer": 3, "seed": 1}\n',
    ],
)  # fmt: skip
def test_a_file_that_is_no_evidence_is_refused(run, tmp_path, text):
    """The message names the line, and nothing is kept; an empty file holds nothing."""
    file = tmp_path / "x.jsonl"
    file.write_text(text, encoding="utf-8")
    result = run("import", "evidence", str(file))

    assert result.exit_code == (0 if not text else 1)
    if text:
        assert f"{file}:" in result.stderr
        assert "nothing was kept" in result.stderr
    assert len(run("export", "evidence").stdout.splitlines()) == 1


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"\frac{1}{\sqrt{d}} QK^\top", "1/√d QKᵀ"),
        (r"x \in \mathbb{R}^{n}", "x ∈ ℝⁿ"),
        (r"a_{ij} = \sum_{k=1}^n b_{ik} c_{kj}", "aᵢⱼ = ∑ₖ₌₁ⁿ bᵢₖ cₖⱼ"),
        (r"\begin{pmatrix} 1 & 2 \\ 3 & 4\end{pmatrix}", "(1, 2; 3, 4)"),
        (r"\frac{a + b}{c}", "(a + b)/c"),
        (r"e^{-x^2/2}", "e^(−x²/2)"),
        (r"\hat{y}", "ŷ"),
    ],
)
def test_formulas_are_readable(tex, text):
    """TeX becomes the signs that a person would write."""
    import unicodedata

    assert unicodedata.normalize("NFC", formula(tex)) == text


@pytest.mark.parametrize(
    "text",
    [
        "$\\frac{" + "{" * 5000 + "$",
        "$" * 99,
        "$x^$",
        "$\\begin{pmatrix} 1 & $",
        "$\\unknown{x}_$",
        "\\$5 and `code`",
    ],
)
def test_no_text_breaks_the_reader(text):
    """Whatever stands between dollars, there is a text and no error."""
    assert isinstance(readable(text), str)


def test_every_item_reads_without_commands(real):
    """No question of the curriculum leaves a backslash command in the terminal."""
    from cairn.curriculum.items.variant import variant

    left = {}
    for item in real.curriculum.items:
        made = variant(item, 1)
        for text in (made.ask, made.explanation, made.shown, *(o.text for o in made.options)):
            found = re.findall(r"\\[a-zA-Z]+", re.sub(r"`[^`]*`", "", readable(text)))
            if found:
                left[item.id] = found
    assert left == {}
