"""Answers in one's own words: graded by a rubric, kept once, and what they show."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.curriculum.model_answer import Criterion
from cairn.learner import Outcome, Source
from cairn.study.answering import Occasion
from cairn.study.errors import UnknownItemError
from cairn.study.history import describe
from cairn.study.self_grading import Credit, by_skill, share

FULL, PARTIAL, NONE = Credit.FULL, Credit.PARTIAL, Credit.NONE


def criterion(weight: int = 1, see: str = "a#b") -> Criterion:
    """A criterion of a weight."""
    return Criterion("point", "full", "partial", "none", see, weight)


@pytest.fixture
def grading(app):
    """The verbs of the local person."""
    return app.self_grading()


@given(st.lists(st.tuples(st.integers(1, 3), st.sampled_from(list(Credit))), min_size=1, max_size=6))
def test_the_share_lies_between_nothing_and_all(rows):
    """It is 1 exactly where everything is there in full, 0 exactly where nothing is, and grows with any credit."""
    criteria, marks = [criterion(w) for w, _ in rows], [m for _, m in rows]
    found = share(criteria, marks)
    assert 0 <= found <= 1
    assert (found == 1) == all(m is FULL for m in marks)
    assert (found == 0) == all(m is NONE for m in marks)
    for i, mark in enumerate(marks):
        if mark is not FULL:
            better = [FULL if j == i else m for j, m in enumerate(marks)]
            assert share(criteria, better) > found


def test_a_weight_counts():
    """A point of weight 3 in full beside one of weight 1 missing is three quarters."""
    assert share([criterion(3), criterion(1)], [FULL, NONE]) == 0.75


def test_a_grade_is_kept_once_and_becomes_evidence(app, grading):
    """Kept twice with the same number, it counts once: a right answer for the question's skill."""
    assert grading.keep("q-slope", 0, [FULL, FULL, PARTIAL], said="rise over run")
    assert not grading.keep("q-slope", 0, [NONE, NONE, NONE])
    (event,) = app.desk().log.of("local")
    assert (event.source, event.skill, event.outcome) == (Source.ITEM, "slope@recognise", Outcome.RIGHT)
    assert grading.number("q-slope") == 1
    (kept,) = grading.kept("q-slope")
    assert (kept.said, kept.marks, kept.current) == ("rise over run", (FULL, FULL, PARTIAL), True)


@pytest.mark.parametrize(
    ("marks", "outcomes"),
    [
        ([NONE, NONE, FULL], [Outcome.WRONG]),
        ([FULL, NONE, NONE], []),
        ([FULL, FULL, NONE], [Outcome.RIGHT]),
        (None, [Outcome.PASSED]),
    ],
)
def test_what_is_neither_there_nor_missing_shows_nothing(app, grading, marks, outcomes):
    """Mostly missing is wrong, mostly there is right, "I don't know" is passed; half gives no evidence."""
    grading.keep("q-slope", 0, marks)
    assert [e.outcome for e in app.desk().log.of("local")] == outcomes


def test_a_skill_is_judged_by_the_criteria_that_point_to_its_topic(real):
    """Of a question on two topics a skill has the share of its own criteria."""
    question = real.curriculum.questions["q-double-descent-vs-bias-variance"]
    model = real.curriculum.answers[question.id]
    own = [c.see.startswith("bias-variance") for c in model.rubric]
    found = by_skill(question, model, [FULL if mine else NONE for mine in own])
    assert {s.topic: x for s, x in found.items()} == {
        "double-descent": 0.0,
        "bias-variance-decomposition": 1.0,
    }


def test_the_belief_moves_with_a_self_graded_answer(app, grading):
    """A good answer raises the belief in the skill, and less than certainty."""
    skill = app.atlas.skill("slope@recognise")
    at = app.atlas.curriculum.graph.position[skill]
    before = float(app.diagnosing().belief().p[at])
    grading.keep("q-slope", 0, [FULL, FULL, FULL])
    after = float(app.diagnosing().belief().p[at])
    assert before < after < 0.999


def test_a_history_says_whose_grade_it_was(app, grading):
    """An own grade is told apart from an answer that the machine marked."""
    grading.keep("q-slope", 0, [FULL, FULL, FULL])
    grading.keep("q-slope", 1, None)
    said = [describe(e) for e in app.desk().log.of("local")]
    assert said == ["question q-slope: you graded yourself well", "question q-slope: “I don’t know”"]


def test_marks_must_fit_the_rubric(grading):
    """Two grades for three criteria are refused, and so is a question without an answer."""
    with pytest.raises(ValueError, match="3 criteria"):
        grading.keep("q-slope", 0, [FULL, FULL])
    with pytest.raises(UnknownItemError):
        grading.keep("q-none", 0, [FULL])


def test_an_interview_is_told_apart(grading):
    """Answers of an interview can be had by themselves, with what was kept beside them."""
    grading.keep("q-slope", 0, [FULL, FULL, FULL])
    grading.keep("q-slope", 1, [NONE, NONE, NONE], occasion=Occasion.INTERVIEW, more={"interview": 3})
    (found,) = grading.of_occasion(Occasion.INTERVIEW)
    assert (found.number, found.more) == (1, {"interview": 3})
