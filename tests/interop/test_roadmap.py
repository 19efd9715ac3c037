"""Roadmaps: a list of topics in YAML or JSON, or a drawing of nodes and edges."""

from __future__ import annotations

import json

import pytest

from cairn.interop.foreign import ForeignFormatError
from cairn.interop.roadmap import read

LIST = """\
topics:
  - id: maths
    title: Mathematics
  - id: sums
    title: Sums
    parent: maths
    hours: {refresher: [1, 2], scratch: [5, 8]}
    why: Everything is counted.
  - id: carrying
    parent: sums
    prerequisites: [sums]
    hours: 3
  - {id: alone, title: Alone, prerequisites: [carrying, nowhere], hours: [4, 2]}
"""
DRAWING = {
    "title": "A drawing",
    "nodes": [
        {"id": "heading", "type": "title", "data": {"label": "A drawing"}},
        {"id": "q7XkP", "type": "topic", "data": {"label": "Learn sums"}},
        {"id": "wZ9Lm", "type": "subtopic", "data": {"label": "Carrying"}},
        {"id": "line-1", "type": "vertical", "data": {}},
        {"id": "plain-text", "label": "Slope"},
    ],
    "edges": [
        {"source": "q7XkP", "target": "wZ9Lm"},
        {"source": "wZ9Lm", "target": "plain-text"},
        {"source": "line-1", "target": "wZ9Lm"},
        {"source": "heading", "target": "q7XkP"},
        "nonsense",
    ],
}


def test_a_list_gives_titles_reasons_and_prerequisites():
    """A topic without a title is called by its id; every prerequisite is an edge."""
    found = read(LIST)

    assert [(t.key, t.title, t.summary) for t in found.topics] == [
        ("maths", "Mathematics", ""),
        ("sums", "Sums", "Everything is counted."),
        ("carrying", "carrying", ""),
        ("alone", "Alone", ""),
    ]
    assert found.edges == [("sums", "carrying", ""), ("carrying", "alone", ""), ("nowhere", "alone", "")]


def test_hours_in_any_form_become_a_range():
    """One figure is the upper end; a pair is a range in either order; nested ones span from least to most."""
    assert [t.hours for t in read(LIST).topics] == [None, (1, 8), (1.5, 3), (2, 4)]


def test_areas_are_the_topmost_things():
    """However deep a topic hangs, it belongs to the area of its topmost parent; one without to none."""
    assert [t.area for t in read(LIST).topics] == ["Mathematics", "Mathematics", "Mathematics", ""]


def test_parents_in_a_circle_end():
    """Two topics that are each other's parent are no endless loop."""
    found = read("[{id: a, parent: b}, {id: b, parent: a}, {id: c, parent: c}]")

    assert len(found.topics) == 3


@pytest.mark.parametrize(
    "text",
    [json.dumps([{"id": "a"}]), "- id: a\n", json.dumps({"topics": [{"id": "a"}]}), "topics: [{id: a}]"],
)
def test_yaml_and_json_are_the_same(text):
    """A list may stand alone or under `topics`, in either notation."""
    assert [t.key for t in read(text).topics] == ["a"]


def test_a_drawing_gives_its_boxes_and_arrows():
    """Boxes with a label are topics, headings and lines are not; only arrows between topics are edges."""
    found = read(json.dumps(DRAWING))

    assert found.title == "A drawing"
    assert [(t.key, t.title) for t in found.topics] == [
        ("Learn sums", "Learn sums"),
        ("Carrying", "Carrying"),
        ("plain-text", "Slope"),
    ]
    assert found.edges == [("Learn sums", "Carrying", ""), ("Carrying", "plain-text", "")]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("topics:\n  - id: a\n  - title: no id\n", 3),
        ("topics:\n  - id: a\n  - just text\n", 3),
        ("- id: a\n- id: b\n  prerequisites: a\n", 2),
        ("topics:\n  - id: a\n   title: askew\n", 3),
        ("topics:\n  - &x {id: a}\n  - *x\n", 2),
        ('{"topics": [\n{"id": "a"},\n{"title": "no id"}]}', 3),
        ('{"topics": [\n{"id": "a"},\n}', 3),
        ('{"nodes": [\n{"id": "a"},\n{"label": "no id"}]}', 3),
        ("just: text\n", 1),
        ("", 1),
        ("[" * 100_000, 1),
        ("- " * 100_000, 1),
    ],
)
def test_what_is_wrong_is_placed(text, line):
    """The error knows the line, in YAML and in JSON, and what to do."""
    with pytest.raises(ForeignFormatError) as caught:
        read(text)

    assert caught.value.line == line
    assert caught.value.hint


@pytest.mark.parametrize("hours", ["-1", "soon", "[1]", "[1, 2, 3]", "1e9", ".nan", "true", "{}", "[-1, 2]"])
def test_hours_that_make_no_sense_are_no_hours(hours):
    """A roadmap is not refused for an estimate that cannot be used."""
    assert read(f"[{{id: a, hours: {hours}}}]").topics[0].hours is None
