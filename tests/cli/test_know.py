"""What a person says they know: kept, listed, taken into account, taken back."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest


def known(result):
    """The skills of a JSON list."""
    return json.loads(result.stdout)


def gap(run, *arguments):
    """The skills a gap lists."""
    return [step["skill"] for step in json.loads(run("gap", *arguments, "--json").stdout)["skills"]]


def test_what_is_said_is_kept(run):
    """A skill said once is there in the next process, named by any of its names."""
    run("know", "product", "slope@recognise")

    assert known(run("know", "--json")) == ["multiplication@use", "slope@recognise"]


def test_a_gap_leaves_out_what_was_said(run):
    """What is kept counts in every gap, with what it rests on; `--fresh` asks as a stranger would."""
    run("know", "multiplication")

    assert gap(run, "fitting") == ["slope@recognise", "slope@use", "fitting@recognise", "fitting@use"]
    assert len(gap(run, "fitting", "--fresh")) == 8
    assert gap(run, "slope", "--knows", "slope@recognise") == ["slope@use"]


def test_next_starts_from_what_was_said(run):
    """What can be learned now follows from what is kept."""
    run("know", "addition")

    assert known(run("next", "--json")) == ["addition@derive", "multiplication@recognise", "slope@recognise"]
    assert known(run("next", "--json", "--fresh")) == ["addition@recognise", "slope@recognise"]


def test_what_was_said_can_be_taken_back(run):
    """`--not` withdraws a skill, and the deeper levels of its topic with it."""
    run("know", "fitting@recognise", "fitting@use", "fitting@derive", "slope")

    assert known(run("know", "fitting@use", "--not", "--json")) == ["fitting@recognise", "slope@use"]


def test_the_last_word_counts(run):
    """Saying it again after taking it back keeps it again."""
    for more in ([], ["--not"], []):
        run("know", "slope", *more)

    assert known(run("know", "--json")) == ["slope@use"]


def test_a_background_is_kept(run):
    """A background said once counts from then on; one given with the question wins."""
    run("know", "--background", "clerk")

    assert gap(run, "slope") == ["slope@recognise", "slope@use"]
    assert len(gap(run, "slope", "--background", "none")) == 4
    assert "background: clerk" in run("know").stdout


@pytest.mark.parametrize("wrong", [["slope", "qqqzzz"], ["slope", "--background", "wizard"]])
def test_a_mistake_keeps_nothing(run, wrong):
    """When one thing said makes no sense, none of the rest is kept."""
    assert run("know", *wrong).exit_code == 1

    assert known(run("know", "--json")) == []


def test_a_mistake_keeps_no_background(run):
    """A good background beside a bad skill is not kept either."""
    assert run("know", "qqqzzz", "--background", "clerk").exit_code == 1

    assert "background" not in run("know").stdout


def test_the_list_reads_well(run):
    """The list names topics and levels, and the next command; an empty one shows how to begin."""
    assert "cairn know matrix-multiplication@use" in run("know").stdout

    text = run("know", "slope").stdout
    assert text.startswith("You say you know 1 skill\n  ◐ Slope")
    assert "next: cairn next" in text


def test_a_skill_that_left_the_curriculum_does_no_harm(run, tmp_path):
    """Evidence on a topic that is no longer there is kept, and passed over until it is there again."""
    other = ["--curriculum", str(tmp_path / "other")]
    (tmp_path / "other").mkdir()
    run(*other, "new", "curriculum", "other")
    run(*other, "new", "topic", "cubes", "--area", "basics")
    run(*other, "know", "cubes@use")

    assert known(run("know", "--json")) == []
    assert len(gap(run, "fitting")) == 8
    assert known(run(*other, "know", "--json")) == ["cubes@use"]


def test_many_processes_may_speak_at_once(real_environment, run):
    """Commands started together, on a database that is not there yet, all keep what they say."""
    names = ["addition@use", "multiplication@use", "slope@use"]
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "cairn", "know", name], env=real_environment, stdout=subprocess.DEVNULL
        )
        for name in names
    ]

    assert [process.wait(timeout=60) for process in running] == [0, 0, 0]
    assert sorted(known(run("know", "--json"))) == names


def test_the_upgrade_says_where_the_database_is(run, tmp_path):
    """`db upgrade` makes the tables and prints the address without a password."""
    result = run("db", "upgrade")

    assert str(tmp_path / "data" / "cairn.sqlite3") in result.stdout
    assert (tmp_path / "data" / "cairn.sqlite3").is_file()
    assert run("db", "upgrade").stdout == result.stdout
