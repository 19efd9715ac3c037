"""The JSON that others rely on: every promised key, of the promised shape, and nothing but JSON."""

from __future__ import annotations

import json

import pytest

import cairn
from cairn.study import documents
from tests.conftest import MINI

LEVELS = {"recognise", "use", "derive"}


@pytest.fixture
def ask(run):
    """The document that a command prints."""

    def go(*arguments):
        result = run(*arguments, "--json")
        assert result.stderr == ""
        return json.loads(result.stdout)

    return go


def is_skill(text):
    """Whether a text is a skill of the miniature curriculum in its written form."""
    topic, _, level = text.partition("@")
    return topic in {"addition", "multiplication", "slope", "fitting"} and level in LEVELS


def is_hours(value):
    """Whether a value is a range of hours."""
    return isinstance(value, list) and len(value) == 2 and 0 <= value[0] <= value[1]


def test_find_gives_a_row_for_each_query(ask):
    """Each row has its query and what it names; a section's anchor is its page and heading."""
    rows = ask("find", "Slope", "carrying", "short-phase-2", "q-slope", "book-sums", "slope@use")

    assert [set(row) >= {"query", "id", "kind", "title", "anchor"} for row in rows] == [True] * 6
    assert [(row["query"], row["id"], row["kind"]) for row in rows] == [
        ("Slope", "slope", "topic"),
        ("carrying", "carrying", "section"),
        ("short-phase-2", "short-phase-2", "phase"),
        ("q-slope", "q-slope", "question"),
        ("book-sums", "book-sums", "resource"),
        ("slope@use", "slope@use", "skill"),
    ]
    assert rows[0]["title"] == "Slope"
    assert rows[1]["anchor"] == "addition#carrying"


def test_find_has_a_row_for_what_it_does_not_find(run):
    """A query that finds nothing keeps its row, with nulls, and the exit code says so."""
    result = run("find", "slope", "qqqzzz", "--json")
    found, missing = json.loads(result.stdout)

    assert found["id"] == "slope"
    assert missing == {"query": "qqqzzz", "id": None, "kind": None, "title": None, "anchor": None}
    assert result.exit_code == 1


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("slope", "topic"),
        ("slope@use", "skill"),
        ("carrying", "section"),
        ("sums", "area"),
        ("short", "path"),
        ("short-phase-1", "phase"),
        ("track-drawing", "track"),
        ("paper-lines", "paper"),
        ("book-sums", "resource"),
        ("q-slope", "question"),
        ("proofs", "comparison"),
    ],
)
def test_show_tells_of_every_kind_of_thing(ask, name, kind):
    """The promised keys are there whatever the thing is."""
    found = ask("show", name)

    assert {"format", "id", "kind", "title", "requires", "hours"} <= set(found)
    assert (found["format"], found["id"], found["kind"]) == (1, name, kind)
    assert is_hours(found["hours"])
    assert all(is_skill(r["skill"]) and r["reason"] for r in found["requires"])


def test_show_gives_the_reasons(ask):
    """A topic's requirements carry the reasons its author wrote."""
    reasons = {r["skill"]: r["reason"] for r in ask("show", "fitting")["requires"]}

    assert reasons["slope@use"] == "The slope is computed."
    assert reasons["addition@derive"] == "The order of a double sum is exchanged."


def test_gap_is_in_learning_order_with_hours_and_reasons(ask):
    """The document has every promised key, and a skill stands after all that it needs."""
    found = ask("gap", "fitting", "--knows", "slope@recognise")

    assert {"format", "target", "skills", "hours", "known", "skipped"} <= set(found)
    assert (found["format"], found["target"]) == (1, "fitting")
    assert found["known"] == ["slope@recognise"]
    assert is_hours(found["hours"])
    assert "fitting@derive" in [s["id"] for s in found["skipped"]]
    seen = set(found["known"])
    for step in found["skills"]:
        assert {"skill", "hours", "because", "unlocks"} <= set(step)
        assert is_skill(step["skill"])
        assert is_hours(step["hours"])
        assert step["because"]
        assert not seen & set(step["unlocks"])
        seen.add(step["skill"])
    assert found["skills"][-1]["skill"] == "fitting@use"
    assert all(set(step["unlocks"]) <= seen for step in found["skills"])


def test_the_hours_of_a_gap_are_those_of_its_skills(ask):
    """Adding the skills up by hand gives the total."""
    found = ask("gap", "everything", "--level", "derive")

    for end in (0, 1):
        assert found["hours"][end] == pytest.approx(
            sum(step["hours"][end] for step in found["skills"]), abs=0.01
        )


def test_several_goals_are_listed(ask):
    """With more than one target the document names them all."""
    assert ask("gap", "slope", "multiplication")["target"] == ["slope", "multiplication"]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("next",), ["addition@recognise", "slope@recognise"]),
        (("unlocks", "slope"), ["fitting@recognise", "fitting@use", "fitting@derive"]),
        (("path", "short"), ["addition@use", "fitting@use"]),
        (("path", "slope@use"), ["addition@recognise", "addition@use", "slope@recognise", "slope@use"]),
        (("know",), []),
    ],
)
def test_lists_are_lists_of_skills(ask, arguments, expected):
    """The commands that answer with skills print them in their written form."""
    assert ask(*arguments) == expected


def test_lint_counts(ask):
    """The linter's document has every promised key, those of parts that are still to come included."""
    found = ask("lint")

    assert {
        "format",
        "errors",
        "warnings",
        "topics",
        "pages",
        "items",
        "exercises",
        "claims",
        "mutation",
    } <= set(found)
    assert (found["format"], found["errors"], found["topics"]) == (1, [], 4)
    assert {"total", "verified"} <= set(found["claims"])
    assert {"score", "survivors"} <= set(found["mutation"])


def test_lint_findings_say_where(ask, tmp_path):
    """A finding has its file, line, code, message and hint."""
    (tmp_path / "curriculum.yaml").write_text("format: 1\ntitle: [\n")

    (error, *_) = ask("--curriculum", str(tmp_path), "lint")["errors"]

    assert {"file", "line", "code", "message", "hint"} <= set(error)
    assert (error["file"], error["line"] > 0) == ("curriculum.yaml", True)


def test_import_tells_what_it_made(ask, tmp_path):
    """The document has the folder and the counts."""
    (tmp_path / "edges.csv").write_text("prerequisite,concept\na,b\n")

    found = ask("import", "metacademy", str(tmp_path / "edges.csv"), "--into", str(tmp_path / "new"))

    assert {"format": 1, "folder": str(tmp_path / "new"), "topics": 2, "edges": 1}.items() <= found.items()


def test_a_schema_is_a_document(run):
    """`schema KIND` prints a JSON schema of that kind of file."""
    found = json.loads(run("schema", "topic").stdout)

    assert found["$schema"].startswith("https://json-schema.org/")
    assert {"title", "levels", "requires"} <= set(found["properties"])


def test_the_command_and_the_library_agree(ask):
    """`cairn gap --json` is the document of what `import cairn` computes."""
    atlas = cairn.load(MINI)
    gap = atlas.gap("short", knows=["addition"], background="clerk")

    by_command = ask("gap", "short", "--knows", "addition", "--background", "clerk")

    assert by_command == json.loads(json.dumps(documents.gap(gap, atlas.curriculum)))
