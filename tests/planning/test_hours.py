"""Hours: the range of a skill for a kind of person."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.app import load
from cairn.curriculum import Skill
from cairn.curriculum.area import Background
from cairn.planning import Pace
from tests.conftest import MINI

CURRICULUM = load(MINI).curriculum
FITTING = Skill.parse("fitting@use")  # 1 hour for who has met it, 3 from scratch
ADDITION = Skill.parse("addition@use")  # half an hour, 1 hour
skills = st.sampled_from(CURRICULUM.graph.nodes)


def who(*seen):
    """A person who has met some areas."""
    return Background(title="Someone", summary="Someone.", seen=seen)


def test_where_nothing_is_known_of_the_person_the_range_is_both_figures():
    """From the refresher to the hours from scratch."""
    assert Pace(CURRICULUM).hours(FITTING) == (1.0, 3.0)


@pytest.mark.parametrize(
    ("seen", "fitting", "addition"),
    [
        ((), (2.0, 3.0), (0.75, 1.0)),
        (("sums",), (2.0, 3.0), (0.5, 0.75)),
        (("lines",), (1.0, 2.0), (0.75, 1.0)),
        (("lines", "sums"), (1.0, 2.0), (0.5, 0.75)),
        (("everything",), (1.0, 2.0), (0.5, 0.75)),
        (("nowhere",), (2.0, 3.0), (0.75, 1.0)),
    ],
)
def test_an_area_met_before_takes_the_lower_half(seen, fitting, addition):
    """A new one takes the upper half; who has met a wide area has met the areas within it."""
    pace = Pace(CURRICULUM, who(*seen))

    assert pace.hours(FITTING) == fitting
    assert pace.hours(ADDITION) == addition


@given(skills)
def test_the_two_halves_make_up_the_whole(skill):
    """What is new begins where what was met before ends, and both lie within the author's figures."""
    low, high = Pace(CURRICULUM).hours(skill)
    met = Pace(CURRICULUM, who("everything")).hours(skill)
    new = Pace(CURRICULUM, who()).hours(skill)

    assert met[0] == low <= met[1] == new[0] <= new[1] == high


def test_the_figures_are_the_curriculums():
    """Another figure in the file is another answer."""
    topic = CURRICULUM.topics["fitting"]
    level = FITTING.level
    changed = replace(topic, levels={**topic.levels, level: replace(topic.levels[level], hours=(0.0, 10.0))})
    curriculum = replace(CURRICULUM, topics={**CURRICULUM.topics, "fitting": changed})

    assert Pace(curriculum, who()).hours(FITTING) == (5.0, 10.0)
