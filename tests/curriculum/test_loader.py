"""Loading: the miniature curriculum becomes exactly the value that its files describe."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields
from types import MappingProxyType

import pytest

from cairn.curriculum import Level, Problem, Severity, Skill, load
from tests.curriculum.breaking import ADDITION, FITTING, SLOPE, changed


@pytest.fixture
def curriculum(mini_files):
    """The miniature curriculum."""
    return load(mini_files).curriculum


def test_the_root_file_gives_the_frame(curriculum):
    """Title, version, areas in their order, backgrounds and goals."""
    assert (curriculum.title, curriculum.version) == ("Miniature", "1")
    assert list(curriculum.areas) == ["everything", "sums", "lines"]
    assert curriculum.areas["sums"].within == "everything"
    assert list(curriculum.backgrounds) == ["none", "clerk"]
    assert curriculum.backgrounds["clerk"].knows == (Skill("addition", Level.USE),)
    assert [(g.target, g.label) for g in curriculum.goals] == [("fitting", "Fit a line")]


def test_topics_stand_in_learning_order(curriculum):
    """By area, foundations first."""
    assert list(curriculum.topics) == ["addition", "multiplication", "slope", "fitting"]


def test_skills_stand_in_learning_order(curriculum):
    """Everything stands after what it requires, and the levels of a topic close together."""
    assert list(map(str, curriculum.graph.nodes)) == [
        "addition@recognise", "addition@use", "addition@derive",
        "multiplication@recognise", "multiplication@use",
        "slope@recognise", "slope@use", "fitting@recognise", "fitting@use", "fitting@derive",
    ]  # fmt: skip


def test_a_topic_holds_what_its_file_says(curriculum):
    """Front matter, page and place."""
    topic = curriculum.topics["fitting"]

    assert (topic.id, topic.area, topic.file) == ("fitting", "lines", FITTING)
    assert (topic.title, topic.aliases, topic.status) == ("Fitting a line", ("line fitting",), "draft")
    assert topic.levels[Level.USE].hours == (1.0, 3.0)
    assert topic.requires[Level.RECOGNISE] == {
        Skill("slope", Level.RECOGNISE): "A line is given by its slope."
    }
    assert [(s.of, s.role, s.at) for s in topic.sources] == [("paper-lines", "proof", "theorem 1")]
    assert topic.body.startswith("\n## Why\n")
    assert (topic.deepest, topic.hours) == (Level.DERIVE, (3.2, 7.4))
    assert topic.skills == tuple(Skill("fitting", level) for level in Level)


def test_levels_stand_in_order_of_depth_however_they_are_written(mini_files):
    """A topic's levels go from shallow to deep."""
    line = "  derive: {hours: [2, 4], can: derive the normal equations}\n"
    files = changed(changed(mini_files, FITTING, line, ""), FITTING, "levels:\n", "levels:\n" + line)

    assert list(load(files).curriculum.topics["fitting"].levels) == list(Level)


def test_sections_are_headings_with_an_id(curriculum):
    """Each has its title and its line in the file."""
    [section] = curriculum.topics["addition"].sections

    assert (section.id, section.title, section.topic, section.line) == (
        "carrying",
        "Carrying",
        "addition",
        26,
    )


@pytest.mark.parametrize(
    ("text", "sections"),
    [
        ("### A  {#a}  ", [("a", "A")]),
        ("###\tA b {#c} d {#e}", [("e", "A b {#c} d")]),
        ("### `code` {#a.b-c}", [("a.b-c", "`code`")]),
        ("## A {#a}", []),
        ("#### A {#a}", []),
        ("### A {#a} b", []),
        ("### {#a}", []),
        (" ### A {#a}", []),
        ("```\n### A {#a}\n```", []),
        ("~~~\n### A {#a}\n~~~\n### B {#b}", [("b", "B")]),
    ],
)
def test_what_is_a_section(mini_files, text, sections):
    """Only a third-level heading that ends in an id, outside code."""
    files = changed(mini_files, SLOPE, "Rise over run.", text)

    assert [(s.id, s.title) for s in load(files).curriculum.topics["slope"].sections] == sections


def test_each_kind_of_file_is_read(curriculum):
    """What stands in a file of one thing has the file's name; what stands among others has its key."""
    assert curriculum.paths["short"].phases[0].checkpoint.if_no == "add again"
    assert curriculum.papers["paper-lines"].year == 1805
    assert curriculum.resources["book-sums"].kind == "books"
    assert curriculum.questions["q-slope"].group == "basics"
    assert curriculum.comparisons["proofs"].sides[1].says == "Yes."
    assert {v.id == k for store in (curriculum.paths, curriculum.resources) for k, v in store.items()} == {
        True
    }


def test_written_requirements_keep_their_reasons(curriculum):
    """Each edge that an author wrote has its reason; edges between levels have none."""
    reasons = {f"{a} → {b}": why for (a, b), why in curriculum.reasons.items()}

    assert len(reasons) == 7
    assert reasons["fitting@use → multiplication@use"] == "Errors are squared."
    assert "fitting@use → fitting@recognise" not in reasons


def test_a_deeper_level_needs_the_one_before(curriculum):
    """Without being told."""
    graph = curriculum.graph
    needs = graph.needs[graph.position[Skill("addition", Level.DERIVE)]]

    assert [str(graph.nodes[i]) for i in needs] == ["addition@use"]


def test_a_loaded_curriculum_cannot_be_changed(curriculum):
    """Neither its parts nor its mappings."""
    mappings = [getattr(curriculum, f.name) for f in fields(curriculum)]

    assert sum(isinstance(m, MappingProxyType) for m in mappings) == 13
    with pytest.raises(TypeError):
        curriculum.topics["new"] = None
    with pytest.raises(TypeError):
        curriculum.topics["fitting"].levels[Level.USE] = None
    with pytest.raises(FrozenInstanceError):
        curriculum.title = "Other"


def test_what_the_reader_found_is_kept(mini_files):
    """Problems of the folder stand among those of the files, in order and each once."""
    found = [
        Problem("b", 0, "link", "m", "h"),
        Problem("a", 0, "link", "m", "h"),
        Problem("a", 0, "link", "m", "h"),
    ]

    assert [p.file for p in load(mini_files, found).problems] == ["a", "b"]


def test_errors_are_the_problems_that_must_be_mended(mini_files):
    """A warning is no error."""
    loaded = load({**changed(mini_files, ADDITION, "[0.5, 1]", "[1, 0.5]"), "notes": b""})

    assert {p.severity for p in loaded.problems} == {Severity.ERROR, Severity.WARNING}
    assert {p.severity for p in loaded.errors} == {Severity.ERROR}


def test_a_problem_reads_as_one_line():
    """Place, severity, code, what is wrong and what to do."""
    assert (
        str(Problem("a.md", 3, "math", "a lone $", "close it")) == "a.md:3: error[math] a lone $ → close it"
    )
    assert str(Problem("a", 0, "stray", "odd", severity=Severity.WARNING)) == "a: warning[stray] odd"
