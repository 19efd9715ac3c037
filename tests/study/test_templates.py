"""Templates: what they write loads at once, whatever it is called."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.app import load as load_folder
from cairn.curriculum import load
from cairn.curriculum.linter import lint
from cairn.curriculum.placeholder import PLACEHOLDERS
from cairn.study.templates import KINDS, MAX_TITLE, TemplateError, make
from tests.conftest import MINI

FILES = {p.relative_to(MINI).as_posix(): p.read_bytes() for p in MINI.rglob("*") if p.is_file()}
CURRICULUM = load_folder(MINI).curriculum
WORDS = """
yes null 42 1e3 [x] {x} &a *a !x %x @x `x` 'x' "x" {title} {} {{ --- ... ~ $x$ back\\slash Poincaré 数学 🪨
"""
SAYINGS = [
    "Bayes: the rule",
    "C# and F#",
    "- dash",
    "a # b",
    "a: b: c",
    "# x",
    "? x",
    "| x",
    "> x",
    "a\u00a0b",
]
ODD = [*WORDS.split(), *SAYINGS, '"""', "x" * MAX_TITLE]


def added(files):
    """The miniature curriculum with some files put in, loaded and linted."""
    loaded = load(FILES | {name: text.encode() for name, text in files.items()})
    return loaded.curriculum, lint(loaded)


def test_a_new_topic_is_a_draft_without_errors():
    """It lacks its sources and everything that its author is to write, which are warnings."""
    files = make("topic", "long-division", CURRICULUM, area="sums")
    curriculum, report = added(files)

    assert list(files) == ["topics/sums/long-division/topic.md"]
    assert report.errors == ()
    text = files["topics/sums/long-division/topic.md"].splitlines()
    unfilled = [p for p in report.warnings if p.code == "placeholder"]
    assert {p.code for p in report.warnings} == {"no-source", "placeholder"}
    assert len(unfilled) == len(PLACEHOLDERS)
    assert all(any(said in text[p.line - 1] for said in PLACEHOLDERS) for p in unfilled)
    assert curriculum.topics["long-division"].title == "Long division"
    assert curriculum.topics["long-division"].area == "sums"


@pytest.mark.parametrize(
    ("kind", "name", "places"),
    [
        ("path", "new-path", ["paths/new-path.yaml"]),
        ("paper", "new-paper", ["papers/new-paper.yaml"]),
        (
            "exercise",
            "new-task",
            [
                f"exercises/new-task/{f}"
                for f in ("exercise.yaml", "tests.py", "task.md", "starter.py", "solution.py")
            ],
        ),
    ],
)
def test_a_new_thing_is_without_fault(kind, name, places):
    """Its files stand where the loader looks for them, and nothing is found wrong with them."""
    files = make(kind, name, CURRICULUM)
    curriculum, report = added(files)

    assert list(files) == places
    assert report.problems == ()
    assert curriculum.entries[name].kind == kind


def test_a_new_curriculum_is_a_beginning():
    """Alone it loads with one area that waits for topics, and a topic can be put into it at once."""
    files = make("curriculum", "my-map", CURRICULUM)
    empty = load({name: text.encode() for name, text in files.items()})

    assert lint(empty).errors == ()
    assert [p.code for p in lint(empty).warnings] == ["empty-area"]
    files |= make("topic", "first", empty.curriculum, area="basics")
    assert lint(load({name: text.encode() for name, text in files.items()})).errors == ()


def test_each_kind_has_a_template():
    """What the command offers is what can be made."""
    for kind in KINDS:
        assert make(kind, "something-new", CURRICULUM, area="sums")


@pytest.mark.parametrize("title", ODD)
@pytest.mark.parametrize("kind", ["topic", "path", "paper"])
def test_any_title_is_kept(kind, title):
    """Signs that mean something to YAML mean nothing in a title."""
    curriculum, report = added(make(kind, "new-thing", CURRICULUM, area="sums", title=title))

    assert report.errors == ()
    assert curriculum.entries["new-thing"].title == " ".join(title.split())


@pytest.mark.parametrize("name", ["42", "null", "true", "1e3", "2.5", "no"])
def test_an_id_that_looks_like_a_value_gives_a_text(name):
    """The title that is made from an id is a text as well."""
    curriculum, report = added(make("topic", name, CURRICULUM, area="sums"))

    assert report.errors == ()
    assert curriculum.topics[name].title == name.capitalize()


@given(st.text(max_size=40))
def test_a_title_is_kept_or_refused(title):
    """No title gives a file that does not load."""
    try:
        files = make("topic", "new-thing", CURRICULUM, area="sums", title=title)
    except TemplateError as error:
        assert error.hint  # noqa: PT017  # most titles are not refused
        return
    curriculum, report = added(files)

    assert {p.code for p in report.errors} <= {"duplicate-alias"}
    assert curriculum.topics["new-thing"].title == " ".join((title or "New thing").split())


@pytest.mark.parametrize("title", [*ODD, "\\", '\\"', "x\\"])
def test_the_python_of_an_exercise_is_python(title):
    """A title in a docstring cannot end it."""
    files = make("exercise", "new-task", CURRICULUM, title=title)

    for name, text in files.items():
        if name.endswith(("starter.py", "solution.py")):
            tree = ast.parse(text)
            assert ast.get_docstring(tree)
            assert [node.name for node in tree.body if isinstance(node, ast.FunctionDef)] == ["solve"]


@pytest.mark.parametrize("title", ["   ", "x" * (MAX_TITLE + 1), "a\0b", "a\x1b[31mb", "a\u202eb"])
def test_a_title_that_cannot_be_read_is_refused(title):
    """Empty, too long, or with characters that no one sees."""
    with pytest.raises(TemplateError) as caught:
        make("topic", "new-thing", CURRICULUM, area="sums", title=title)

    assert caught.value.hint


@pytest.mark.parametrize("name", ["", "New", "new thing", "../../etc", "new/thing", ".new", "new\n", "ñ"])
def test_a_bad_id_is_refused(name):
    """Above all one that would be written elsewhere."""
    for kind in KINDS:
        with pytest.raises(TemplateError, match="is not a valid id"):
            make(kind, name, CURRICULUM, area="sums")


@pytest.mark.parametrize(
    ("area", "message"),
    [(None, "a topic needs an area"), ("nowhere", "is no area"), ("everything", "is no area")],
)
def test_a_topic_needs_an_area_of_its_own(area, message):
    """One that is there and holds topics; the hint lists those."""
    with pytest.raises(TemplateError, match=message) as caught:
        make("topic", "new-thing", CURRICULUM, area=area)

    assert caught.value.hint.endswith("one of: sums, lines")
