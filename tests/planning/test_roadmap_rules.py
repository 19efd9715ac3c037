"""The rules of the roadmaps as behaviour: durations, gates, skip lists, tracks, routing, self-assessment, mix."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from cairn.curriculum import Level, Skill
from cairn.planning import Act, Clock, Happened, Mode, Past, PlanError, Planner, Repair, Strictness
from cairn.planning.checkpoint import Grading, gate, judge
from cairn.planning.clock import stated
from cairn.planning.companions import companions
from cairn.planning.outline import choices, outline
from cairn.planning.profile import Answers, apply, profile
from cairn.planning.tracks import schedule_week, track_week
from tests.planning.asking import MONDAY, asked, planned

ROAD = "llm-roadmap"


def rules(real, path=ROAD):
    """What belongs to a path."""
    return companions(real.curriculum, real.curriculum.paths[path])


def weeks(plan):
    """Weeks from the start to the expected finish."""
    return ((plan.finish - plan.start).days + 1) / 7


def slots(plan, act):
    """All pieces of one kind, with their days."""
    return [(d.date, s) for d in plan.days for s in d.slots if s.activity.act is act]


@pytest.mark.parametrize(
    ("hours_per_day", "low", "high"),
    [(1, 40, 48), (2, 20, 24), (2.5, 20, 24), (3, 20, 24), (5, 10, 12), (6, 10, 12)],
)
@pytest.mark.parametrize("background", ["none", None])
def test_time_scaling_of_the_llm_roadmap(real, hours_per_day, low, high, background):
    """From nothing: an hour a day takes 40 to 48 weeks, two to three 20 to 24, five to six 10 to 12."""
    plan = planned(real, ROAD, hours=7 * hours_per_day, background=background)

    assert low <= weeks(plan) <= high
    assert plan.timing.stated_weeks == pytest.approx((low, high))


def test_between_the_stated_hours_the_weeks_go_smoothly(real):
    """More hours a day never take more weeks, also between and beyond the hours that the rules name."""
    found = [stated(rules(real).scaling, 0.5 + 0.25 * n) for n in range(40)]
    middles = [s.middle for s in found]

    assert middles == sorted(middles, reverse=True)
    assert found[0].weeks == (80, 96)
    assert stated(rules(real).scaling, 12).weeks == (5, 6)
    assert stated([], 1) is None


def test_the_contradictions_of_the_source_are_shown(real):
    """The plan gives the path's weeks beside those of our own hours, and each phase's stated weeks, which add up to
    neither the stated total nor the scaled one.
    """
    plan = planned(real, ROAD, hours=17.5, background="none")
    path = real.curriculum.paths[ROAD]

    assert plan.timing.own_weeks[0] < plan.timing.own_weeks[1]
    assert plan.timing.factor != 1
    assert any("of the minutes that we estimate" in note for note in plan.notes)
    spans = [p.stated_weeks for p in plan.phases]
    assert (sum(a for a, _ in spans), sum(b for _, b in spans)) == (14, 25)
    assert path.total_weeks == (12, 20)
    assert any("12 to 20" in note and "14 to 25" in note for note in path.notes)


def test_by_our_own_clock_the_hours_are_ours(real):
    """`hours` ignores the path's weeks: the minutes are the middles of the skills' hours."""
    plan = planned(real, ROAD, hours=17.5, background="none", clock=Clock.HOURS)
    middle = sum(sum(Planner(real.curriculum).curriculum.hours_of_skill(s)) for s in plan.skills)

    work = sum(s.minutes for d in plan.days for s in d.slots if s.activity.skill)
    low, high = real.gap(ROAD, background="none").hours
    assert work / 60 == pytest.approx((low + high) / 2, rel=0.01)
    assert middle > 0


def test_what_is_known_shortens_the_path(real):
    """The stated weeks shrink with what is left to learn."""
    known = tuple(real.gap("llm-roadmap-phase-1").skills)
    plan = planned(real, ROAD, known=known, background="none")

    assert plan.timing.stated_weeks[1] < 40
    assert weeks(plan) < 40


def test_estimates_adjust_to_prior_knowledge(real):
    """The same path takes a mathematician fewer weeks than somebody who starts fresh."""
    assert weeks(planned(real, ROAD, background="maths")) < weeks(planned(real, ROAD, background="none"))


def test_phases_come_in_order_and_each_ends_with_its_gate(real):
    """Five phases follow each other; each is closed by one checkpoint, and none overlaps the next."""
    plan = planned(real, ROAD, hours=14)
    gates = [(day, s.activity.phase) for day, s in slots(plan, Act.CHECKPOINT) if s.part == s.parts]

    assert [phase for _, phase in gates] == [0, 1, 2, 3, 4]
    for now, after in zip(plan.phases, plan.phases[1:], strict=False):
        assert now.finish <= after.start
    assert all(gates[n][0] <= plan.phases[n].finish for n in range(5))


@pytest.mark.parametrize(
    ("number", "questions", "criterion", "if_no"),
    [
        (
            0,
            ["q-cp1-matmul", "q-cp1-broadcasting", "q-cp1-gradient", "q-cp1-cross-entropy"],
            "All four",
            "weak areas",
        ),
        (
            1,
            ["q-cp2-supervised-vs-unsupervised", "q-cp2-over-vs-under", "q-cp2-accuracy-vs-f1"],
            "All three",
            "review",
        ),
        (
            2,
            ["q-cp3-backprop", "q-cp3-cnn-cifar", "q-cp3-debug"],
            "more than 90 % of MNIST",
            "more time here",
        ),
        (
            3,
            ["q-cp4-explain-attention", "q-cp4-mha", "q-cp4-finetune"],
            "implemented from nothing",
            "revisit",
        ),
        (
            4,
            ["q-sa5-finetune", "q-sa5-rag", "q-sa5-deploy", "q-sa5-papers"],
            "self-assessment",
            "small and end to end",
        ),
    ],
)
def test_gates_have_their_exact_questions_and_criteria(real, number, questions, criterion, if_no):
    """Each gate asks what its roadmap asks, with its criteria, and says where no leads."""
    part = outline(real.curriculum, asked(real, ROAD).wishes).parts[number]
    found = gate(real.curriculum, part)

    assert [q.id for q in found.questions] == questions
    assert criterion in " ".join(found.criteria)
    assert if_no in found.if_no


def test_the_thresholds_of_phase_three_are_criteria(real):
    """Ninety per cent on MNIST and seventy on CIFAR-10 stand as criteria; one not met fails the gate."""
    part = outline(real.curriculum, asked(real, ROAD).wishes).parts[2]
    found = gate(real.curriculum, part)
    right = {q.id: True for q in found.questions}

    assert "70 % of CIFAR-10" in found.criteria[1]
    assert judge(found, right).passed
    failed = judge(found, right, met={0: False})
    assert not failed.passed
    assert failed.unmet == found.criteria[:1]
    assert failed.advice == "spend more time here"


def test_an_accepted_exercise_answers_where_a_machine_can_grade(real):
    """A question for code is answered by an accepted exercise; one for explanation only by its rubric."""
    found = gate(real.curriculum, outline(real.curriculum, asked(real, ROAD).wishes).parts[0])
    matmul, broadcasting = found.questions[:2]

    assert matmul.grading is Grading.EXERCISE
    assert broadcasting.grading is Grading.RUBRIC
    verdict = judge(found, {}, accepted=[matmul.exercises[0]])
    assert matmul.id not in verdict.unanswered
    assert broadcasting.id in verdict.unanswered
    assert not verdict.passed


@pytest.mark.parametrize(
    ("part", "exercise", "answers"),
    [
        (0, "matmul-without-operator", "q-cp1-matmul"),
        (0, "int8-quantize", None),
        (2, "backprop-numpy-two-layer", "q-cp3-backprop"),
        (2, "write-max-pooling", None),
        (3, "multi-head-attention-implement", "q-cp4-mha"),
        (3, "write-k-fold", None),
    ],
)
def test_only_the_exercise_that_a_checkpoint_names_answers_its_question(real, part, exercise, answers):
    """A pooling layer is no trained network, however near its topic: an exercise counts where the path says so."""
    found = gate(real.curriculum, outline(real.curriculum, asked(real, ROAD).wishes).parts[part])
    verdict = judge(found, {}, accepted=[exercise])

    assert {q.id for q in found.questions} - set(verdict.unanswered) == ({answers} if answers else set())


def test_an_unmet_criterion_routes_to_its_own_skills(real):
    """All questions right and the perceptron below 90 %: what comes again is the perceptron and its gradient."""
    found = gate(real.curriculum, outline(real.curriculum, asked(real, ROAD).wishes).parts[2])
    verdict = judge(found, {q.id: True for q in found.questions}, met={0: False})

    assert [s.topic for s in verdict.repair] == ["multilayer-perceptron", "backpropagation"]
    assert not verdict.passed
    assert len(found.repairs) == len(found.criteria)


def test_a_question_may_be_waived(real):
    """Who cares for language only leaves the convolutional question out and can still pass."""
    found = gate(real.curriculum, outline(real.curriculum, asked(real, ROAD).wishes).parts[2])
    answers = {"q-cp3-backprop": True, "q-cp3-debug": True}

    assert not judge(found, answers).passed
    assert judge(found, answers, waived=["q-cp3-cnn-cifar"]).passed
    with pytest.raises(PlanError, match="no question"):
        judge(found, {"q-nowhere": True})


def test_if_no_review_weak_areas_routes_to_the_gap(real):
    """After a failed gate the skills of the failed questions come again, then the gate, then the next phase."""
    found = gate(real.curriculum, outline(real.curriculum, asked(real, ROAD).wishes).parts[0])
    verdict = judge(found, {q.id: q.id != "q-cp1-gradient" for q in found.questions})
    known = tuple(real.gap("llm-roadmap-phase-1").skills)
    past = Past(repairs=(Repair(found.phase, 1, verdict.repair),))

    plan = planned(real, ROAD, known=known, past=past)

    repairs = slots(plan, Act.REPAIR)
    again = next(day for day, s in slots(plan, Act.CHECKPOINT) if s.activity.id.endswith("checkpoint/2"))
    assert {s.activity.skill for _, s in repairs} == set(verdict.repair)
    assert verdict.advice == "review weak areas"
    assert max(day for day, _ in repairs) <= again
    assert all(
        d.date >= again
        for d in plan.days
        for s in d.slots
        if s.activity.phase == 1 and s.activity.skill is not None
    )


def test_a_failed_soft_gate_is_mended_beside_the_next_phase(real):
    """With soft gates the repairs stand between the work of the next phase, which begins at once."""
    known = tuple(real.gap("llm-roadmap-phase-1").skills)
    past = Past(repairs=(Repair("llm-roadmap-phase-1", 1, (Skill.parse("chain-rule@use"),)),))

    plan = planned(real, ROAD, known=known, past=past, strictness=Strictness.SOFT)

    first = plan.days[0].slots[0].activity
    assert first.phase == 1
    assert slots(plan, Act.REPAIR)


def test_a_passed_gate_is_not_asked_again(real):
    """What is passed stays passed."""
    plan = planned(real, ROAD, past=Past(passed=frozenset({"llm-roadmap-phase-1"})))

    assert {s.activity.phase for _, s in slots(plan, Act.CHECKPOINT)} == {1, 2, 3, 4}


@pytest.mark.parametrize(
    ("number", "questions"),
    [(2, ["q-sa3-mlp", "q-sa3-cnn", "q-sa3-explain-gd", "q-sa3-debug"]), (3, ["q-sa4-mha", "q-sa4-bert"])],
)
def test_self_assessment_follows_its_phase(real, number, questions):
    """After phases three and four the list of questions to oneself stands in the plan, before the next phase ends."""
    plan = planned(real, ROAD, hours=14)
    lists = {s.activity.phase: (day, s) for day, s in slots(plan, Act.ASSESS)}

    day, slot = lists[number]
    assert day >= plan.phases[number].start
    for question in questions:
        assert real.curriculum.questions[question].ask in slot.activity.reason


def test_a_list_that_is_the_gate_is_not_asked_twice(real):
    """The list after phase five is the gate of phase five; it stands in the plan once."""
    assert 4 not in {s.activity.phase for _, s in slots(planned(real, ROAD, hours=14), Act.ASSESS)}


def test_golden_rule_of_seventy_twenty_ten(real):
    """The mix of a plan for the path is the path's own rule, unless the learner asks for another."""
    assert rules(real).mix.doing == 0.7
    plan = planned(real, ROAD)
    whole = sum(plan.mix.values())

    assert plan.mix[Mode.DOING] / whole == pytest.approx(0.7, abs=0.04)


def test_skip_lists_have_a_reason_and_say_when(real):
    """What the roadmap leaves out is listed with why, and what it puts off with the event that makes it due."""
    later = rules(real).later
    left_out = [entry for entry in later if not entry.when]
    put_off = {skill.topic: entry.when for entry in later if entry.when for skill in entry.skills}

    assert any("Jordan form" in entry.reason and "because" in entry.reason for entry in left_out)
    assert any("support vector" in entry.reason.casefold() for entry in left_out)
    assert put_off["q-learning"].startswith("if you specialise in RLHF")
    assert "7 billion parameters" in put_off["distributed-training"]
    assert put_off["rotary-position-embedding"] == "after the basics of transformers"


def test_what_is_put_off_is_not_in_the_plan(real):
    """What comes with an event that has not happened is not planned for the path: no Q-learning, no clusters."""
    skills = set(planned(real, ROAD).skills)
    off = {s for entry in rules(real).later if entry.when.startswith(("if", "once")) for s in entry.skills}

    assert len(off) > 5
    assert not skills & off


def test_three_tracks_run_beside_the_plan(real):
    """At the path's own hours software takes 30 to 60 minutes a week, papers 120 to 180, community 60 to 120."""
    plan = planned(real, ROAD, hours=17.5)
    later = {t.id: t.minutes for t in plan.weeks[10].tracks}

    assert later == {"track-software": (30, 60), "track-papers": (120, 180), "track-community": (60, 120)}
    assert not slots(plan, Act.TRACK)


def test_papers_from_week_nine(real):
    """Before week nine reading is light; from week nine on it is one or two papers a week."""
    plan = planned(real, ROAD, hours=17.5)
    papers = {w.number: next(t for t in w.tracks if t.id == "track-papers") for w in plan.weeks}

    assert "light reading" in papers[8].what
    assert papers[8].minutes == (60, 90)
    assert "one or two papers a week" in papers[9].what
    assert papers[9].minutes == (120, 180)


def test_week_nine_moves_with_the_speed(real):
    """At half the speed week nine of the schedule is week seventeen of the plan; at double speed week five."""
    track = next(t for t in rules(real).tracks if t.id == "track-papers")

    def first_full_week(factor):
        return next(
            n for n in range(1, 60) if "papers" in track_week(track, n, factor, 17.5, inside=False).what
        )

    assert [first_full_week(f) for f in (2.0, 1.0, 0.5)] == [17, 9, 5]
    assert schedule_week(1, 2.0) == 1


def test_a_track_can_be_taken_into_the_days(real):
    """Then its minutes are part of the budget, and no day grows for it."""
    request = asked(real, ROAD, hours=17.5, tracks=frozenset({"track-papers"}))
    plan = Planner(real.curriculum).plan(request)

    assert {s.activity.ref for _, s in slots(plan, Act.TRACK)} == {"track-papers"}
    assert all(d.minutes <= d.budget for d in plan.days)
    assert 20 <= weeks(plan) <= 24


def test_breadth_before_depth(real):
    """In phases one to three of the research path no proof level comes before the breadth of all three, unless
    something at a lower level requires it.
    """
    plan = planned(real, "research-readiness", hours=14)
    graph = real.curriculum.graph
    parts = outline(real.curriculum, asked(real, "research-readiness").wishes).parts[:3]
    wide = [s for part in parts for s in part.targets if s.level is not Level.DERIVE]
    before = {graph.nodes[i] for i in graph.below(graph.position[s] for s in wide)}
    order = {s: n for n, s in enumerate(plan.skills)}
    last_breadth = max(order[s] for s in wide)

    deep = [s for part in parts for s in part.targets if s.level is Level.DERIVE and s not in before]
    assert len(deep) > 10
    assert all(order[s] > last_breadth for s in deep)


def test_one_frontier_deep_others_parked(real):
    """Choosing interpretability keeps its skills and leaves the other two frontiers at awareness."""
    path = real.curriculum.paths["research-readiness"]
    number, offered = choices(real.curriculum, path)
    plan = planned(real, "research-readiness", chosen=("interpretability",))
    levels = {}
    for skill in plan.skills:
        levels.setdefault(skill.topic, set()).add(skill.level)

    assert number == 1
    assert len(offered) == 3
    assert Level.USE in levels["sparse-autoencoders"]
    assert levels["constitutional-ai"] == {Level.RECOGNISE}
    with pytest.raises(PlanError, match="choose 1"):
        planned(real, "research-readiness", chosen=("interpretability", "alignment"))
    with pytest.raises(PlanError, match="does not name"):
        planned(real, "research-readiness", chosen=("cooking",))


def test_no_choice_is_offered_where_the_path_leaves_none(real):
    """The LLM roadmap has optional steps and no rule to choose among them."""
    assert choices(real.curriculum, real.curriculum.paths[ROAD]) == (0, ())


def test_optional_steps_go_first_when_time_is_short(real):
    """Before a deadline a smaller share of what is optional is kept than of what is required."""
    plan = planned(real, ROAD, hours=17.5, background="none", deadline=MONDAY + timedelta(days=100))
    path = real.curriculum.paths[ROAD]
    optional = {s for step in path.all_steps if step.optional for s in step.targets}
    required = {s for step in path.all_steps if not step.optional for s in step.targets}
    gone = {d.skill for d in plan.dropped}

    only = optional - required
    assert len(gone & only) / len(only) > len(gone & required) / len(required)


def test_a_phase_may_be_dropped(real):
    """Leaving out the last phase leaves the others and ends earlier."""
    whole, less = planned(real, ROAD), planned(real, ROAD, without=("llm-roadmap-phase-5",))

    assert [p.id for p in less.phases] == [f"llm-roadmap-phase-{n}" for n in (1, 2, 3, 4)]
    assert less.finish < whole.finish


def test_start_with_the_gap_finder(real):
    """What belief says is known is not planned, and a checkpoint whose phase has no work is not asked."""
    known = tuple(real.gap("llm-roadmap-phase-1").skills)
    plan = planned(real, ROAD, known=known)

    assert not set(plan.skills) & set(known)
    assert plan.phases[0].minutes == 0


def test_attention_is_implemented_at_least_once(real):
    """The road's most important thing to implement stands in the plan as an exercise."""
    exercises = {s.activity.ref for _, s in slots(planned(real, ROAD), Act.EXERCISE)}

    assert "attention-numpy" in exercises
    assert "multi-head-attention-implement" in exercises


def test_practices_that_are_no_exercises_are_work(real):
    """What the road tells to do is in the plan even where no judge can grade it."""
    works = {s.activity.ref for _, s in slots(planned(real, ROAD, hours=17.5), Act.WORK)}

    assert {"mlp-mnist-scratch", "char-gpt-shakespeare", "cnn-cifar10"} <= works


def test_a_mathematician_probably_lacks_engineering(real):
    """The profile of a mathematician names the skills that the road's closing advice expects to be missing."""
    request = asked(real, ROAD, background="maths")
    found = profile(real.curriculum, request)

    assert {"pytorch", "tokenization", "code-organization"} <= {s.topic for s in found.expected_gaps}
    assert "neural-network-fundamentals" in {s.area for s in found.gaps}
    strong = {s.area for s in (*found.strengths, *found.between)}
    assert "linear-algebra" in strong


def test_answers_change_the_plan_visibly(real):
    """Having met an area shortens the plan; liking to watch moves ten points of the mix; caring pulls forward."""
    request = replace(asked(real, ROAD, background="none"), clock=Clock.HOURS)
    planner = Planner(real.curriculum)
    mix = rules(real).mix
    plain = planner.plan(request)

    met = planner.plan(apply(real.curriculum, request, Answers(met=("linear-algebra", "calculus")), mix))
    film = planner.plan(apply(real.curriculum, request, Answers(prefers="watching"), mix))
    care = Skill.parse("numpy@use")
    first = planner.plan(apply(real.curriculum, request, Answers(cares_for=(care,)), mix))

    assert met.finish < plain.finish
    assert film.mix[Mode.WATCHING] > plain.mix[Mode.WATCHING] * 1.3
    assert first.skills.index(care) < plain.skills.index(care)
    with pytest.raises(PlanError, match="no way to study"):
        apply(real.curriculum, request, Answers(prefers="dreaming"), mix)
    with pytest.raises(PlanError, match="no area"):
        apply(real.curriculum, request, Answers(met=("cooking",)), mix)


@pytest.mark.parametrize(
    ("number", "if_yes"),
    [(0, "phase 2"), (1, "phase 3"), (2, "phase 4"), (3, "phase 5"), (4, "project")],
)
def test_if_yes_opens_the_next_phase(real, number, if_yes):
    """Each gate says where yes leads; once it is passed and its phase known, the plan begins with the next phase."""
    parts = outline(real.curriculum, asked(real, ROAD).wishes).parts
    assert if_yes in gate(real.curriculum, parts[number]).if_yes.casefold()
    if number == 4:
        return
    known = tuple(s for part in parts[: number + 1] for s in real.gap(part.id).skills)
    passed = frozenset(part.id for part in parts[: number + 1])
    plan = planned(real, ROAD, known=known, past=Past(passed=passed))

    assert plan.days[0].slots[0].activity.phase == number + 1
    assert {s.activity.phase for _, s in slots(plan, Act.CHECKPOINT)} == set(range(number + 1, 5))


def test_twice_the_hours_take_half_the_weeks_and_half_take_twice(real):
    """The factors of the time rules: 1 at two to three hours a day, 0.5 at five to six, 2 at one."""
    rule = {rule.factor: rule for rule in rules(real).scaling}
    assert set(rule) == {0.5, 1, 2}
    assert all(r.weeks == tuple(w * factor for w in rule[1].weeks) for factor, r in rule.items())
    one, middle, five = (weeks(planned(real, ROAD, hours=7 * h, background="none")) for h in (1, 2.5, 5))

    assert one / middle == pytest.approx(2, rel=0.02)
    assert five / middle == pytest.approx(0.5, rel=0.02)


def test_each_phase_has_the_weeks_and_hours_that_the_road_states(real):
    """Two to four weeks of two to three hours a day for the first phase, and so on; the last goes on without end."""
    phases = real.curriculum.paths[ROAD].phases
    plan = planned(real, ROAD, hours=17.5)

    stated_weeks = [p.stated_weeks for p in plan.phases]
    assert stated_weeks == [(2, 4), (1, 2), (3, 5), (4, 6), (4, 8)]
    assert [p.daily_hours for p in phases] == [(2, 3), (2, 3), (3, 4), (4, 5), None]
    assert [p.ongoing for p in phases] == [False] * 4 + [True]


@pytest.mark.parametrize(
    ("path", "stated_weeks"),
    [("llm-roadmap-1.1", (2, 3)), ("llm-roadmap-4.1", (4, 4)), ("llm-roadmap-2.2", None)],
)
def test_a_short_path_keeps_the_weeks_it_states(real, path, stated_weeks):
    """They stand beside the plan; without hours a day they scale nothing, and the hours are our own."""
    plan = planned(real, path, hours=14)

    assert [p.stated_weeks for p in plan.phases] == [stated_weeks]
    assert plan.timing is None


def test_steps_with_days_come_in_their_order(real):
    """The transformer path goes from days 1-2 to days 16-20, and its steps are finished in that order."""
    path = real.curriculum.paths["llm-roadmap-5.2"]
    plan = planned(real, path.id, hours=14)
    order = {skill: n for n, skill in enumerate(plan.skills)}
    seen, ends = set(), []
    steps = [step for step in path.all_steps if step.when]
    for step in steps:
        own = [s for s in step.targets if s not in seen]
        seen |= set(own)
        ends += [max(order[s] for s in own)] if own else []

    assert (steps[0].when, steps[4].when) == ("days 1-2", "days 16-20")
    assert ends == sorted(ends)


def test_not_everything_is_learned_first(real):
    """Every phase of the road has things to build before its gate: projects come along the way, not at the end."""
    plan = planned(real, ROAD, hours=17.5)
    gates = {s.activity.phase: day for day, s in slots(plan, Act.CHECKPOINT)}
    built = [(s.activity.phase, day) for act in (Act.WORK, Act.EXERCISE) for day, s in slots(plan, act)]

    for phase, at in gates.items():
        assert sum(p == phase and day <= at for p, day in built) >= 3


def test_the_ladder_from_mnist_to_fine_tuning_is_climbed_in_order(real):
    """MNIST comes before CIFAR-10, that before text classification, and that before a language model is fine-tuned."""
    first = {}
    for day, s in slots(planned(real, ROAD, hours=17.5), Act.WORK):
        first.setdefault(s.activity.ref, day)
    rungs = ["mlp-mnist-scratch", "cnn-cifar10", "finetune-text-classification", "lora-finetune"]

    assert [first[rung] for rung in rungs] == sorted(first[rung] for rung in rungs)


def test_the_community_track_has_the_writing(real):
    """Writing is part of the third track: a blog to write, and technical writing among its skills."""
    track = next(t for t in rules(real).tracks if t.id == "track-community")

    assert "write-blog" in track.practices
    assert Skill.parse("technical-writing@use") in track.targets


def test_minutes_logged_on_a_track_are_not_asked_again_that_day(real):
    """A part logged leaves the rest of the day's share, a finished one nothing; the next day has its own."""
    request = asked(real, ROAD, hours=17.5, tracks=frozenset({"track-papers"}))

    def shares(*happened):
        plan = Planner(real.curriculum).plan(request, Past(happened=happened))
        return [
            sum(s.minutes for s in plan.on(MONDAY + timedelta(days=n)).slots
                if s.activity.act is Act.TRACK and not s.done)
            for n in (0, 1)
        ]  # fmt: skip

    whole = shares()
    assert whole[0] == whole[1] > 5
    some = Happened(MONDAY, "track-papers/1", "Papers", 4)
    assert shares(some) == [whole[0] - 4, whole[1]]
    assert shares(replace(some, finished=True)) == [0, whole[1]]
