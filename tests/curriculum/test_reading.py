"""Reading one file: its text, its front matter, its value, and the line of each."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from cairn.curriculum.paper import Paper
from cairn.curriculum.reading import FileText, decode, front_matter, id_of, properties, validated
from cairn.curriculum.topic import Topic

PAPER = "title: On Lines\nauthors:\n  - A\nyear: 1805\nsummary: It fits.\n"


def read(text, kind=Paper, offset=0):
    """What a text gives as a kind of file, and the problems."""
    problems = []
    return validated(kind, FileText("x.yaml", text, text, offset), problems), problems


def test_text_is_decoded_without_its_mark_and_with_plain_line_ends():
    """Byte order mark, carriage returns and all ways to end a line leave no trace."""
    problems = []

    assert decode("x", "\ufeffa\r\nb\rc\né".encode(), problems) == "a\nb\nc\né"
    assert problems == []


def test_bytes_that_are_no_text_are_a_problem():
    """The line counts every way to end a line."""
    problems = []

    assert decode("x", b"a\r\nb\rc\n\xc3", problems) is None
    assert [(p.file, p.line, p.code) for p in problems] == [("x", 4, "encoding")]


def test_front_matter_is_split_from_the_page():
    """The YAML between the rules, the page after them, and how many lines stand before it."""
    file, body, before = front_matter("x.md", "---\ntitle: a\n---\n\npage\n---\nmore\n", [])

    assert (file.yaml_text, body, before) == ("title: a\n", "\npage\n---\nmore\n", 3)
    assert file.problem(("title",), "c", "m", "h").line == 2


@pytest.mark.parametrize(
    ("text", "body"), [("---\na: 1\n---", ""), ("---\na: 1\n--- \t\npage", "page"), ("---\n---\n", "")]
)
def test_front_matter_may_end_the_file(text, body):
    """Space after the closing rule and a missing last line end do no harm."""
    assert front_matter("x.md", text, [])[1] == body


@pytest.mark.parametrize(
    "text", ["", "page", "\n---\na: 1\n---\n", "---\na: 1\n", "---\na: 1\n----\n", "-- -\n---\n"]
)
def test_without_front_matter_there_is_a_problem(text):
    """It must begin on the first line and end with a rule of its own."""
    problems = []

    assert front_matter("x.md", text, problems) is None
    assert [(p.line, p.code) for p in problems] == [(1, "front-matter")]


def test_a_file_becomes_a_value():
    """A valid text is an instance of its kind, with defaults for what it leaves out."""
    paper, problems = read(PAPER)

    assert problems == []
    assert (paper.title, paper.authors, paper.year, paper.needs, paper.id) == (
        "On Lines",
        ("A",),
        1805,
        (),
        "",
    )
    with pytest.raises(FrozenInstanceError):
        paper.title = "Other"


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("year: 1805", "year: '1805'", 4, "year: Input should be a valid integer"),
        ("year: 1805", "year: true", 4, "year: Input should be a valid integer"),
        ("year: 1805", "year: 1805.5", 4, "year: Input should be a valid integer"),
        ("year: 1805", "year: 1500", 4, "year: Input should be greater than or equal to 1600"),
        ("  - A", "  - 5", 3, "authors.0: Input should be a valid string"),
        ("authors:\n  - A", "authors: []", 2, "authors:"),
        ("year: 1805", "yeer: 1805", 4, "the key 'yeer' is unknown"),
        ("year: 1805\n", "", 1, "the key 'year' is missing"),
        ("year: 1805", "url: javascript:x\nyear: 1805", 4, "url: "),
    ],
)
def test_types_are_kept_apart(old, new, line, message):
    """A text is no number and a number no text; nothing is guessed."""
    paper, problems = read(PAPER.replace(old, new))

    assert paper is None
    assert any(p.line == line and p.message.startswith(message) for p in problems)
    assert all(p.hint for p in problems)


def test_every_mistake_of_a_file_is_named():
    """The author sees all of them at once."""
    _, problems = read("title: ''\nauthors: [A]\nyear: old\n")

    assert [(p.line, p.code) for p in problems] == [(1, "value"), (3, "value"), (1, "missing-key")]


def test_lines_count_from_the_top_of_the_file():
    """The offset of the YAML within its file is added."""
    _, problems = read("title: 5\n", offset=10)

    assert {p.line for p in problems} == {11}


def test_a_hint_names_the_closest_key():
    """A slip of the keyboard is answered with the key that was meant."""
    _, problems = read(PAPER.replace("authors", "auhtors"))

    assert "did you mean 'authors'?" in {p.hint for p in problems}


def test_the_keys_of_a_kind_are_those_an_author_writes():
    """What the loader fills in is not among them."""
    assert set(properties(Paper)) == {
        "title", "authors", "year", "summary", "venue", "url", "needs", "teaches",
    }  # fmt: skip
    assert not {"id", "area", "body", "sections", "file"} & set(properties(Topic))


def test_the_id_of_a_name():
    """A good name is its own id; a bad one is a problem at the line that was given."""
    problems = []

    assert id_of("x", "kv-cache", problems) == "kv-cache"
    assert id_of("x", "KV cache", problems, 7) is None
    assert [(p.line, p.code) for p in problems] == [(7, "id")]
