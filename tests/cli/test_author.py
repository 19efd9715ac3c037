"""The commands for authors: lint finds and places what is wrong, new begins what lints, schema documents."""

from __future__ import annotations

import ast
import json
import shutil
from pathlib import Path

import pytest

from tests.conftest import MINI


@pytest.fixture
def folder(tmp_path):
    """A copy of the miniature curriculum, to be written in."""
    return Path(shutil.copytree(MINI, tmp_path / "mine"))


@pytest.fixture
def write(run, folder):
    """Run a command on the copy."""
    return lambda *arguments: run("--curriculum", str(folder), *arguments)


def findings(write):
    """What the linter finds: (file, code) of errors and of warnings."""
    found = json.loads(write("lint", "--json").stdout)
    return [[(p["file"], p["code"]) for p in found[kind]] for kind in ("errors", "warnings")]


def files(folder):
    """Every file of a folder with its content."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_sound_curriculum_passes(write):
    """Without errors the exit code is 0, and the counts are there."""
    result = write("lint")

    assert "4 topics, 10 skills" in result.stdout.replace("\n", " ")
    assert "0 errors" in result.stdout
    assert result.exit_code == 0


def test_an_error_is_placed_and_fails(write, folder):
    """An error is printed as file:line with its code and the next thing to do, and the exit code is 1."""
    topic = folder / "topics" / "lines" / "slope" / "topic.md"
    topic.write_text(topic.read_text().replace("addition@use", "subtraction@use"))

    result = write("lint")

    line = next(i for i, text in enumerate(topic.read_text().split("\n"), 1) if "subtraction" in text)
    assert f"topics/lines/slope/topic.md:{line}: " in result.stdout
    assert "'subtraction'" in result.stdout
    assert "→" in result.stdout
    assert result.exit_code == 1


def test_warnings_fail_only_when_asked(write, folder):
    """A warning leaves the exit code at 0 unless `--strict` is given."""
    topic = folder / "topics" / "lines" / "slope" / "topic.md"
    topic.write_text(topic.read_text().replace("Steepness needs", "Steepness simply needs"))

    assert findings(write)[1] == [("topics/lines/slope/topic.md", "filler")]
    assert write("lint").exit_code == 0
    assert write("lint", "--strict").exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "made"),
    [
        (["topic", "cubes", "--area", "sums"], ["topics/sums/cubes/topic.md"]),
        (["path", "long"], ["paths/long.yaml"]),
        (["paper", "paper-cubes"], ["papers/paper-cubes.yaml"]),
        (
            ["exercise", "add-up"],
            [
                f"exercises/add-up/{f}"
                for f in ("exercise.yaml", "tests.py", "task.md", "starter.py", "solution.py")
            ],
        ),
    ],
)
@pytest.mark.parametrize(
    "title", [None, "Plain words", 'A: "quoted" # one', "- [x] {y} 'z' \\n & *w*", "漢字 – é", '"""', "no"]
)
def test_what_is_begun_lints(write, folder, arguments, made, title):
    """New files stand where they belong and have no errors, whatever characters the title has."""
    before = files(folder)

    result = write("new", *arguments, *(["--title", title] if title else []))

    assert result.exit_code == 0
    assert sorted(files(folder).keys() - before.keys()) == sorted(made)
    assert all(str(folder / name) in result.stdout for name in made)
    assert findings(write)[0] == []
    for name in made:
        if name.endswith(".py"):
            ast.parse((folder / name).read_text())


def test_a_new_topic_can_be_found(write):
    """The title given is the title shown, and a gap to it is answered."""
    write("new", "topic", "cubes", "--area", "sums", "--title", "Cubes: the basics")

    assert write("show", "cubes").stdout.startswith("Cubes: the basics  topic")
    assert write("gap", "cubes: the basics").exit_code == 0


def test_a_curriculum_begins_empty(run, tmp_path):
    """From an empty folder, a curriculum and its first topic are begun, and lint without errors."""
    here = ["--curriculum", str(tmp_path)]
    run(*here, "new", "curriculum", "mine", "--title", "Mine: all of it")
    run(*here, "new", "topic", "first-things", "--area", "basics")

    found = json.loads(run(*here, "lint", "--json").stdout)

    assert (found["errors"], found["topics"]) == ([], 1)
    assert run(*here, "gap", "first-things").stdout.startswith("First things\n")


@pytest.mark.parametrize(
    ("kind", "name", "more"),
    [
        ("topic", "slope", ["--area", "sums"]),
        ("path", "short", []),
        ("paper", "paper-lines", []),
        ("curriculum", "another", []),
        ("topic", "carrying", ["--area", "sums"]),
        ("path", "slope", []),
    ],
)
def test_nothing_is_overwritten(write, folder, kind, name, more):
    """An id that is taken, by anything at all, or a file that is there is refused, and nothing changes."""
    before = files(folder)

    result = write("new", kind, name, *more)

    assert result.exit_code == 1
    assert result.stderr.startswith("cairn: ")
    assert files(folder) == before


def test_a_half_written_exercise_is_not_overwritten(write, folder):
    """One file in the way stops all of them, so that nothing is half begun."""
    starter = folder / "exercises" / "add-up" / "starter.py"
    starter.parent.mkdir(parents=True)
    starter.write_text("mine")
    before = files(folder)

    assert write("new", "exercise", "add-up").exit_code == 1
    assert files(folder) == before


@pytest.mark.parametrize(
    "name", ["../outside", "a/b", "A", "a b", "a--b", "-a", "", ".", "a@use", "ä", "a\n"]
)
def test_an_id_stays_inside_its_folder(write, folder, name):
    """What is no id writes nothing, least of all elsewhere."""
    before = files(folder.parent)

    assert write("new", "topic", "--area", "sums", "--", name).exit_code == 1
    assert files(folder.parent) == before


@pytest.mark.parametrize("title", ["   ", "a\x07b", "x" * 201])
def test_an_impossible_title_is_refused(write, folder, title):
    """A title that no page could show writes nothing."""
    before = files(folder)

    assert write("new", "topic", "cubes", "--area", "sums", "--title", title).exit_code == 1
    assert files(folder) == before


def test_the_schema_page_covers_every_kind(run):
    """Without a kind the whole reference is printed, one section for each kind of file."""
    text = run("schema").stdout

    for kind in ("curriculum", "topic", "path", "paper", "resources", "questions", "comparison"):
        assert f"\n## {kind}\n" in text
        assert json.loads(run("schema", kind).stdout)["type"] == "object"
