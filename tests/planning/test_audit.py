"""A list of one's own held against a goal."""

from __future__ import annotations

import pytest

from cairn.curriculum import Skill
from cairn.planning.audit import audit, clean


def found(atlas, goal, text, known=()):
    """The audit of a list, one topic a line."""
    return audit(atlas.curriculum, atlas.target(goal), text.splitlines(), known)


def topics(findings):
    return [f.topic for f in findings]


def test_what_is_missing_comes_in_learning_order_with_a_reason(mini):
    """Topics the goal needs that the list lacks are named with what needs them."""
    result = found(mini, "fitting", "slope\nfitting")

    assert topics(result.missing) == ["addition", "multiplication"]
    assert result.missing[1].reason == "Fitting a line: Errors are squared."
    assert result.coverage == 0.5


def test_bullets_numbers_and_case_do_not_matter(mini):
    """A list copied from anywhere is understood; what is not is named."""
    result = found(
        mini, "fitting", "1. Addition\n- [ ] MULTIPLICATION\n* product\n\n  Slope \n• line fitting\nalchemy"
    )

    assert [line.topic for line in result.understood] == ["addition", "multiplication", "slope", "fitting"]
    assert result.unknown == ("alchemy",)
    assert result.missing == ()
    assert result.coverage == 1


def test_order_is_held_against_requirements(mini):
    """What stands before something it requires is named; the right order has no findings."""
    assert topics(found(mini, "fitting", "multiplication\naddition\nslope\nfitting").order) == [
        "multiplication"
    ]
    assert found(mini, "fitting", "addition\nmultiplication\nslope\nfitting").order == ()


def test_depth_is_held_against_the_goal(mini):
    """Too shallow and too deep are both named; the right depth is not."""
    result = found(mini, "fitting", "addition@derive\nmultiplication@use\nslope@recognise\nfitting")

    assert {f.topic: "deep enough" in f.reason for f in result.depth} == {"addition": True, "slope": False}


def test_what_is_not_needed_is_said_with_why(real):
    """Something known, something put off, and something nobody needs each have their own reason."""
    known = (Skill.parse("vectors@use"),)
    result = found(real, "llm-roadmap", "vectors\nq-learning\nsparse-autoencoders", known)

    reasons = {f.topic: f.reason for f in result.unnecessary}
    assert reasons["vectors"] == "You know it."
    assert reasons["q-learning"].startswith("Learn it later: if you specialise in RLHF")
    assert "sparse-autoencoders" in reasons


def test_a_whole_path_audits_clean(real):
    """The gap's own order, given as a list, has nothing missing, unnecessary or out of order."""
    result = found(real, "lora", "\n".join(real.gap("lora").topics))

    assert (result.missing, result.unnecessary, result.order, result.unknown) == ((), (), (), ())


def test_an_empty_list_and_a_huge_one(mini):
    """Nothing is covered by nothing; a list of a hundred thousand lines is cut, not refused."""
    assert found(mini, "fitting", "").coverage == 0
    assert len(found(mini, "fitting", "nonsense\n" * 100_000).unknown) == 2_000


@pytest.mark.parametrize(
    ("line", "bare"),
    [
        ("- softmax", "softmax"), ("  * softmax ", "softmax"), ("1. softmax", "softmax"), ("12) softmax", "softmax"),
        ("- [ ] softmax", "softmax"), ("[x] softmax", "softmax"), ("• 3. softmax", "softmax"),
        ("(2) softmax", "softmax"),
        ("2D convolution", "2D convolution"), ("8-bit quantisation", "8-bit quantisation"), ("1.5 bits", "1.5 bits"),
        ("1x1 convolution", "1x1 convolution"), ("-", ""), ("3.", ""), ("   ", ""),
    ],
)  # fmt: skip
def test_only_marks_of_a_list_are_taken_off(line, bare):
    """Bullets, boxes and numbers with a point go; a number that belongs to the name stays."""
    assert clean([line]) == ([bare] if bare else [])
