"""The commands that ask the map, as a person reads them: gap, find, show, next, unlocks, path."""

from __future__ import annotations

import pytest


def steps(result):
    """The skills of a printed gap, as (title, level) in order."""
    rows = [line.split() for line in result.stdout.splitlines() if line.startswith(("  ○", "  ◐", "  ●"))]
    levels = {"recognise", "use", "derive"}
    return [(" ".join(r[1 : next(i for i, w in enumerate(r) if w in levels)]), levels & set(r)) for r in rows]


def test_gap_reads_from_the_goal_to_the_first_step(run):
    """A gap names the goal, counts what is missing, lists it in order, and says where to begin."""
    result = run("gap", "fitting")

    lines = result.stdout.splitlines()
    assert lines[0] == "Fitting a line"
    assert lines[1].startswith("8 skills in 4 topics, ")
    assert steps(result)[0] == ("Addition", {"recognise"})
    assert steps(result)[-1] == ("Fitting a line", {"use"})
    assert "next: cairn show addition" in result.stdout
    assert (result.exit_code, result.stderr) == (0, "")


def test_gap_says_why_unless_told_not_to(run):
    """Each step carries its reason; `--no-why` leaves a bare list of the same steps."""
    with_reasons, bare = run("gap", "fitting"), run("gap", "fitting", "--no-why")

    assert "Errors are squared." in with_reasons.stdout
    assert "Errors are squared." not in bare.stdout
    assert steps(with_reasons) == steps(bare)


@pytest.mark.parametrize(
    ("level", "count", "last"),
    [("recognise", 2, {"recognise"}), ("use", 8, {"use"}), ("derive", 10, {"derive"})],
)
def test_gap_is_as_deep_as_asked(run, level, count, last):
    """`--level` sets how deep the goal is wanted, and everything below follows."""
    found = steps(run("gap", "fitting", "--level", level))

    assert (len(found), found[-1]) == (count, ("Fitting a line", last))


def test_gap_leaves_out_what_is_known(run):
    """`--knows` takes skills by any name, with what they rest on; spaces and empty parts do no harm."""
    found = run("gap", "fitting", "--knows", " product , slope@use,, ")

    assert steps(found) == [("Fitting a line", {"recognise"}), ("Fitting a line", {"use"})]
    assert "you know 6 more" in found.stdout


def test_a_background_counts_and_narrows(run):
    """A clerk can add already, and the hours become those of somebody who has met sums."""
    result = run("gap", "multiplication", "--background", "clerk")

    assert {title for title, _ in steps(result)} == {"Multiplication"}
    assert "1–1.5 h" in result.stdout


def test_a_gap_may_be_empty(run):
    """Who knows it all is told so, and what it opens."""
    result = run("gap", "slope", "--knows", "slope")

    assert "Nothing is missing" in result.stdout
    assert "cairn unlocks slope" in result.stdout
    assert run("unlocks", "slope@use").exit_code == 0


def test_what_an_empty_gap_suggests_works(run):
    """The suggestion after an empty gap to a path is a command that succeeds."""
    result = run("gap", "short", "--knows", "fitting,addition")
    suggested = next(line for line in result.stdout.splitlines() if line.startswith("next: cairn "))

    assert run(*suggested.removeprefix("next: cairn ").split("  ")[0].split()).exit_code == 0


def test_a_gap_may_have_many_goals(run):
    """Several targets are one gap, with their titles joined."""
    assert run("gap", "slope", "multiplication").stdout.startswith("Slope + Multiplication\n")


def test_deeper_levels_that_are_not_needed_are_counted(run):
    """The gap says how much of its topics the goal does not ask for."""
    assert "not needed: 1 deeper level of these topics" in run("gap", "slope").stdout


def test_asking_keeps_nothing(run, tmp_path):
    """A question leaves no file behind, so that trying the command changes nothing."""
    for command in (["gap", "fitting"], ["next"], ["find", "slope"], ["show", "slope"], ["lint"]):
        run(*command)

    assert not (tmp_path / "data").exists()


def test_find_lists_the_best_first_and_suggests_the_gap(run):
    """One query gives some hits, best first, and the next command."""
    result = run("find", "slope")

    assert result.stdout.startswith("slope ")
    assert "next: cairn gap slope" in result.stdout


def test_find_answers_each_of_many(run):
    """Many queries give one line each, in their order, and exit code 1 when one finds nothing."""
    result = run("find", "line fitting", "qqqzzz", "plus")

    assert [line.split()[0] for line in result.stdout.splitlines()] == ["fitting", "qqqzzz:", "addition"]
    assert result.exit_code == 1
    assert run("find", "line fitting", "plus").exit_code == 0


@pytest.mark.parametrize("text", ["", "   ", "@", "qqqzzz", "\N{SNOWMAN}", "x" * 10_000])
def test_find_survives_any_text(run, text):
    """Text that names nothing is answered, not crashed on."""
    result = run("find", text)

    assert "nothing found" in result.stdout
    assert result.exit_code == 1


@pytest.mark.parametrize("typed", ["multiplicaton", "MULTIPLICATION", "Multi-plication", "product", "multip"])
def test_find_forgives_how_it_is_typed(run, typed):
    """Case, hyphens, beginnings, other names and a slip of the finger all lead to the topic."""
    assert run("find", typed).stdout.startswith("multiplication ")


def test_show_tells_what_a_topic_is(run):
    """Levels with hours and what they enable, requirements with reasons, and what builds on it."""
    text = run("show", "multiplication").stdout

    assert text.startswith("Multiplication  topic\nAdding the same amount many times.\n")
    assert "you can multiply two numbers" in text
    assert "addition@use\n    The partial products are added." in text
    assert "unlocks\n  fitting@use" in text


def test_show_tells_what_to_skip(run):
    """A topic that most can leave says so."""
    assert "Skip this unless you meet data." in run("show", "fitting").stdout


def test_next_is_what_can_begin_now(run):
    """With sums known, what sums open is next."""
    assert [t for t, _ in steps(run("next", "--knows", "addition"))] == [
        "Addition",
        "Multiplication",
        "Slope",
    ]


def test_next_toward_a_goal(run):
    """`--toward` keeps only what leads there."""
    assert steps(run("next", "--knows", "addition", "--toward", "multiplication")) == [
        ("Multiplication", {"recognise"})
    ]


def test_unlocks_counts_what_builds_on_a_topic(run):
    """The heading counts; a topic on which nothing builds says so."""
    assert run("unlocks", "slope").stdout.startswith("Slope opens the way to 3 skills\n")
    assert run("unlocks", "fitting").stdout.startswith("Nothing builds on Fitting a line")


def test_path_lists_its_own_order(run):
    """A path is printed as its author ordered it."""
    assert steps(run("path", "short")) == [("Addition", {"use"}), ("Fitting a line", {"use"})]
