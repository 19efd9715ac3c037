"""Malformed content: each kind of mistake is reported at its file and line, and the rest still loads."""

from __future__ import annotations

import pytest

from cairn.curriculum import load
from tests.curriculum.breaking import FITTING, QUESTIONS, ROOT, assert_serves, changed, the_problem

LEVELS = """\
levels:
  recognise: {hours: [0.2, 0.4], can: say what is minimised}
  use: {hours: [1, 3], can: fit a line to three points}
  derive: {hours: [2, 4], can: derive the normal equations}
"""
FRONT = [
    ("bad syntax", "summary: The line closest", "summary: The line: closest", 4, "yaml", "mend the syntax"),
    ("a tab", "  derive: {hours", "\tderive: {hours", 8, "yaml", "mend the syntax"),
    ("a stray brace", "skip_unless: you meet data", "skip_unless: }", 19, "yaml", "mend the syntax"),
    ("a key given twice", "status: draft", "status: draft\nstatus: draft", 21, "yaml", "keep one"),
    ("a nested key given twice", "can: say", "can: x, can: say", 6, "yaml", "keep one"),
    ("a key that is no text", "title: Fitting", "[1, 2]: x\ntitle: Fitting", 2, "yaml", "quote the key"),
    ("an anchor", "title: Fitting", "title: &t Fitting", 2, "yaml", "write the value out"),
    ("an alias", "summary: The line closest to the points.", "summary: *t", 4, "yaml", "write the value out"),
    ("a tag", "title: Fitting", "title: !!str Fitting", 2, "yaml", "remove the tag"),
    (
        "a tag on a mapping",
        "requires:\n",
        "requires: !!python/object:os.system\n",
        9,
        "yaml",
        "remove the tag",
    ),
    ("a tag on a key", "title: Fitting", "!!str title: Fitting", 2, "yaml", "remove it"),
    ("a control character", "Errors are", "Errors \x07 are", 14, "yaml", "remove it"),
    ("a line end only YAML sees", "Errors are", "Errors \u2028 are", 14, "yaml", "remove it"),
    ("a mistyped key", "aliases:", "alias:", 3, "unknown-key", "did you mean 'aliases'?"),
    ("an invented key", "aliases:", "colour: red\naliases:", 3, "unknown-key", "docs/format.md"),
    ("an invented nested key", "at: theorem 1", "at: theorem 1, by: me", 18, "unknown-key", "docs/format.md"),
    ("a key the loader sets", "aliases:", "id: other\naliases:", 3, "unknown-key", "remove it"),
    ("a missing key", "title: Fitting a line\n", "", 2, "missing-key", "add a line 'title: ...'"),
    (
        "a missing nested key",
        ", can: fit a line to three points",
        "",
        7,
        "missing-key",
        "add a line 'can: ...'",
    ),
    (
        "a number for a text",
        "summary: The line closest to the points.",
        "summary: 5",
        4,
        "value",
        "format.md",
    ),
    ("nothing for a text", "summary: The line closest to the points.", "summary:", 4, "value", "format.md"),
    ("an empty text", "summary: The line closest to the points.", "summary: ''", 4, "value", "format.md"),
    ("a long text", "The line closest to the points.", "x" * 161, 4, "value", "format.md"),
    ("a text for a list", "aliases: [line fitting]", "aliases: line fitting", 3, "value", "format.md"),
    ("a mapping in a list", "aliases: [line fitting]", "aliases: [{a: b}]", 3, "value", "format.md"),
    ("a mapping for a list", "sources:\n  - {of", "sources:\n  x: {of", 17, "value", "format.md"),
    ("no levels", LEVELS, "levels: {}\n", 5, "value", "format.md"),
    ("an unknown level", "  derive: {hours", "  prove: {hours", 8, "value", "format.md"),
    ("an unknown status", "status: draft", "status: done", 20, "value", "format.md"),
    ("an unknown role", "role: proof", "role: evidence", 18, "value", "format.md"),
    ("a topic for a skill", "slope@use:", "slope:", 13, "value", "format.md"),
    ("a skill at no level", "slope@use:", "slope@master:", 13, "value", "format.md"),
    ("a bad id", "of: paper-lines", "of: Paper Lines", 18, "value", "format.md"),
    ("hours reversed", "[1, 3]", "[3, 1]", 7, "value", "format.md"),
    ("hours negative", "[1, 3]", "[-1, 3]", 7, "value", "format.md"),
    ("hours that are no number", "[1, 3]", "[1, .nan]", 7, "value", "format.md"),
    ("hours without end", "[1, 3]", "[1, 1e999]", 7, "value", "format.md"),
    ("hours beyond a life", "[1, 3]", f"[1, {'9' * 4000}]", 7, "value", "format.md"),
    ("hours as texts", "[1, 3]", "['1', 3]", 7, "value", "format.md"),
    ("one hour", "[1, 3]", "[1]", 7, "value", "format.md"),
    ("three hours", "[1, 3]", "[1, 2, 3]", 7, "value", "format.md"),
    ("an hour alone", "[1, 3]", "1", 7, "value", "format.md"),
]


@pytest.mark.parametrize(
    ("old", "new", "line", "code", "hint"), [c[1:] for c in FRONT], ids=[c[0] for c in FRONT]
)
def test_a_mistake_in_front_matter_is_named_with_its_line(mini_files, old, new, line, code, hint):
    """A topic with one mistake is left out with one problem that says where it is and what to do next."""
    files = changed(mini_files, FITTING, old, new)

    problem = the_problem(files, FITTING)

    assert (problem.line, problem.code) == (line, code)
    assert hint in problem.hint
    assert "fitting" not in load(files).curriculum.topics
    assert_serves(load(files), without="fitting")


YAML = [
    ("nothing", b"", 1, "yaml"),
    ("only a comment", b"# later\n", 1, "yaml"),
    ("a list", b"- questions\n", 1, "yaml"),
    ("a text", b"questions\n", 1, "yaml"),
    ("no questions", b"questions:\n", 1, "value"),
    ("two documents", b"questions: {}\n---\nquestions: {}\n", 2, "yaml"),
    ("an open list", b"questions: {\n  q: [\n", 3, "yaml"),
    ("an open quote", b'questions: "q\n', 2, "yaml"),
    ("a bad id", b"questions:\n  Q 1: {ask: a, kind: [code], targets: [slope@use]}\n", 2, "value"),
    ("no targets", b"questions:\n  q:\n    ask: a\n    kind: [code]\n    targets: []\n", 5, "value"),
    ("a bad kind", b"questions:\n  q: {ask: a, kind:\n  [code, song], targets: [slope@use]}\n", 3, "value"),
    ("a key the loader sets", b"questions:\n  q:\n    ask: a\n    id: x\n", 4, "unknown-key"),
    ("bytes that are no text", b"questions:\n  # caf\xe9\n", 2, "encoding"),
    ("UTF-16", "questions: {}\n".encode("utf-16"), 1, "encoding"),
    ("an escape sequence", b"questions: {}\n# \x1b[31m\n", 2, "yaml"),
    ("a zero byte", b"\n\nquestions: {}\x00\n", 3, "yaml"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "line", "code"), [c[1:] for c in YAML], ids=[c[0] for c in YAML])
def test_a_mistake_in_a_yaml_file_is_named_with_its_line(mini_files, data, line, code):
    """A file that cannot be used is left out with one problem, and only what pointed into it is amiss."""
    files = {**mini_files, QUESTIONS: data}

    problem = the_problem(files, QUESTIONS)

    assert (problem.line, problem.code) == (line, code)
    assert problem.hint
    assert not load(files).curriculum.questions
    assert_serves(load(files))


MARKDOWN = [
    ("nothing", b"", 1, "front-matter"),
    ("a page alone", b"## Why\n\nNo front matter.\n", 1, "front-matter"),
    ("front matter that never ends", b"---\ntitle: Fitting\n", 1, "front-matter"),
    ("front matter that says nothing", b"---\n---\n\n## Why\n", 2, "yaml"),
    ("front matter that is a list", b"---\n- title\n---\n", 2, "yaml"),
    ("bytes that are no text, on the page", b"---\ntitle: Fitting\n---\n\n## Why\n\n\xff\n", 7, "encoding"),
    ("bytes that are no text, after a mark", b"\xef\xbb\xbf---\n\n\xff\n", 3, "encoding"),
]


@pytest.mark.parametrize(("data", "line", "code"), [c[1:] for c in MARKDOWN], ids=[c[0] for c in MARKDOWN])
def test_a_topic_file_without_a_topic_is_named_with_its_line(mini_files, data, line, code):
    """A `topic.md` that is none is left out with one problem."""
    files = {**mini_files, FITTING: data}

    problem = the_problem(files, FITTING)

    assert (problem.line, problem.code) == (line, code)
    assert problem.hint
    assert_serves(load(files), without="fitting")


def test_a_byte_that_is_no_text_is_named_with_its_offset(mini_files):
    """The offset counts from the start of the file, a byte order mark included."""
    files = {**mini_files, QUESTIONS: b"\xef\xbb\xbfquestions: {}\n\xfe"}

    assert "byte 0xfe at offset 17" in the_problem(files, QUESTIONS).message


def test_lines_are_counted_in_characters(mini_files):
    """Letters of several bytes before a mistake do not move it."""
    files = {**mini_files, QUESTIONS: ("# " + "é" * 200 + "\n" * 3 + "q: \x07\n" + "\n" * 300).encode()}

    assert the_problem(files, QUESTIONS).line == 4


def test_only_twenty_mistakes_of_a_file_are_listed(mini_files):
    """A file that is wrong throughout does not bury the others."""
    keys = "".join(f"key-{i}: x\n" for i in range(500))
    files = {**mini_files, QUESTIONS: ("questions: {}\n" + keys).encode()}

    assert [p.line for p in load(files).errors if p.file == QUESTIONS] == list(range(2, 22))


@pytest.mark.parametrize("ending", [b"\r\n", b"\r"])
def test_line_ends_of_other_systems_change_nothing(mini_files, ending):
    """A curriculum written on another system is the same curriculum, and so are its line numbers."""
    files = {name: data.replace(b"\n", ending) for name, data in mini_files.items()}

    assert load(files).curriculum == load(mini_files).curriculum
    broken = changed(files, FITTING, "[1, 3]", "[3, 1]")
    assert the_problem(broken, FITTING).line == 7


def test_a_byte_order_mark_changes_nothing(mini_files):
    """Some editors put a mark at the start of a file; it is no part of the text."""
    files = {name: b"\xef\xbb\xbf" + data for name, data in mini_files.items()}

    assert load(files).curriculum == load(mini_files).curriculum
    assert load(files).problems == ()


@pytest.mark.parametrize(
    ("data", "line", "code"),
    [
        (b"", 1, "yaml"),
        (b"format: 1\ntitle: M\nversion: '1'\nareas: {}\n", 4, "value"),
        (b"format: 1\ntitle: M\nversion: 1\nareas: {a: {title: A, summary: A.}}\n", 3, "value"),
        (b"format: 0\ntitle: M\nversion: '1'\nareas: {a: {title: A, summary: A.}}\n", 1, "value"),
        (b"format: 1\ntitle: M\nversion: '1'\nareas: [a]\n", 4, "value"),
        (b"format: 1\ntitle: M\nversion: '1'\n", 1, "missing-key"),
    ],
)
def test_a_root_file_that_cannot_be_used_leaves_the_topics_in_place(mini_files, data, line, code):
    """The areas are then the folders; no topic is blamed for that."""
    files = {**mini_files, ROOT: data}

    problem = the_problem(files, ROOT)

    assert (problem.line, problem.code) == (line, code)
    assert set(load(files).curriculum.areas) == {"sums", "lines"}
    assert_serves(load(files))
