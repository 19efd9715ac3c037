"""Standing: evidence becomes belief, the same each time, and people learn."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from cairn.curriculum import Skill
from cairn.curriculum.items.item import Kind
from cairn.learner import Evidence, Outcome, Source
from cairn.learner.belief import Effort
from cairn.study.calibration.parameters import ItemParameters, RequirementParameters, load, save
from cairn.study.calibration.parameters import Parameters as Calibrated
from cairn.study.standing import Standings

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
USE = "addition@use"


@pytest.fixture
def calibrated_file(tmp_path):
    """Parameters in which one item is mostly guessed, and one requirement means nothing."""
    item = ItemParameters(0.1, (0.05, 0.2), 0.9, 0.7, (0.6, 0.8), 0.9, 1.0, 500, 1.0, 1.0)
    requirement = RequirementParameters("multiplication@use", "addition@use", 0.6, (0.5, 0.7), 0.6, 400)
    path = tmp_path / "parameters.json"
    save(Calibrated("2026-01-01", 500, 9000, {"addition/two-numbers": item}, {}, (requirement,), ()), path)
    return path


@pytest.fixture(scope="module")
def standings(mini):
    """Beliefs over the miniature curriculum."""
    return Standings(mini.curriculum)


def answered(outcome, days=0.0, skill=USE, source=Source.ITEM, detail="addition/two-numbers"):
    """One answer."""
    return Evidence("ada", NOON + timedelta(days=days), source, skill, outcome, None, detail)


def p_of(standings, mini, events, skill=USE, background=None):
    """The probability of a skill."""
    belief = standings.of("ada", events, background)
    return float(belief.p[mini.curriculum.graph.position[Skill.parse(skill)]])


def test_right_answers_raise_and_wrong_ones_lower(standings, mini):
    """An answer moves its own skill in its direction."""
    nothing = p_of(standings, mini, [])
    assert (
        p_of(standings, mini, [answered(Outcome.RIGHT)])
        > nothing
        > p_of(standings, mini, [answered(Outcome.WRONG)])
    )


def test_i_do_not_know_lowers(standings, mini):
    """Passing speaks against the skill."""
    assert p_of(standings, mini, [answered(Outcome.PASSED)]) < p_of(standings, mini, [])


def test_replay_gives_the_same_belief(mini):
    """A fresh process with the same evidence believes the same, number for number."""
    events = [
        answered(o, d) for d, o in enumerate([Outcome.WRONG, Outcome.RIGHT, Outcome.RIGHT, Outcome.PASSED])
    ]
    one, other = Standings(mini.curriculum), Standings(mini.curriculum)
    for n in range(len(events) + 1):
        grown = one.of("ada", events[:n])
    assert np.array_equal(grown.p, other.of("bob", events).p)


def test_people_learn(standings, mini):
    """Failures of earlier days weigh less than the passes that followed them."""
    failed = [answered(Outcome.WRONG, d / 10) for d in range(3)]
    passed = [answered(Outcome.RIGHT, d) for d in (2, 3, 4)]
    assert p_of(standings, mini, failed + passed) > 0.8


def test_work_is_bounded_by_skills_not_years(standings):
    """A thousand answers of past days on one skill are one observation."""
    events = [answered(Outcome.RIGHT, d) for d in range(1000)]
    seen = standings.observed(events)
    assert len(seen.observations) == 2
    assert sum(map(len, seen.events)) == 1000


def test_what_left_the_map_is_passed_over(standings, mini):
    """Evidence on skills that are gone, or were none, says nothing and is no error."""
    gone = [answered(Outcome.RIGHT, skill=s) for s in ("gone@use", "no skill", "addition@nothing")]
    assert standings.observed(gone).observations == ()


def test_an_exercise_says_more_than_a_word(standings, mini):
    """Accepted code raises belief more than saying that one knows."""
    built = p_of(standings, mini, [answered(Outcome.KNOWN, source=Source.EXERCISE, detail="write-add")])
    said = p_of(standings, mini, [answered(Outcome.KNOWN, source=Source.SELF_REPORT, detail=None)])
    assert built > said


def test_a_background_moves_the_beginning(real):
    """A mathematician is believed to know vectors; someone fresh is not."""
    standings = Standings(real.curriculum, effort=Effort(chains=64, sweeps=1))
    at = real.curriculum.graph.position[Skill.parse("vector-spaces@use")]
    maths, fresh = (standings.of("x", [], real.curriculum.backgrounds[b]).p[at] for b in ("maths", "none"))
    assert maths > 0.8
    assert fresh < maths - 0.3


def test_beliefs_of_many_people_do_not_pile_up(mini):
    """Only the last people asked about are kept at hand."""
    standings = Standings(mini.curriculum, keep=3)
    for n in range(10):
        standings.of(f"p{n}", [answered(Outcome.RIGHT)])
    assert len(standings._at_hand) == 3


def test_calibrated_items_weigh_as_measured(mini, calibrated_file):
    """An item that many guess says little when it is answered rightly; a file of parameters says so."""
    measured = Standings(mini.curriculum, calibrated=load(calibrated_file))
    assert measured.strength("addition/two-numbers", Kind.NUMERIC).guess == pytest.approx(0.7)
    assert p_of(measured, mini, [answered(Outcome.RIGHT)]) < p_of(
        Standings(mini.curriculum), mini, [answered(Outcome.RIGHT)]
    )


def test_a_requirement_that_many_skip_binds_less(mini, calibrated_file):
    """Where people know a skill without what it requires, failing the one says less about the other."""
    failed = [answered(Outcome.WRONG, skill="addition@use")]
    bound = p_of(Standings(mini.curriculum), mini, failed, "multiplication@use")
    loose = p_of(
        Standings(mini.curriculum, calibrated=load(calibrated_file)), mini, failed, "multiplication@use"
    )
    assert loose > bound
