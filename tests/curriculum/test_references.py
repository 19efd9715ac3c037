"""References: whatever points to nowhere is reported where it stands, and everything else is kept."""

from __future__ import annotations

import pytest

from cairn.curriculum import Skill, load
from cairn.curriculum.linter import lint
from tests.curriculum.breaking import (
    ADDITION,
    BOOKS,
    COMPARISON,
    FITTING,
    MULTIPLICATION,
    PAPER,
    PATH,
    QUESTIONS,
    ROOT,
    SLOPE,
    assert_serves,
    changed,
    found,
    places,
)

DANGLING = [
    ("requires", FITTING, "slope@use:", "slop@use:", 13, "dangling"),
    ("requires, at a level", FITTING, "slope@use:", "slope@derive:", 13, "level"),
    ("contains", MULTIPLICATION, "addition@use: 0.5", "adition@use: 0.5", 15, "dangling"),
    ("contains, at a level", MULTIPLICATION, "addition@use: 0.5", "slope@derive: 0.5", 15, "level"),
    ("a topic's source", FITTING, "of: paper-lines", "of: paper-curves", 18, "dangling"),
    ("a source that is a topic", FITTING, "of: paper-lines", "of: slope", 18, "dangling"),
    ("a step's target", PATH, "[addition@use]", "[adition@use]", 8, "dangling"),
    ("a step's target, at a level", PATH, "[fitting@use]", "[slope@derive]", 13, "level"),
    ("a step's resource", PATH, "[book-sums]", "[book-sum]", 8, "dangling"),
    ("a step's question", PATH, "hours: [1, 2]}", "hours: [1, 2], questions: [q]}", 8, "dangling"),
    ("a checkpoint's question", PATH, "{questions: [q-slope]", "{questions: [slope]", 9, "dangling"),
    ("a checkpoint's exercise", PATH, "if_no: add", "exercises: {q-slope: [x]}, if_no: add", 9, "dangling"),
    (
        "an exercise for no question",
        PATH,
        "if_no: add",
        "exercises: {q-x: [write-add]}, if_no: add",
        9,
        "dangling",
    ),
    ("a repair", PATH, "if_no: add", "criteria: [It is.], repairs: [[sloop@use]], if_no: add", 9, "dangling"),
    ("a repair too many", PATH, "if_no: add", "repairs: [[slope@use]], if_no: add", 9, "shape"),
    ("a track's target", PATH, "[30, 60]}", "[30, 60], targets: [sloop@use]}", 17, "dangling"),
    ("a track's resource", PATH, "[30, 60]}", "[30, 60], resources: [slope]}", 17, "dangling"),
    ("a rule's target", PATH, "weeks: [1, 2]}", "weeks: [1, 2], targets: [sloop@use]}", 15, "dangling"),
    ("a rule's resource", PATH, "weeks: [1, 2]}", "weeks: [1, 2], resources: [slope]}", 15, "dangling"),
    ("a list's question", PATH, "1, questions: [q-slope]", "1, questions: [q-x]", 19, "dangling"),
    ("what a paper needs", PAPER, "[slope@use]", "[sloop@use]", 6, "dangling"),
    ("what a paper teaches", PAPER, "[fitting@use]", "[sloop@use]", 7, "dangling"),
    ("what a resource teaches", BOOKS, "carrying:", "borrowing:", 7, "dangling"),
    ("a path that is taught", BOOKS, "carrying:", "short:", 7, "dangling"),
    ("a member of a collection", BOOKS, "    year: 1900", "    members: [book-x]", 5, "dangling"),
    ("what a question asks", QUESTIONS, "slope@recognise", "sloop@recognise", 5, "dangling"),
    ("a side's path", COMPARISON, "short, says: No.", "long, says: No.", 4, "dangling"),
    ("a side's target", COMPARISON, "[addition@derive]", "[slope@derive]", 5, "level"),
    ("what a background knows", ROOT, "[addition@use]", "[adition@use]", 11, "dangling"),
    ("what a background has seen", ROOT, "seen: [sums]", "seen: [products]", 11, "dangling"),
    ("a goal", ROOT, "target: fitting", "target: fiting", 13, "dangling"),
    ("a wider area", ROOT, "within: everything, aliases", "within: all, aliases", 7, "dangling"),
]


@pytest.mark.parametrize(
    ("name", "old", "new", "line", "code"), [c[1:] for c in DANGLING], ids=[c[0] for c in DANGLING]
)
def test_a_reference_to_nowhere_is_named_with_its_line(mini_files, name, old, new, line, code):
    """One wrong id is one error, with a hint, and takes nothing else down."""
    loaded = load(changed(mini_files, name, old, new))

    problems = lint(loaded).errors

    assert places(problems) == [(name, line, code)]
    assert problems[0].hint
    assert_serves(loaded)


def test_a_dangling_requirement_is_dropped_and_the_others_kept(mini_files):
    """The graph holds every edge that has two ends."""
    curriculum = load(changed(mini_files, FITTING, "slope@use:", "slop@use:")).curriculum

    needs = [str(needed) for skill, needed in curriculum.reasons if skill == Skill.parse("fitting@use")]

    assert needs == ["multiplication@use"]


def test_the_hint_for_an_unknown_topic_is_the_command_that_begins_it(mini_files):
    """What to type next stands in the hint."""
    [problem] = load(changed(mini_files, FITTING, "slope@use:", "slop@use:")).errors

    assert "cairn new topic slop --area lines" in problem.hint


def test_the_hint_for_a_wrong_level_lists_the_levels_there_are(mini_files):
    """What may be written instead stands in the hint."""
    [problem] = load(changed(mini_files, FITTING, "slope@use:", "slope@derive:")).errors

    assert problem.hint == "it has recognise, use"


def test_a_topic_must_not_require_itself(mini_files):
    """A deeper level needs the shallower ones without being told."""
    files = changed(mini_files, FITTING, "slope@use:", "fitting@recognise:")

    assert found(files) == [(FITTING, 13, "self")]
    assert_serves(load(files))


def test_levels_must_not_have_a_hole(mini_files):
    """Without `use` there is no `derive`, and what names the missing level is named too."""
    files = changed(mini_files, FITTING, "  use: {hours: [1, 3], can: fit a line to three points}\n", "")

    assert found(files) == [
        (PAPER, 7, "level"),
        (PATH, 13, "level"),
        (FITTING, 5, "level"),
        (FITTING, 11, "level"),
    ]
    assert_serves(load(files))


@pytest.mark.parametrize(("field", "line"), [("requires", 10), ("contains", 11)])
def test_an_entry_for_a_level_the_topic_lacks_is_named(mini_files, field, line):
    """`slope` ends at `use`; what it says of `derive` is an error on that line."""
    new = {
        "requires": "  derive:\n    addition@derive: A proof.\nsources:",
        "contains": "contains:\n  derive:\n    addition@use: 1\nsources:",
    }
    files = changed(mini_files, SLOPE, "sources:", new[field])

    assert found(files) == [(SLOPE, line, "level")]
    assert_serves(load(files))


CYCLES = {
    "two topics": (SLOPE, "    addition@use: Dif", "    fitting@use: Why not.\n    addition@use: Dif"),
    "through levels": (
        SLOPE,
        "  use:\n    addition@use",
        "  recognise:\n    fitting@use: Why not.\n  use:\n    addition@use",
    ),
    "three topics": (ADDITION, "sources:", "requires:\n  use:\n    fitting@use: Why not.\nsources:"),
    "four skills": (ADDITION, "sources:", "requires:\n  recognise:\n    fitting@use: Why not.\nsources:"),
}


@pytest.mark.parametrize(("name", "old", "new"), CYCLES.values(), ids=CYCLES)
def test_a_cycle_is_named_and_cut_once(mini_files, name, old, new):
    """Each cycle is one error at one of its edges; the graph without that edge is acyclic and whole."""
    loaded = load(changed(mini_files, name, old, new))
    graph = loaded.curriculum.graph

    assert {p.code for p in loaded.problems} == {"cycle"}
    for problem in loaded.problems:
        skills = problem.message.removeprefix("requires itself: ").split(" → ")
        line = loaded.texts[problem.file].text.split("\n")[problem.line - 1]
        assert skills[0] == skills[-1]
        assert line.split(":")[0].strip() in skills
        assert problem.hint
    assert all(p < i for i, needed in enumerate(graph.needs) for p in needed)
    assert len(graph.nodes) == 10
    assert_serves(loaded)


def test_a_cycle_is_named_at_the_line_of_its_edge(mini_files):
    """The error stands on the line of the requirement that was left out."""
    loaded = load(
        changed(
            mini_files, SLOPE, "    addition@use: Dif", "    fitting@use: Why not.\n    addition@use: Dif"
        )
    )

    assert places(loaded.problems) == [(SLOPE, 9, "cycle")]
    assert "slope@use → fitting@use" in loaded.problems[0].message
    assert (Skill.parse("slope@use"), Skill.parse("fitting@use")) not in loaded.curriculum.reasons
    assert (Skill.parse("fitting@use"), Skill.parse("slope@use")) in loaded.curriculum.reasons
