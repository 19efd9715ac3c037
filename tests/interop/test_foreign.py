"""Cleaning a foreign map: whatever it holds, what comes out is a curriculum without errors."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.curriculum import load
from cairn.curriculum.linter import lint
from cairn.interop.foreign import ForeignFormatError, ForeignMap, ForeignTopic, convert
from cairn.study.atlas import Atlas

AWKWARD = [
    "a",
    "b",
    "A b",
    "a-b",
    "a-area",
    "imported",
    "",
    " ",
    "漢字",
    "é",
    "x" * 400,
    "a\nb",
    "@",
    "-",
    "no",
    "a: b #c",
]
texts = st.sampled_from(AWKWARD) | st.text(max_size=8)
hours = st.none() | st.tuples(st.floats(0, 1000), st.floats(0, 1000)).map(lambda pair: (min(pair), max(pair)))
topics = st.lists(st.builds(ForeignTopic, texts, texts, texts, hours, texts), min_size=1, max_size=8)


def opened(imported):
    """The curriculum that the files of an import make."""
    return load({name: text.encode() for name, text in imported.files.items()})


def made(edges, *keys):
    """A map of topics titled like their keys."""
    return convert(ForeignMap("Map", [ForeignTopic(key, key) for key in keys], edges))


def requirements(imported):
    """The (topic, prerequisite) pairs of the curriculum an import makes."""
    return {(str(a.topic), str(b.topic)) for a, b in opened(imported).curriculum.reasons}


@given(topics, st.data())
def test_any_map_becomes_a_curriculum_without_errors(found, data):
    """Odd keys, equal titles, cycles, edges to nowhere: the linter has nothing to say."""
    keys = st.sampled_from([topic.key for topic in found])
    edges = data.draw(st.lists(st.tuples(keys | texts, keys, texts), max_size=14))

    imported = convert(ForeignMap(data.draw(texts), found, edges))
    report = lint(opened(imported))

    assert report.errors == ()
    assert (report.topics, report.edges) == (imported.topics, imported.edges)
    assert imported.topics == len({topic.key for topic in found})


@given(topics, st.data())
def test_importing_is_repeatable(found, data):
    """The same map gives the same files, so that an import can be compared with the last one."""
    keys = st.sampled_from([topic.key for topic in found])
    edges = data.draw(st.lists(st.tuples(keys, keys, texts), max_size=14))

    assert convert(ForeignMap("Map", found, edges)) == convert(ForeignMap("Map", found, edges))


def test_titles_hours_and_reasons_arrive():
    """What the map says is what the curriculum says; hours are split over the two levels it makes."""
    calm = ForeignTopic("calm_water", "Calm: water", "Before waves.", (2, 4), "Sea")
    wave = ForeignTopic("wave", "Wave", hours=None, area="Sea")
    imported = convert(ForeignMap("The sea", [calm, wave], [("calm_water", "wave", "Waves rise from it.")]))

    curriculum = opened(imported).curriculum
    topic = curriculum.topics["calm-water"]

    assert (curriculum.title, topic.title, topic.summary) == ("The sea", "Calm: water", "Before waves.")
    assert topic.hours == pytest.approx((2, 4))
    assert curriculum.areas[topic.area].title == "Sea"
    assert list(curriculum.reasons.values()) == ["Waves rise from it."]


def test_a_gap_crosses_an_imported_map():
    """A foreign map knows no levels, so all of one topic stands before any of what requires it."""
    atlas = Atlas(opened(made([("a", "b", ""), ("b", "c", "")], "c", "b", "a")))

    found = [str(step.skill) for step in atlas.gap("c").steps]

    assert found == ["a@recognise", "a@use", "b@recognise", "b@use", "c@recognise", "c@use"]


def test_what_others_imply_is_left_out_and_said():
    """An edge that a longer way implies goes, with a note."""
    imported = made([("a", "b", ""), ("b", "c", ""), ("a", "c", "")], "a", "b", "c")

    assert requirements(imported) == {("b", "a"), ("c", "b")}
    assert imported.notes == ("left out 1 requirement that others imply",)


def test_a_cycle_is_opened_and_said():
    """One edge of a cycle goes, and the note shows the whole cycle."""
    imported = made([("a", "b", ""), ("b", "c", ""), ("c", "a", "")], "a", "b", "c")

    assert imported.edges == 2
    (note,) = imported.notes
    assert note.startswith("a cycle (")
    assert all(name in note for name in "abc")


def test_edges_to_nowhere_are_left_out_and_said():
    """Unknown concepts are counted and the first few named."""
    imported = made([(f"gone{i}", "a", "") for i in range(7)], "a")

    assert imported.edges == 0
    assert imported.notes == (
        "left out edges to 7 unknown concepts: gone0, gone1, gone2, gone3, gone4 and 2 more",
    )


def test_a_concept_that_requires_itself_or_stands_twice_is_said():
    """The first of two stays, a loop goes, and both are noted."""
    imported = made([("a", "a", "")], "a", "a", "b")

    assert (imported.topics, imported.edges) == (2, 0)
    assert len(imported.notes) == 2


def test_keys_that_differ_only_in_spelling_stay_apart():
    """Two keys that would make one id make two."""
    imported = made([("k_l", "k-l", "")], "k_l", "k-l")

    assert requirements(imported) == {("k-l-2", "k-l")}


def test_equal_titles_stay_apart():
    """Of two topics of one title both can be found."""
    found = [ForeignTopic("one", "Norm"), ForeignTopic("two", "Norm")]

    curriculum = opened(convert(ForeignMap("Map", found))).curriculum

    assert [t.title for t in curriculum.topics.values()] == ["Norm", "Norm (two)"]


def test_a_title_made_unique_meets_no_other_name():
    """A title with an id added to it may be what a third topic is called; it is then changed again."""
    found = [ForeignTopic("a", "a"), ForeignTopic("b", "a"), ForeignTopic("a b", "a")]

    assert lint(opened(convert(ForeignMap("Map", found)))).errors == ()


def test_areas_of_any_script_stay_apart():
    """Areas whose names make no id still are areas of their own."""
    found = [ForeignTopic("one", "One", area="代数"), ForeignTopic("two", "Two", area="分析")]

    areas = opened(convert(ForeignMap("Map", found))).curriculum.areas

    assert [a.title for a in areas.values()] == ["代数", "分析"]


def test_an_empty_map_is_refused():
    """A file without concepts was hardly what was meant."""
    with pytest.raises(ForeignFormatError, match="no concepts"):
        convert(ForeignMap("Map"))


def test_no_path_leaves_the_folder():
    """However a key is written, its file stays below the new folder."""
    imported = made([], "../../etc/passwd", "/root", "..", "C:\\windows", "a\0b")

    assert all(".." not in name and not name.startswith("/") and "\\" not in name for name in imported.files)
