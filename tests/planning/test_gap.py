"""The gap: right on a map checked by hand, and right by property on any map."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.curriculum import Graph, Level
from cairn.planning import UnknownTargetError, missing
from tests.curriculum.test_graph import dags


def skills(gap):
    return [str(step.skill) for step in gap.steps]


def test_the_whole_way_in_order(mini):
    """From nothing, the gap to a topic's `use` level is everything below it and no deeper level."""
    assert skills(mini.gap("fitting")) == [
        "addition@recognise", "addition@use", "multiplication@recognise", "multiplication@use",
        "slope@recognise", "slope@use", "fitting@recognise", "fitting@use",
    ]  # fmt: skip


def test_depth_is_asked_only_where_it_is_needed(mini):
    """`derive` asks one prerequisite for a proof and the others for no more than before."""
    found = skills(mini.gap("fitting", level="derive"))

    assert "addition@derive" in found
    assert found[-1] == "fitting@derive"
    assert len(found) == 10


def test_what_is_known_takes_its_foundations_along(mini):
    """Knowing multiplication means knowing the addition it rests on."""
    gap = mini.gap("fitting", knows=["multiplication"])

    assert skills(gap) == ["slope@recognise", "slope@use", "fitting@recognise", "fitting@use"]
    assert [str(s) for s in gap.known] == [
        "addition@recognise", "addition@use", "multiplication@recognise", "multiplication@use",
    ]  # fmt: skip


def test_hours_are_the_sum_of_the_steps(mini):
    """The total is the sum of what the steps say, end by end."""
    gap = mini.gap("multiplication")

    assert gap.hours == (1.7, 3.4)


def test_a_background_counts_as_known_and_narrows_the_hours(mini):
    """A clerk adds already; in areas a clerk has not met, the upper half of the hours applies."""
    gap = mini.gap("slope", background="clerk")

    assert skills(gap) == ["slope@recognise", "slope@use"]
    assert gap.hours == (1.3, 1.9)
    assert mini.gap("multiplication", background="clerk").hours == (1.1, 1.65)


def test_each_step_says_why(mini):
    """The reason is the one its user in the gap gives; the goal says that it is the goal."""
    steps = {str(s.skill): s for s in mini.gap("fitting").steps}

    assert steps["multiplication@use"].because == "Errors are squared."
    assert steps["fitting@use"].because == "This is the goal."
    assert steps["fitting@recognise"].because == "The level “use” of this topic builds on it."
    assert [str(s) for s in steps["slope@use"].needed_by] == ["fitting@use"]


def test_what_may_be_skipped(mini):
    """Deeper levels that the goal does not ask for are listed, and what a path says to skip."""
    assert [s.id for s in mini.gap("slope@use").skipped] == ["addition@derive"]
    reasons = [s.reason for s in mini.gap("short").skipped]
    assert "the proof, which nobody asks for" in reasons


@pytest.mark.parametrize(
    ("target", "last"),
    [
        ("Fitting a line", "fitting@use"),
        ("line fitting", "fitting@use"),
        ("carrying", "addition@use"),
        ("slope@recognise", "slope@recognise"),
        ("paper-lines", "slope@use"),
        ("q-slope", "slope@recognise"),
        ("short", "fitting@use"),
        ("short-phase-1", "addition@use"),
        ("lines", "fitting@use"),
        ("everything", "fitting@use"),
        ("proofs", "addition@derive"),
    ],
)
def test_anything_with_skills_can_be_a_goal(mini, target, last):
    """A topic by any name, a section, a skill, a paper, question, path, phase, area or comparison."""
    assert skills(mini.gap(target))[-1] == last


@pytest.mark.parametrize("target", ["nonsense", "book-sums", "multiplication@derive", ""])
def test_what_cannot_be_a_goal_says_so(mini, target):
    """An unknown name, a thing that asks for no skills, a level that is not there: an error that names it."""
    with pytest.raises(UnknownTargetError, match=target or "name"):
        mini.gap(target)


def test_a_topic_that_is_not_so_deep_is_wanted_as_deep_as_it_goes(mini):
    """Asking for `derive` of something that ends at `use` asks for `use`."""
    assert skills(mini.gap("slope", level="derive"))[-1] == "slope@use"


def test_a_level_is_a_ceiling_for_a_path(mini):
    """A path asks at its own depths; a level given beside it only lowers them."""
    assert skills(mini.gap("short", level=Level.RECOGNISE))[-1] == "fitting@recognise"


def test_several_goals_share_what_they_have_in_common(mini):
    """Two goals cost the union, not the sum."""
    both = mini.gap("multiplication", "slope")

    assert len(both.steps) == 6
    assert sorted(skills(both)) == sorted({*skills(mini.gap("multiplication")), *skills(mini.gap("slope"))})


subsets = st.data()


def draw_nodes(data, graph):
    return data.draw(st.lists(st.sampled_from(graph.nodes), max_size=6)) if graph.nodes else []


@given(dags(), st.data())
def test_the_gap_is_closed(requires, data):
    """Everything a missing skill requires is missing too or known."""
    graph = Graph.build(requires)
    wanted, known = draw_nodes(data, graph), draw_nodes(data, graph)

    gap = set(missing(graph, wanted, known))

    have = graph.below(graph.position[n] for n in known)
    assert all(p in gap or p in have for i in gap for p in graph.needs[i])
    assert all(graph.position[n] in gap or graph.position[n] in have for n in wanted)


@given(dags(), st.data())
def test_the_gap_is_minimal(requires, data):
    """Leaving out any one skill leaves a goal, or something a goal rests on, out of reach."""
    graph = Graph.build(requires)
    wanted, known = draw_nodes(data, graph), draw_nodes(data, graph)

    gap = set(missing(graph, wanted, known))

    goals = {graph.position[n] for n in wanted}
    for left_out in gap:
        rest = gap - {left_out}
        needed = any(left_out in graph.needs[i] for i in rest)
        assert left_out in goals or needed


@given(dags(), st.data())
def test_the_gap_is_in_learning_order(requires, data):
    """No skill stands before something it requires."""
    graph = Graph.build(requires)

    gap = missing(graph, draw_nodes(data, graph), draw_nodes(data, graph))

    place = {i: at for at, i in enumerate(gap)}
    assert all(place[p] < place[i] for i in gap for p in graph.needs[i] if p in place)


@given(dags(), st.data())
def test_knowing_more_never_costs_more(requires, data):
    """The gap shrinks, or stays, with everything that is known besides."""
    graph = Graph.build(requires)
    wanted, known, more = (draw_nodes(data, graph) for _ in range(3))

    assert set(missing(graph, wanted, [*known, *more])) <= set(missing(graph, wanted, known))


@given(dags(), st.data())
def test_wanting_more_never_costs_less(requires, data):
    """The gap to two goals holds the gap to each."""
    graph = Graph.build(requires)
    wanted, more, known = (draw_nodes(data, graph) for _ in range(3))

    assert set(missing(graph, wanted, known)) <= set(missing(graph, [*wanted, *more], known))


@given(dags(), st.data())
def test_the_order_of_two_skills_never_changes(requires, data):
    """Whatever is known or wanted besides, two skills that are both missing keep their order."""
    graph = Graph.build(requires)
    one = missing(graph, draw_nodes(data, graph), draw_nodes(data, graph))
    two = missing(graph, draw_nodes(data, graph), draw_nodes(data, graph))

    shared = set(one) & set(two)

    assert [i for i in one if i in shared] == [i for i in two if i in shared]


@given(dags(), st.data())
def test_learning_a_step_removes_exactly_it(requires, data):
    """Once the first step is known, the gap is the rest in the same order."""
    graph = Graph.build(requires)
    wanted, known = draw_nodes(data, graph), draw_nodes(data, graph)
    gap = missing(graph, wanted, known)

    if gap:
        learned = graph.nodes[gap[0]]
        assert missing(graph, wanted, [*known, learned]) == gap[1:]
