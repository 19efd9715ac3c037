"""The commands of planning, from the first plan to the last line of the log."""

from __future__ import annotations

import json

import pytest

START = ["--start", "2027-01-04"]


def doc(result):
    """The JSON a command printed."""
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.fixture
def plan(run):
    """A plan that holds, from today on."""
    run("plan", "fitting@derive", "--hours-per-week", "7")
    return run


def test_a_plan_as_json(run):
    """The promised keys, whole weeks, and no plan kept when told not to."""
    found = doc(run("plan", "fitting", "--hours-per-week", "3.5", *START, "--no-keep", "--json"))

    assert found["start"] == "2027-01-04"
    assert found["finish"] > found["start"]
    assert found["feasible"] is True
    assert found["dropped"] == []
    assert found["weeks"][0]["days"][0]["slots"][0]["reason"]
    assert run("today").exit_code == 1


def test_a_deadline_that_cannot_hold(run):
    """The answer is no, with what is dropped, what it costs and what would save it."""
    deadline = ["--deadline", "2027-01-05"]
    found = doc(run("plan", "fitting", "--hours-per-week", "3.5", *START, *deadline, "--no-keep", "--json"))
    text = run("plan", "fitting", "--hours-per-week", "3.5", *START, *deadline, "--no-keep").stdout

    assert found["feasible"] is False
    assert found["over_hours"] > 0
    assert found["dropped"][0]["extra_weekly_minutes"] > 0
    assert "Not all of it fits" in text
    assert "min more a week" in text


def test_hours_by_weekday_and_days_off(run):
    """Only the named weekdays are used, and none of a holiday."""
    options = ["--on", "mon=1,sat=2", "--off", "2027-01-09..2027-01-20"]
    found = doc(run("plan", "fitting@derive", *options, *START, "--no-keep", "--json"))

    dates = [d["date"] for w in found["weeks"] for d in w["days"]]
    assert dates[:3] == ["2027-01-04", "2027-01-23", "2027-01-25"]


@pytest.mark.parametrize(
    "wrong",
    [
        ["fitting", "--hours-per-week", "0"],
        ["fitting", "--hours-per-week", "nan"],
        ["fitting"],
        ["nowhere", "--hours-per-week", "3"],
        ["fitting", "--hours-per-week", "3", "--deadline", "2001-01-01"],
        ["fitting", "--hours-per-week", "3", "--start", "2027-02-29"],
        ["fitting", "--on", "noday=3"],
        ["fitting", "--on", "mon"],
        ["fitting", "--hours-per-week", "3", "--off", "soon"],
        ["fitting", "--hours-per-week", "3", "--off", "2027-02-01..2027-01-01"],
        ["fitting", "--hours-per-week", "3", "--mix", "most"],
        ["fitting", "--hours-per-week", "3", "--mix", "90/20/10"],
        ["fitting", "--hours-per-week", "3", "--importance", "slope=2"],
        ["fitting", "--hours-per-week", "3", "--ics", "x.ics", "--at", "noon"],
        [],
    ],
)
def test_mistakes_are_said_with_a_way_out(run, wrong, tmp_path, monkeypatch):
    """Exit code 1, a message and a hint, no trace, and nothing kept."""
    monkeypatch.chdir(tmp_path)
    result = run("plan", *wrong)

    assert result.exit_code == 1
    assert "cairn:" in result.stderr
    assert len(result.stderr.splitlines()) >= 2
    assert "Traceback" not in result.stderr


def test_today_names_one_next_step(plan):
    """The first line of work stands first, and the last line says what to type."""
    text = plan("today").stdout
    found = doc(plan("today", "--json"))

    assert " 1 " in text
    assert "next: cairn " in text
    assert found["minutes"] <= found["budget"]


def test_log_by_number_then_the_week(plan):
    """An activity logged by its number is finished, leaves today's list, and counts in the week."""
    before = doc(plan("today", "--json"))["slots"]
    entry = doc(plan("log", "add", "1", "12", "--done", "--json"))

    assert entry["activity"] == before[0]["id"]
    assert entry["finished"]
    open_now = [s["id"] for s in doc(plan("today", "--json"))["slots"] if not s["done"]]
    assert before[0]["id"] not in open_now
    week = doc(plan("log", "--json"))
    assert week["minutes"] == 12
    assert week["finished"] == [before[0]["title"]]
    assert plan("log", "add", "99", "5").exit_code == 1
    assert plan("log", "add", "anything", "0").exit_code == 1


def test_the_timer_on_the_line(plan):
    """Start, a second start refused, stop, a second stop refused."""
    assert plan("log", "start", "1").exit_code == 0
    assert plan("log", "start", "2").exit_code == 1
    assert "log stop" in plan("log").stdout
    assert "Logged 1 min" in plan("log", "stop", "--done").stdout
    assert plan("log", "stop").exit_code == 1


def test_replanning_says_what_moved(plan):
    """`cairn plan` alone makes the plan anew; other hours move things, and it says so."""
    assert "Nothing moved." in plan("plan").stdout

    found = doc(plan("plan", "--hours-per-week", "3.5", "--json"))
    assert found["changes"]["causes"] == ["You have 3.5 hours a week now instead of 7."]
    assert found["changes"]["moves"]


def test_a_checkpoint_on_the_line(run):
    """Its questions, a failure with what to go over again, and the list of gates."""
    run("plan", "short", "--hours-per-week", "7")

    assert doc(run("checkpoint", "short-phase-1", "--json"))["questions"][0]["id"] == "q-slope"
    failed = run("checkpoint", "short-phase-1", "--no", "q-slope")
    assert "Not passed yet." in failed.stdout
    assert "slope@recognise" in failed.stdout
    assert "Passed." in run("checkpoint", "short-phase-1", "--yes", "q-slope").stdout
    assert "passed  short-phase-1" in run("checkpoint").stdout
    assert run("checkpoint", "nowhere").exit_code == 1


def test_an_audit_on_the_line(run, tmp_path):
    """A file of topics is held against a goal."""
    (tmp_path / "list.txt").write_text("multiplication\naddition\nalchemy\n", encoding="utf-8")
    found = doc(run("audit", "fitting", str(tmp_path / "list.txt"), "--json"))

    assert [m["topic"] for m in found["missing"]] == ["slope", "fitting"]
    assert found["unknown"] == ["alchemy"]
    assert [o["topic"] for o in found["order"]] == ["multiplication"]
    (tmp_path / "bad.txt").write_bytes(b"\xff\xfe\x00")
    assert run("audit", "fitting", str(tmp_path / "bad.txt")).exit_code == 1


def test_papers_and_experiments_on_the_line(run):
    """The next pass with its questions, a pass that was done, a note."""
    assert "category" in run("log", "paper", "paper-lines").stdout
    done = run(
        "log", "paper", "paper-lines", "--pass", "1", "--minutes", "10", "--answer", "category=a proof"
    )
    assert "pass 2" in done.stdout
    assert run("log", "paper", "slope").exit_code == 1
    assert "1 note" in run("log", "experiment", "write-add", "Does order matter?").stdout


def test_files_are_written(run, tmp_path):
    """A calendar and a Markdown file, both with the plan in them."""
    ics, text = tmp_path / "plan.ics", tmp_path / "plan.md"
    run(
        "plan", "fitting", "--hours-per-week", "7", *START, "--no-keep",
        "--ics", str(ics), "--at", "18:30", "--zone", "Europe/Berlin", "--markdown", str(text),
    )  # fmt: skip

    assert b"DTSTART;TZID=Europe/Berlin:20270104T183000" in ics.read_bytes()
    assert "## Week 1, from 2027-01-04" in text.read_text(encoding="utf-8")
