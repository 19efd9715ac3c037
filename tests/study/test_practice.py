"""Practice: from handing code in to what it shows, with the real judge and a real database."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cairn.learner import Source
from cairn.study.errors import CodeTooLongError, UnknownExerciseError
from cairn.study.practice import MAX_CODE

GOOD = "def add(a, b):\n    return a + b\n"
WRONG = "def add(a, b):\n    return a - b\n"


@pytest.fixture
def practice(app):
    """The verbs over the miniature curriculum."""
    yield app.practice()
    app.close()


def test_a_wrong_answer_is_kept_and_named(practice):
    """The verdict says which mistake it is and which page puts it right; nothing is shown by it."""
    submission = practice.check("write-add", WRONG)

    assert not submission.accepted
    assert submission.verdict["misconception"]["id"] == "takes-the-difference"
    assert submission.verdict["misconception"]["repairs"] == "addition#carrying"
    assert [s.code for s in practice.history("write-add")] == [WRONG]
    assert practice.desk.knows() == ()


def test_an_accepted_answer_shows_its_skills_once(practice):
    """Handing the same code in again gives no second evidence; the skill counts as known."""
    practice.check("write-add", GOOD)
    practice.check("write-add", GOOD)

    events = practice.desk.log.of(practice.desk.person_id)
    assert [(e.source, e.skill) for e in events] == [(Source.EXERCISE, "addition@use")]
    assert [str(s) for s in practice.desk.knows()] == ["addition@use"]
    assert practice.next() is None


def test_what_waited_while_nothing_ran_is_judged_later(practice):
    """A submission that was acknowledged before a crash is judged by whoever works next."""
    number = practice.submit("write-add", GOOD)
    abandoned = practice.submissions.claim(
        "dead", practice.desk.clock() - timedelta(hours=1), timedelta(seconds=1)
    )
    assert abandoned.id == number

    judged = practice.work()

    assert judged.id == number
    assert practice.submissions.get(number).accepted


def test_the_library_grows_from_accepted_answers(practice):
    """A module for each accepted exercise, with the learner's own code."""
    practice.check("write-add", GOOD)

    (part,) = practice.library()
    assert (part.module, part.names, part.source, part.own) == ("write_add", ("add",), GOOD, True)


def test_nonsense_is_refused_and_nothing_is_kept(practice):
    """An unknown exercise and a flood of code are errors."""
    with pytest.raises(UnknownExerciseError, match="write-ad"):
        practice.check("write-ad", GOOD)
    with pytest.raises(CodeTooLongError):
        practice.check("write-add", "#" * (MAX_CODE + 1))
    assert practice.history("write-add") == []
