"""Interviews: drawn by belief, against a clock that never punishes, graded, resumed, reported."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cairn.app import App
from cairn.learner import Evidence, Outcome, Source
from cairn.planning import UnknownTargetError
from cairn.settings import Settings
from cairn.study.interview_report import document, markdown, report, tally
from cairn.study.interviewing import AWAY, Grading, Interview, InterviewError, Interviewing, Stage
from cairn.study.self_grading import Credit
from tests.conftest import REAL

FULL, PARTIAL, NONE = Credit.FULL, Credit.PARTIAL, Credit.NONE
START = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


class Clock:
    """A clock that a test moves."""

    def __init__(self):
        self.now = START

    def __call__(self):
        """What it shows."""
        return self.now

    def on(self, **more):
        """Let time pass."""
        self.now += timedelta(**more)


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """The real curriculum with a database of its own, shared by people of this file."""
    folder = tmp_path_factory.mktemp("interviews")
    made = App(Settings(curriculum=REAL, data=folder, database_url=f"sqlite:///{folder / 'cairn.sqlite3'}"))
    yield made
    made.close()


@pytest.fixture
def clock():
    """The time."""
    return Clock()


@pytest.fixture
def talk(house, clock, request):
    """The verbs of a person of this test's own, at the time of `clock`."""
    made = house.interviewing(request.node.name[:60])
    desk = replace(made.grading.desk, clock=clock)
    grading = replace(made.grading, desk=desk)
    diagnosing = replace(made.diagnosing, answering=replace(made.diagnosing.answering, desk=desk))
    return Interviewing(grading, diagnosing)


def through(talk, credit=FULL, follow=FULL):
    """Answer, follow up and grade the question at hand."""
    talk.say(talk.current().step, "mine")
    talk.say(talk.current().step, "then mine")
    now = talk.current()
    rubric = talk.grading.desk.atlas.curriculum.answers[now.turn.question].rubric
    talk.grade(now.step, [credit] * len(rubric), follow)


def test_a_question_is_about_the_goal_and_the_least_sure(talk):
    """Every question asks for something the goal needs; the first has the largest doubt among those."""
    began = talk.begin(30, ["attention"])
    atlas = talk.grading.desk.atlas
    goal, belief = set(talk.diagnosing.goal(["attention"])), talk.diagnosing.belief().p

    def doubt(name):
        places = [atlas.curriculum.graph.position[s] for s in atlas.curriculum.questions[name].targets]
        mine = [float(belief[i] * (1 - belief[i])) for i in places if i in goal]
        return sum(mine) / len(mine) if mine else -1

    assert doubt(began.turn.question) == max(doubt(q) for q in atlas.curriculum.answers)
    through(talk)
    assert doubt(talk.current().turn.question) >= 0
    assert talk.current().turn.question != began.turn.question


def test_areas_narrow_the_questions(talk):
    """With an area every question asks for a topic of it."""
    talk.begin(15, areas=["learning-theory"])
    curriculum = talk.grading.desk.atlas.curriculum
    for _ in range(3):
        targets = curriculum.questions[talk.current().turn.question].targets
        inside = {t.id for t in curriculum.topics_of("learning-theory")}
        assert inside & {s.topic for s in targets}
        talk.skip(talk.current().step)


def test_a_question_goes_from_answer_to_follow_up_to_grades(talk):
    """The stages come in order, what was said is kept, and the grades become evidence once."""
    first = talk.begin(15, ["attention"]).turn.question
    assert talk.current().turn.stage is Stage.ANSWER
    talk.say(talk.current().step, "a dot product")
    assert talk.current().turn.stage is Stage.FOLLOW_UP
    talk.say(talk.current().step, "never")
    now = talk.current()
    assert (now.turn.stage, now.turn.said, now.turn.then) == (Stage.GRADE, "a dot product", "never")
    rubric = talk.grading.desk.atlas.curriculum.answers[first].rubric
    talk.grade(now.step, [FULL] * len(rubric), PARTIAL)
    talk.grade(now.step, [NONE] * len(rubric), NONE)  # sent twice
    (kept,) = talk.grading.kept(first)
    assert set(kept.marks) == {FULL}
    assert kept.more["follow"] == "partial"
    assert talk.grading.desk.log.of(talk.grading.desk.person_id)


def test_a_stale_form_changes_nothing(talk):
    """An answer from a tab that shows an earlier step is passed over."""
    old = talk.begin(15, ["attention"]).step
    talk.say(old, "one")
    before = talk.current()
    talk.say(old, "two")
    talk.skip(old)
    assert talk.current() == before


def test_the_clock_stands_while_paused_and_while_away(talk, clock):
    """A pause costs nothing; a question left open for hours costs a quarter of an hour at most."""
    talk.begin(30, ["attention"])
    clock.on(minutes=2)
    talk.pause()
    clock.on(hours=5)
    assert talk.current().seconds(clock()) == 120
    talk.resume()
    clock.on(hours=9)
    assert talk.current().seconds(clock()) == 120 + AWAY


def test_the_clock_stands_while_one_grades(talk, clock):
    """Grading after each question costs no time, and the clock runs again with the next question."""
    talk.begin(30, ["attention"])
    clock.on(minutes=1)
    talk.say(talk.current().step, "mine")
    clock.on(minutes=1)
    talk.say(talk.current().step, "then")
    clock.on(minutes=12)
    now = talk.current()
    assert now.seconds(clock()) == 120
    rubric = talk.grading.desk.atlas.curriculum.answers[now.turn.question].rubric
    talk.grade(now.step, [FULL] * len(rubric), FULL)
    clock.on(minutes=1)
    assert talk.current().seconds(clock()) == 180


def test_what_was_written_survives_a_pause_and_the_end(talk):
    """A draft is kept with the pause; when the interview is ended, what was written can still be graded."""
    talk.begin(30, ["attention"])
    talk.draft(talk.current().step, "half an ans")
    talk.pause()
    assert (talk.current().turn.said, talk.current().turn.stage) == ("half an ans", Stage.ANSWER)
    talk.resume()
    talk.finish()
    assert (talk.current().turn.said, talk.current().turn.stage) == ("half an ans", Stage.GRADE)


def test_time_that_is_up_cuts_nothing_off(talk, clock):
    """After the time the question at hand is answered and graded as before; only no further one is drawn."""
    talk.begin(1, ["attention"])
    clock.on(minutes=10)
    assert talk.current().left(clock()) == 0
    through(talk)
    assert talk.current() is None
    (over,) = talk.finished()
    assert len(over.turns) == 1


def test_grading_at_the_end_comes_after_all_questions(talk, clock):
    """With grades at the end the next question follows at once, and all are graded when the time is up."""
    talk.begin(5, ["attention"], grading="end")
    for _ in range(3):
        talk.say(talk.current().step, "mine")
        clock.on(minutes=2)
        talk.say(talk.current().step, "then")
    now = talk.current()
    assert now.closing
    assert [t.stage for t in now.turns] == [Stage.GRADE] * 3
    for _ in range(3):
        now = talk.current()
        rubric = talk.grading.desk.atlas.curriculum.answers[now.turn.question].rubric
        talk.grade(now.step, [PARTIAL] * len(rubric), NONE)
    assert talk.current() is None
    assert len(talk.finished()[-1].turns) == 3


def test_finishing_early_leaves_what_was_answered_to_be_graded(talk):
    """An open question is dropped, an answered one waits for its grades, and then it is over."""
    talk.begin(30, ["attention"], grading="end")
    talk.say(talk.current().step, "mine")
    talk.finish()
    assert [t.stage for t in talk.current().turns] == [Stage.GRADE]
    now = talk.current()
    rubric = talk.grading.desk.atlas.curriculum.answers[now.turn.question].rubric
    talk.grade(now.step, [FULL] * len(rubric), FULL)
    assert talk.current() is None


def test_an_interview_without_answers_leaves_no_report(talk):
    """Ended at once it is gone, and nothing is shown of it later."""
    talk.begin(15)
    talk.finish()
    assert talk.current() is None
    assert talk.finished() == []


def test_it_goes_on_after_a_restart(talk, house, request):
    """Another process sees the same step, and may answer it."""
    talk.begin(15, ["attention"])
    talk.say(talk.current().step, "mine")
    again = house.interviewing(request.node.name[:60])
    assert again.current().step == talk.current().step
    assert again.current().turn.said == "mine"


def test_not_knowing_is_kept_and_reported(talk):
    """A passed question counts as passed, and everything of it is to be read."""
    question = talk.begin(15, ["attention"]).turn.question
    talk.skip(talk.current().step)
    talk.finish()
    made = report(talk, talk.finished()[-1])
    assert made.asked[0].passed
    assert made.asked[0].question == question
    assert made.readings
    assert made.gap is not None
    assert "1 passed" in tally(made)


def test_the_report_counts_points_and_names_what_to_read(talk):
    """Each point stands with its credit, sections with missing points are listed, and the gap has hours; no score."""
    talk.begin(30, ["attention"])
    through(talk, FULL)
    through(talk, NONE, NONE)
    talk.finish()
    made = report(talk, talk.finished()[-1])
    first, second = made.asked
    assert made.credits(FULL) == len(first.marks)
    assert made.credits(NONE) == len(second.marks)
    assert {r.place for r in made.readings} == {c.see for c, _ in second.marks}
    assert made.gap is not None
    assert made.gap.hours[1] > 0
    written = document(made, talk.grading.desk.atlas.curriculum)
    assert written["points"] == {"full": len(first.marks), "partial": 0, "none": len(second.marks)}
    assert not {"score", "grade", "percent"} & set(written)


def test_a_grade_against_earlier_answers_is_named(talk, clock):
    """Graded well after mostly wrong answers is a disagreement; without earlier answers nothing is said."""
    desk = talk.grading.desk
    desk.person()
    talk.begin(30, ["scaled-dot-product-attention"])
    question = talk.current().turn.question
    skill = desk.atlas.curriculum.questions[question].targets[0]
    through(talk, FULL)
    talk.finish()
    assert report(talk, talk.finished()[-1]).disagreements == ()
    for n in range(3):
        at = START - timedelta(days=n + 1)
        wrong = Evidence(desk.person_id, at, Source.ITEM, str(skill), Outcome.WRONG, f"item:x:{n}", "x/y")
        desk.log.append([wrong])
    found = [d for d in report(talk, talk.finished()[-1]).disagreements if d.skill == skill]
    assert [(d.well, d.right, d.wrong) for d in found] == [(True, 0, 3)]
    assert "of 3 earlier answers on this, 0 were right" in found[0].says


def test_the_markdown_holds_questions_points_and_what_was_said(talk):
    """The export can be read alone: questions, credits, own words as quotations, what to read."""
    talk.begin(30, ["attention"])
    through(talk, PARTIAL)
    talk.finish()
    made = report(talk, talk.finished()[-1])
    text = markdown(made, talk.grading.desk.atlas.curriculum)
    assert text.startswith("# Interview of 01 March 2026")
    assert made.asked[0].ask in text
    assert "- **in part**: " in text
    assert "> mine" in text
    assert "## What to read" in text


@pytest.mark.parametrize("minutes", [0, -5, 241])
def test_a_length_that_makes_no_sense_is_refused(talk, minutes):
    """Only 1 to 240 minutes; what was under way stays."""
    talk.begin(15, ["attention"])
    with pytest.raises(InterviewError, match="minutes"):
        talk.begin(minutes)
    assert talk.current() is not None


def test_unknown_goals_and_areas_are_refused(talk):
    """A goal or an area that is none is named, and nothing begins."""
    with pytest.raises(UnknownTargetError):
        talk.begin(15, ["no such thing at all"])
    with pytest.raises(InterviewError, match="no area"):
        talk.begin(15, areas=["nowhere"])
    assert talk.current() is None


def test_a_broken_record_is_passed_over(talk):
    """What another version left is no interview, and a new one can begin."""
    desk = talk.grading.desk
    desk.person()
    desk.people.prefer(desk.person_id, interview={"id": 1}, interviews=[{"turns": 3}, "x"])
    assert talk.current() is None
    assert talk.finished() == []
    assert talk.begin(15).id == 1


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 4000), st.booleans()), max_size=12), st.integers(1, 240))
def test_used_time_never_runs_back_and_never_exceeds_what_passed(moves, minutes):
    """Whatever is paused and resumed: the time used grows, by no more than passed, and none while paused."""
    now = START
    made = Interview(1, (), (), minutes, Grading.EACH, START, since=START)
    for seconds, pause in moves:
        before = made.seconds(now)
        now += timedelta(seconds=seconds)
        after = made.seconds(now)
        assert before <= after <= before + min(seconds, AWAY) + 1e-6
        assert 0 <= made.left(now) <= 60 * minutes
        if made.since is None:
            assert after == before
        made = replace(made, used=after, since=None if pause else now)
