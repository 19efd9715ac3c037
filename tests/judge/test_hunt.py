"""Bug hunts: planting, measuring the edit, and the proof that every bug is one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.judge import ExerciseError, audit, grade, load, mended, plant
from cairn.judge.hunt import differing, edit, uncommented
from cairn.judge.hunt import given as begun_with


@pytest.fixture(scope="module")
def hunt(kinds):
    """A hunt with three bugs."""
    return load(kinds / "exercises" / "hunt-add")


def test_a_hunt_shares_the_checks_of_another_exercise(hunt):
    """Specification, checks, names and wrong solutions are those of the exercise it is of."""
    assert hunt.base.id == "write-add"
    assert (hunt.tests, hunt.wrong, hunt.sheet.entry) == (hunt.base.tests, hunt.base.wrong, ("add",))
    assert "One operator is wrong." in hunt.task
    assert "## Add two numbers" in hunt.task


def test_every_bug_is_proved(judge, hunt):
    """The planted programs fail by their checks, and the mended one passes."""
    found = audit(judge, hunt)

    assert found.problems == ()
    assert found.note == "3 bugs"


def test_a_harmless_bug_is_found_out(judge, hunt):
    """A planted edit that no check notices, or that is large, is an error of the exercise."""
    harmless = replace(hunt.sheet.bugs[0], by="b + a")
    large = replace(hunt.sheet.bugs[1], by="(\n        a\n        - b\n    )")
    sheet = replace(hunt.sheet, bugs=(harmless, large, hunt.sheet.bugs[2]))

    codes = {p.code for p in audit(judge, replace(hunt, sheet=sheet)).problems}

    assert codes == {"bug-accepted", "bug-size"}


def test_the_bug_is_not_told_before_it_is_mended(judge, hunt):
    """The program as given fails with a case and without the misconception; the mended one says what it was."""
    planted = plant(hunt, 2)
    before = grade(judge, hunt, planted.source)
    after = grade(judge, hunt, planted.source.replace("a - b", "a + b"))

    assert before.outcome == "wrong"
    assert before.misconception is None
    assert before.edit.as_json() == {
        "bug": 2, "of": 3, "changed": 0, "planted": 1, "small": True, "says": None,
    }  # fmt: skip
    assert after.accepted
    assert (after.edit.changed, after.edit.small, after.edit.says) == (1, True, planted.says)


def test_another_mistake_is_still_named(judge, hunt):
    """A learner who mends the bug into another known mistake is told that one."""
    source = plant(hunt, 2).source.replace("a - b", "a")

    assert grade(judge, hunt, source).misconception.id == "forgets-the-second"


def test_a_rewritten_program_is_accepted_and_called_large(judge, hunt):
    """Only right or wrong decides; the size of the edit is said."""
    source = plant(hunt, 1).source.replace(
        "    return a * b", "    c = a\n    d = b\n    e = c + d\n    return e"
    )
    verdict = grade(judge, hunt, source)

    assert verdict.accepted
    assert (verdict.edit.changed, verdict.edit.small) == (4, False)


def test_without_its_first_line_the_nearest_bug_is_taken(hunt):
    """A submission that lost its header is compared with the program it is nearest to."""
    bare = "\n".join(plant(hunt, 3).source.splitlines()[2:])

    assert begun_with(hunt, bare).number == 3
    assert edit(hunt, bare, accepted=False).changed == 0


def test_a_text_that_stands_twice_cannot_be_replaced(kinds, tmp_path):
    """The linter names the bug whose text is missing or ambiguous, or whose misconception is unknown."""
    import shutil

    exercises = tmp_path / "exercises"
    shutil.copytree(kinds / "exercises", exercises)
    sheet = exercises / "hunt-add" / "exercise.yaml"
    text = sheet.read_text()
    sheet.write_text(
        text.replace('replace: "a + b", by: "a * b"', 'replace: "a", by: "b"').replace(
            "forgets-the-first", "nobody-thinks-so"
        )
    )

    with pytest.raises(ExerciseError, match="stands 3 times") as error:
        load(exercises / "hunt-add")
    assert "nobody-thinks-so is the misconception of no wrong solution" in str(error.value)


@given(st.lists(st.sampled_from(["x = 1", "y = 2", "    z = 3", "", "# why", "w = 4  # so"]), max_size=12))
def test_comments_and_blank_lines_are_no_change(lines):
    """A program and the same without its comments differ in nothing, and stripping twice is stripping once."""
    source = "\n".join(lines) + "\n"

    assert differing(source, uncommented(source)) == 0
    assert uncommented(uncommented(source)) == uncommented(source)


def test_the_shown_program_has_no_comments(hunt):
    """A comment beside the mistake would tell what belongs there."""
    assert "#" not in mended(replace(hunt, solution="def add(a, b):\n    # why\n    return a + b  # so\n"))
