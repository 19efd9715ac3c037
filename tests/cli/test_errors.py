"""Errors: one clear line and a hint on standard error, exit code 1, no output, no traceback."""

from __future__ import annotations

import sqlite3

import pytest

from cairn.store import database


def assert_clear(result, *words):
    """The error is one marked line with these words, and then at most one hint."""
    first, *rest = result.stderr.splitlines()
    assert first.startswith("cairn: ")
    assert all(word in result.stderr for word in words), result.stderr
    assert len(rest) <= 1
    assert all(line.startswith("       ") for line in rest)
    assert "Traceback" not in result.stderr
    assert result.stdout == ""
    code = result.exit_code if hasattr(result, "exit_code") else result.returncode
    assert code == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["gap", "qqqzzz"], ["qqqzzz", "cairn find qqqzzz"]),
        (["gap", "slope", "qqqzzz"], ["qqqzzz", "cairn find"]),
        (["gap", ""], ["cairn gap"]),
        (["gap", "book-sums"], ["book-sums", "asks for no skills"]),
        (["gap", "slope@derive"], ["slope@derive"]),
        (["gap", "slope", "--level", "expert"], ["expert", "recognise", "use", "derive"]),
        (["gap", "slope", "--background", "wizard"], ["wizard", "none, clerk"]),
        (["gap", "slope", "--knows", "addition@expert"], ["addition@expert", "topic@level"]),
        (["gap", "slope", "--knows", "addition,@@"], ["@@", "topic@level"]),
        (["gap", "slope", "--knows", "multiplicaton"], ["did you mean multiplication"]),
        (["show", "qqqzzz"], ["qqqzzz", "cairn find qqqzzz"]),
        (["show", "slope", "--background", "wizard"], ["wizard"]),
        (["unlocks", "short"], ["short", "topic@level"]),
        (["path", "qqqzzz"], ["qqqzzz"]),
        (["next", "--toward", "qqqzzz"], ["qqqzzz"]),
        (["know", "qqqzzz"], ["qqqzzz", "topic@level"]),
        (["know", "--background", "wizard"], ["wizard", "clerk"]),
        (["new", "topic", "Not_An_Id"], ["Not_An_Id", "kv-cache"]),
        (["new", "topic", "cubes"], ["--area", "sums, lines"]),
        (["new", "topic", "cubes", "--area", "everything"], ["everything", "sums, lines"]),
        (["new", "topic", "slope", "--area", "lines"], ["slope", "cairn show slope"]),
        (["new", "poem", "cubes"], ["poem", "topic"]),
        (["import", "roadmap", "nowhere.yaml"], ["nowhere.yaml"]),
        (["import", "myspace", "nowhere.yaml"], ["myspace", "metacademy"]),
        (["schema", "poem"], ["poem", "topic"]),
        (["up", "--port", "70000"], ["70000", "65535"]),
        (["up", "--host", "0.0.0.0", "--no-open"], ["0.0.0.0", "127.0.0.1"]),
        (["up", "--host", "example.org", "--no-open"], ["example.org", "loopback"]),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(run, arguments, words):
    """Whatever is asked wrongly, the error names it and says what to do instead."""
    assert_clear(run(*arguments), *words)


def test_json_does_not_change_errors(run):
    """With `--json` an error is still a line on standard error, so that standard output stays parseable."""
    assert_clear(run("gap", "qqqzzz", "--json"), "qqqzzz")


@pytest.mark.parametrize(
    "arguments", [["gap", "qqqzzz"], ["gap", "slope", "--level", "expert"], ["know", "@"]]
)
def test_a_real_process_ends_the_same_way(shell, arguments):
    """The exit code and the streams are those of the process too."""
    assert_clear(shell(*arguments))


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("CAIRN_CURRICULUM", "/nowhere", ["/nowhere", "CAIRN_CURRICULUM"]),
        ("CAIRN_CURRICULUM", __file__, [__file__, "CAIRN_CURRICULUM"]),
        ("CAIRN_DATABASE_URL", "nonsense", ["sqlite:////", "postgresql://"]),
        ("CAIRN_DATABASE_URL", "mysql://host/name", ["mysql", "postgresql://"]),
        ("CAIRN_DATABASE_URL", "postgresql://127.0.0.1:1/name", ["127.0.0.1"]),
        ("CAIRN_DATA", "/dev/null/x", ["/dev/null/x", "CAIRN_DATA"]),
    ],
)
def test_a_bad_setting_is_named(run, variable, value, words):
    """A variable that points nowhere is an error with its value and the way out."""
    assert_clear(run("know", **{variable: value}), *words)


def test_a_folder_named_on_the_command_line_is_checked_too(run, tmp_path):
    """`--curriculum` is held to the same as its variable, and wins over it."""
    assert_clear(run("--curriculum", str(tmp_path / "nowhere"), "gap", "slope"), "nowhere")


def test_a_database_that_is_none_is_left_alone(run, tmp_path):
    """A file of the database's name that is something else is named and stays as it is."""
    (tmp_path / "data").mkdir()
    file = tmp_path / "data" / "cairn.sqlite3"
    file.write_text("a diary " * 100)

    assert_clear(run("know"), "cairn.sqlite3")
    assert_clear(run("gap", "slope"), "cairn.sqlite3")
    assert file.read_text() == "a diary " * 100


def test_a_locked_database_is_said_to_be_locked(run, tmp_path, monkeypatch):
    """When another program will not let go, the error says so, and the next try may work."""
    monkeypatch.setattr(database, "BUSY_MS", 30)
    run("db", "upgrade")
    holder = sqlite3.connect(tmp_path / "data" / "cairn.sqlite3", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")

    locked = run("know", "slope")
    holder.close()

    assert_clear(locked, "locked", "try again")
    assert run("know", "slope").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "word"),
    [(["gap"], "TARGET"), (["frobnicate"], "frobnicate"), (["gap", "--frob"], "--frob")],
)
def test_a_malformed_command_line_shows_the_usage(run, arguments, word):
    """What is no command at all is answered with how to write one, and the customary exit code 2."""
    result = run(*arguments)

    assert result.exit_code == 2
    assert "Usage: cairn" in result.stderr
    assert word in result.stderr
    assert "Traceback" not in result.stderr


def test_an_empty_folder_is_no_crash(run, tmp_path):
    """A curriculum without files answers every question, with errors that say what is missing."""
    empty = ["--curriculum", str(tmp_path)]

    assert_clear(run(*empty, "gap", "slope"), "slope")
    result = run(*empty, "lint")
    assert "there is no curriculum.yaml" in result.stdout
    assert result.exit_code == 1
