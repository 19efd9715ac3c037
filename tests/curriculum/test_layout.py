"""The layout of a curriculum folder: where files stand, what their names mean, and what must not be there."""

from __future__ import annotations

import pytest

from cairn.curriculum import Kind, Severity, load
from tests.curriculum.breaking import (
    ADDITION,
    BOOKS,
    FITTING,
    MULTIPLICATION,
    PATH,
    QUESTIONS,
    ROOT,
    SLOPE,
    TOPICS,
    assert_serves,
    changed,
    found,
)

STRAY = [
    "notes.txt",
    "topics/readme.md",
    "topics/sums/readme.md",
    "topics/sums/addition/picture.png",
    "topics/sums/addition/deeper/topic.md",
    "paths/short.yml",
    "paths/old/short.yaml",
    "papers/paper.md",
    "curriculum.yml",
    "Topics/sums/addition/topic.md",
]


@pytest.mark.parametrize("name", STRAY)
def test_a_stray_file_is_a_warning(mini_files, name):
    """A file that no rule reads is named, so that a slip in a name is not taken for content."""
    loaded = load({**mini_files, name: b"anything \xff"})

    [problem] = loaded.problems
    assert (problem.file, problem.line, problem.code) == (name, 0, "stray")
    assert problem.severity is Severity.WARNING
    assert problem.hint
    assert loaded.errors == ()
    assert_serves(loaded)


@pytest.mark.parametrize(
    "name",
    [
        "topics/sums/addition/questions.yaml",
        "topics/sums/addition/claims.py",
        "topics/sums/addition/playground.py",
        "topics/sums/addition/playground/data.json",
        "exercises/add/wrong/a.py",
        "labs/x/y",
    ],
)
def test_what_belongs_elsewhere_is_left_alone(mini_files, name):
    """Files beside a topic, exercises and labs are read by others."""
    assert load({**mini_files, name: b"\xff"}).problems == ()


BAD_NAMES = [
    "Fitting",
    "fit line",
    "fit_line",
    "-fit",
    "fit-",
    "fit--line",
    "fit..line",
    "ajuste-año",
    "fit\n",
    "%2e",
    " ",
]


@pytest.mark.parametrize("bad", BAD_NAMES)
def test_a_folder_name_that_is_no_id_is_named(mini_files, bad):
    """A topic in a folder with a bad name is left out; the whole file is meant."""
    name = f"topics/lines/{bad}/topic.md"
    files = {**mini_files, name: mini_files[FITTING]}

    assert found(files) == [(name, 0, "id")]
    assert_serves(load(files))


@pytest.mark.parametrize("bad", BAD_NAMES)
def test_an_area_name_that_is_no_id_is_named(mini_files, bad):
    """A topic in an area with a bad name is left out."""
    name = f"topics/{bad}/circle/topic.md"
    files = {**mini_files, name: mini_files[FITTING]}

    assert found(files) == [(name, 0, "id")]
    assert set(load(files).curriculum.areas) == {"everything", "sums", "lines"}


@pytest.mark.parametrize("folder", ["paths", "papers", "comparisons"])
def test_a_file_name_that_is_no_id_is_named(mini_files, folder):
    """What is one file has the file's name as its id."""
    source = next(name for name in mini_files if name.startswith(folder))
    files = {**mini_files, f"{folder}/Über.yaml": mini_files[source]}

    assert found(files) == [(f"{folder}/Über.yaml", 0, "id")]


def test_a_section_with_a_bad_id_is_named_with_its_line(mini_files):
    """A heading's id follows the same rule, and the topic stays without that section."""
    files = changed(mini_files, ADDITION, "{#carrying}", "{#Carrying}")

    assert found(files) == [(BOOKS, 7, "dangling"), (ADDITION, 26, "id")]
    assert load(files).curriculum.topics["addition"].sections == ()


def test_without_the_root_file_the_topics_still_serve(mini_files):
    """The areas are then the folders, in the order of their names."""
    files = {name: data for name, data in mini_files.items() if name != ROOT}
    loaded = load(files)

    assert found(files) == [(ROOT, 0, "missing-file")]
    assert list(loaded.curriculum.areas) == ["lines", "sums"]
    assert loaded.curriculum.areas["sums"].title == "Sums"
    assert loaded.curriculum.title == "Untitled curriculum"
    assert_serves(loaded)


def test_nothing_at_all_is_a_curriculum_without_topics():
    """No files give an empty map and one problem."""
    loaded = load({})

    assert [p.code for p in loaded.problems] == ["missing-file"]
    assert loaded.problems[0].hint
    assert not loaded.curriculum.topics
    assert loaded.curriculum.graph.nodes == ()


def test_an_area_the_root_file_does_not_name_is_an_error(mini_files):
    """The topic is there all the same, in an area called after the folder."""
    levels = b"levels: {recognise: {hours: [1, 1], can: draw}}"
    circle = b"---\ntitle: Circle\nsummary: Round.\n" + levels + b"\nstatus: outline\n---\n"
    files = {**mini_files, "topics/plane-shapes/circle/topic.md": circle}
    loaded = load(files)

    assert found(files) == [("topics/plane-shapes/circle/topic.md", 0, "dangling")]
    assert "curriculum.yaml" in loaded.problems[0].message
    assert loaded.curriculum.areas["plane-shapes"].title == "Plane shapes"
    assert_serves(loaded)


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        ("summary: All of it.", "summary: All of it., within: lines", [6, 8]),
        ("lines., within: everything", "lines., within: lines", [8]),
        ("summary: All of it.", "summary: All of it., within: everything", [6]),
    ],
)
def test_an_area_within_itself_is_an_error(mini_files, old, new, lines):
    """Each area on the loop is named, and all of them count as outermost."""
    files = changed(mini_files, ROOT, old, new)
    loaded = load(files)

    assert found(files) == [(ROOT, line, "cycle") for line in lines]
    assert all(loaded.curriculum.hours_of(area)[1] > 0 for area in loaded.curriculum.areas)
    assert_serves(loaded)


def test_a_newer_format_is_an_error(mini_files):
    """A curriculum made for a later Cairn says so instead of failing in odd ways."""
    files = changed(mini_files, ROOT, "format: 1", "format: 2")

    assert found(files) == [(ROOT, 1, "format")]
    assert load(files).problems[0].hint == "update Cairn"
    assert_serves(load(files))


@pytest.mark.parametrize(
    ("name", "old", "new", "line"),
    [
        (PATH, "id: short-phase-2", "id: addition", 10),
        (PATH, "id: short-phase-2", "id: short-phase-1", 10),
        (PATH, "id: track-drawing", "id: slope", 17),
        (ROOT, "  lines: {title", "  slope: {title: S, summary: S.}\n  lines: {title", 8),
        (QUESTIONS, "  q-slope:", "  slope: {ask: Q, kind: [code], targets: [slope@use]}\n  q-slope:", 2),
        (BOOKS, "  book-sums:", "  slope: {title: B, note: N.}\n  book-sums:", 2),
        (SLOPE, "## Failure modes", "### Again {#carrying}\n\n## Failure modes", 27),
        (ADDITION, "## Failure modes", "### Again {#carrying}\n\n## Failure modes", 30),
        (MULTIPLICATION, "## Failure modes", "### Again {#slope}\n\n## Failure modes", 33),
    ],
)
def test_an_id_that_is_taken_is_an_error(mini_files, name, old, new, line):
    """All kinds of things share one name space; the error stands where the second one is."""
    files = changed(mini_files, name, old, new)
    loaded = load(files)

    assert [p for p in found(files) if p[2] != "empty-area"] == [(name, line, "duplicate-id")]
    assert all(loaded.curriculum.resolve(topic).kind is Kind.TOPIC for topic in TOPICS)
    assert_serves(loaded)


@pytest.mark.parametrize(
    ("copy", "of"),
    [
        ("paths/slope.yaml", PATH),
        ("papers/slope.yaml", "papers/paper-lines.yaml"),
        ("comparisons/slope.yaml", "comparisons/proofs.yaml"),
        ("topics/sums/slope/topic.md", SLOPE),
    ],
)
def test_a_file_whose_name_is_a_taken_id_is_an_error(mini_files, copy, of):
    """Where the name of the file is the id, the whole file is meant."""
    loaded = load({**mini_files, copy: mini_files[of].replace(b"id: ", b"id: other-")})

    assert [(p.file, p.line, p.code) for p in loaded.errors] == [(copy, 0, "duplicate-id")]
    assert loaded.errors[0].hint
    assert_serves(loaded)


@pytest.mark.parametrize(("name", "line"), [(QUESTIONS, 2), (BOOKS, 2)])
def test_an_entry_in_two_files_is_an_error(mini_files, name, line):
    """The first file in the order of names keeps it."""
    copy = name.replace(".yaml", "-again.yaml")
    loaded = load({**mini_files, copy: mini_files[name]})

    first, second = sorted([name, copy])
    assert [(p.file, p.line, p.code) for p in loaded.errors] == [(second, line, "duplicate-id")]
    assert first in loaded.errors[0].message


@pytest.mark.parametrize(
    ("name", "old", "new", "line"),
    [
        (SLOPE, "title: Slope", "title: Addition", 2),
        (SLOPE, "title: Slope", "title: SUM", 2),
        (MULTIPLICATION, "[product]", "[sum]", 3),
        (MULTIPLICATION, "[product]", "[slope]", 3),
        (FITTING, "[line fitting]", "[Line-fitting, Product]", 3),
    ],
)
def test_a_name_of_two_topics_is_an_error(mini_files, name, old, new, line):
    """No two topics share a title or alias, whatever its case and punctuation."""
    files = changed(mini_files, name, old, new)

    assert found(files) == [(name, line, "duplicate-alias")]
    assert_serves(load(files))
