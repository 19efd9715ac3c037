"""The atlas: the verbs of the map."""

from __future__ import annotations

import doctest

import pytest

from cairn.curriculum import Kind, Level, Skill, load
from cairn.planning import UnknownTargetError
from cairn.study import atlas as module
from cairn.study.atlas import Atlas, UnknownBackgroundError, UnknownSkillError


def texts(skills):
    """Skills in their written form."""
    return [str(skill) for skill in skills]


def test_the_example_in_the_docstring_holds(monkeypatch):
    """What the documentation shows is what happens, on the curriculum that ships."""
    monkeypatch.delenv("CAIRN_CURRICULUM", raising=False)
    runner = doctest.DocTestRunner()
    for example in doctest.DocTestFinder().find(module.Atlas, "Atlas", module=module):
        runner.run(example)

    assert runner.summarize(verbose=False) == doctest.TestResults(failed=0, attempted=4)


def test_finding_prefers_the_thing_itself(mini):
    """An exact name, else the best guess, else nothing."""
    assert mini.find("Slope").id == "slope"
    assert mini.find("sloope").id == "slope"
    assert mini.find("qqq") is None


def test_searching_takes_a_limit_and_kinds(mini):
    """The best few of the kinds that were asked for."""
    assert [hit.entry.id for hit in mini.search("l", limit=1, kinds=[Kind.AREA])] == ["lines"]


@pytest.mark.parametrize(
    ("text", "skill"),
    [
        ("slope", "slope@use"),
        ("plus", "addition@use"),
        ("carrying", "addition@use"),
        ("addition@derive", "addition@derive"),
        ("Line Fitting@Recognise", "fitting@recognise"),
    ],
)
def test_a_topic_named_as_a_skill_means_its_use(mini, text, skill):
    """A level may be said; without one it is `use`."""
    assert str(mini.skill(text)) == skill


@pytest.mark.parametrize("text", ["lines", "short", "q-slope", "paper-lines", "", "slope@derive", "nonsense"])
def test_what_is_no_skill(mini, text):
    """An area, a path, a question, a paper, nothing, a level that is not there."""
    with pytest.raises(UnknownSkillError) as caught:
        mini.skill(text)

    assert caught.value.text == text


def test_an_unknown_skill_is_answered_with_guesses(mini):
    """The error says what may have been meant."""
    with pytest.raises(UnknownSkillError, match=r"'slop@use' names no topic or skill; did you mean slope\?"):
        mini.skill("slop@use")


def test_a_background_is_found_by_its_id(mini):
    """None is nobody in particular."""
    assert mini.background("clerk").title == "Clerk"
    assert mini.background(None) is None


def test_an_unknown_background_is_answered_with_those_there_are(mini):
    """Wherever a background is taken."""
    for ask in (
        mini.background,
        mini.pace,
        lambda b: mini.gap("slope", background=b),
        lambda b: mini.next((), b),
    ):
        with pytest.raises(
            UnknownBackgroundError, match="'pirate' is no background; choose one of none, clerk"
        ):
            ask("pirate")


@pytest.mark.parametrize("level", [Level.RECOGNISE, "recognise"])
def test_a_level_may_be_a_word(mini, level):
    """`recognise` and `Level.RECOGNISE` are the same wish."""
    assert texts(mini.target("fitting", level).skills) == ["fitting@recognise"]


def test_an_unknown_level_is_an_error(mini):
    """There are three levels and no others."""
    with pytest.raises(ValueError, match="expert"):
        mini.gap("fitting", level="expert")


def test_a_gap_needs_a_goal(mini):
    """Without one there is nothing to compute."""
    with pytest.raises(UnknownTargetError, match="name at least one goal"):
        mini.gap()


def test_what_is_known_may_be_said_in_any_form(mini):
    """As a skill, as its written form, or as a topic by any name."""
    ways = [Skill("multiplication", Level.USE), "multiplication@use", "multiplication", "Product"]

    gaps = [mini.gap("fitting", knows=[way]) for way in ways]

    assert all(gap == gaps[0] for gap in gaps)


def test_next_is_what_can_be_learned_now(mini):
    """Every skill that is not known and whose requirements all are, in learning order."""
    assert texts(mini.next()) == ["addition@recognise", "slope@recognise"]
    assert texts(mini.next(["addition"])) == [
        "addition@derive",
        "multiplication@recognise",
        "slope@recognise",
    ]
    assert mini.next(background="clerk") == mini.next(["addition"])
    assert mini.next([*mini.curriculum.graph.nodes]) == []


def test_next_passes_over_skills_that_are_gone(mini):
    """What a person once learned may have left the curriculum."""
    assert mini.next([Skill("gone", Level.USE)]) == mini.next()


@pytest.mark.parametrize(
    ("text", "directly", "unlocked"),
    [
        ("slope", False, ["fitting@recognise", "fitting@use", "fitting@derive"]),
        ("slope", True, ["fitting@recognise", "fitting@use"]),
        ("slope@use", True, ["fitting@use"]),
        ("slope@use", False, ["fitting@use", "fitting@derive"]),
        ("addition@derive", False, ["fitting@derive"]),
        ("fitting", False, []),
    ],
)
def test_what_a_thing_unlocks(mini, text, directly, unlocked):
    """For a skill what builds on it; for a topic what builds on any of its levels, itself left out."""
    assert texts(mini.unlocks(text, directly=directly)) == unlocked


def test_unlocking_and_needing_are_two_sides(mini):
    """A skill unlocks exactly those whose gap, from nothing, holds it."""
    nodes = mini.curriculum.graph.nodes
    for skill in nodes:
        users = {n for n in nodes if n != skill and skill in [step.skill for step in mini.gap(str(n)).steps]}
        assert set(mini.unlocks(str(skill))) == users


def test_the_way_along_a_path_is_the_paths_own(mini):
    """A path and a phase give their targets in their order; anything else gives all that leads to it."""
    assert texts(mini.way_to("short")) == ["addition@use", "fitting@use"]
    assert texts(mini.way_to("short-phase-2")) == ["fitting@use"]
    assert texts(mini.way_to("slope")) == [
        "addition@recognise", "addition@use", "slope@recognise", "slope@use",
    ]  # fmt: skip


def test_the_pace_is_that_of_the_background(mini):
    """A clerk has met sums before."""
    assert mini.pace("clerk").hours(Skill.parse("multiplication@use")) == (1.0, 1.5)
    assert mini.pace().hours(Skill.parse("multiplication@use")) == (1.0, 2.0)


def test_what_is_wrong_with_the_files_is_kept(mini_files):
    """An atlas over broken files works, and says what the loader and what the linter found."""
    broken = Atlas(load({**mini_files, "notes.txt": b"", "papers/paper-lines.yaml": b"title: x\n"}))

    assert {p.code for p in broken.problems} == {"stray", "missing-key"}
    assert {p.code for p in broken.lint().problems} == {"stray", "missing-key", "dangling"}
    assert texts(broken.way_to("slope"))[-1] == "slope@use"
