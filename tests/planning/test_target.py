"""Targets: what a person says they want becomes the skills it takes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.app import load
from cairn.curriculum import Kind, Level
from cairn.curriculum import load as load_files
from cairn.planning import UnknownTargetError, resolve_target
from tests.conftest import MINI

CURRICULUM = load(MINI).curriculum


def skills(text, level=None):
    """The skills a target asks for, in its order."""
    return [str(skill) for skill in resolve_target(CURRICULUM, text, level).skills]


@pytest.mark.parametrize(
    ("text", "kind", "asks"),
    [
        ("fitting", Kind.TOPIC, ["fitting@use"]),
        ("carrying", Kind.SECTION, ["addition@use"]),
        ("slope@recognise", Kind.SKILL, ["slope@recognise"]),
        ("lines", Kind.AREA, ["slope@use", "fitting@use"]),
        ("everything", Kind.AREA, ["addition@use", "multiplication@use", "slope@use", "fitting@use"]),
        ("short", Kind.PATH, ["addition@use", "fitting@use"]),
        ("short-phase-2", Kind.PHASE, ["fitting@use"]),
        ("paper-lines", Kind.PAPER, ["slope@use"]),
        ("q-slope", Kind.QUESTION, ["slope@recognise"]),
        ("proofs", Kind.COMPARISON, ["addition@use", "addition@derive"]),
    ],
)
def test_what_each_kind_of_thing_asks_for(text, kind, asks):
    """A topic its `use` level, an area all its topics, everything else the skills it lists."""
    assert resolve_target(CURRICULUM, text).entry.kind is kind
    assert skills(text) == asks


@pytest.mark.parametrize(
    ("text", "level", "asks"),
    [
        ("fitting", Level.RECOGNISE, ["fitting@recognise"]),
        ("fitting", Level.DERIVE, ["fitting@derive"]),
        ("slope", Level.DERIVE, ["slope@use"]),
        ("carrying", Level.DERIVE, ["addition@derive"]),
        ("lines", Level.DERIVE, ["slope@use", "fitting@derive"]),
        ("fitting@use", Level.RECOGNISE, ["fitting@use"]),
        ("short", Level.DERIVE, ["addition@use", "fitting@use"]),
        ("short", Level.RECOGNISE, ["addition@recognise", "fitting@recognise"]),
        ("short-phase-1", Level.RECOGNISE, ["addition@recognise"]),
        ("q-slope", Level.USE, ["slope@recognise"]),
        ("paper-lines", Level.RECOGNISE, ["slope@recognise"]),
        ("proofs", Level.USE, ["addition@use"]),
    ],
)
def test_a_level_deepens_a_topic_and_caps_the_rest(text, level, asks):
    """A topic goes as deep as wanted or as deep as it has; a list of skills only ever gets shallower."""
    assert skills(text, level) == asks


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("nonsense", "nothing in the curriculum has this name"),
        ("", "nothing in the curriculum has this name"),
        ("slope@derive", "nothing in the curriculum has this name"),
        ("book-sums", "this resource asks for no skills, so it cannot be a goal"),
        ("track-drawing", "this track asks for no skills, so it cannot be a goal"),
    ],
)
def test_what_cannot_be_a_goal(text, reason):
    """The error keeps what was asked and why it is no goal."""
    with pytest.raises(UnknownTargetError) as caught:
        resolve_target(CURRICULUM, text)

    assert (caught.value.text, caught.value.reason) == (text, reason)
    assert repr(text) in str(caught.value)


@given(st.sampled_from(sorted(CURRICULUM.entries)), st.sampled_from([None, *Level]))
def test_the_skills_of_a_target_exist_and_are_named_once(text, level):
    """Whatever the goal and the level, and no deeper than the level where it is a ceiling."""
    try:
        target = resolve_target(CURRICULUM, text, level)
    except UnknownTargetError:
        assert CURRICULUM.entries[text].kind in {Kind.RESOURCE, Kind.TRACK}
        return

    assert all(skill in CURRICULUM.graph.position for skill in target.skills)
    assert len(set(target.skills)) == len(target.skills)
    assert level is None or all(skill.level.depth <= level.depth for skill in target.skills)


def test_a_reference_to_nowhere_is_left_out(mini_files):
    """A path with one wrong id is still a goal, by its other skills."""
    files = mini_files | {
        "paths/short.yaml": mini_files["paths/short.yaml"].replace(b"addition@use", b"adition@use")
    }

    target = resolve_target(load_files(files).curriculum, "short")

    assert list(map(str, target.skills)) == ["fitting@use"]


@pytest.mark.parametrize(
    ("line", "level", "asks"),
    [
        (b"  use: {hours: [1, 3], can: fit a line to three points}\n", None, "fitting@recognise"),
        (b"  use: {hours: [1, 3], can: fit a line to three points}\n", Level.DERIVE, "fitting@derive"),
        (b"  recognise: {hours: [0.2, 0.4], can: say what is minimised}\n", Level.RECOGNISE, "fitting@use"),
    ],
)
def test_a_topic_whose_levels_have_a_hole_is_still_a_goal(mini_files, line, level, asks):
    """At the deepest level it has that is not too deep, or at its shallowest."""
    name = "topics/lines/fitting/topic.md"
    curriculum = load_files(mini_files | {name: mini_files[name].replace(line, b"")}).curriculum

    assert list(map(str, resolve_target(curriculum, "fitting", level).skills)) == [asks]
