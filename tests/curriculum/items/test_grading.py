"""Grading: what each kind of item takes as right, as wrong with a reason, and as unreadable."""

from __future__ import annotations

import pytest

from cairn.curriculum.items.grading import grade
from cairn.curriculum.items.proving import answer_for, prove
from tests.curriculum.items.making import (
    CHOICE,
    COUNT,
    EVERY,
    FAILS,
    FORMULA,
    FREE,
    MATRICES,
    MATRIX,
    NUMBER,
    ORDER,
    OUTPUT,
    SEVERAL,
    SHAPE,
    SHARE,
    VECTOR,
    drawn,
    mark,
    says,
)

RIGHT = [
    (NUMBER, "0.75 GB"),
    (NUMBER, "3/4"),
    (SHARE, "75%"),
    (SHARE, "75 %"),
    (NUMBER, "0,75"),
    (NUMBER, "7.5e-1"),
    (NUMBER, "750 MB"),
    (NUMBER, "6 Gbit"),
    (NUMBER, "x = 0.75"),
    (NUMBER, "¾"),
    (NUMBER, r"\frac{3}{4}"),
    (NUMBER, "٠.٧٥"),
    (COUNT, "1000"),
    (COUNT, "10^3"),
    (COUNT, "1 000"),
    (COUNT, "$10³$"),
    (VECTOR, "(1, 2.5, -3)"),
    (VECTOR, "[1 2.5 −3]"),
    (VECTOR, "1; 2,5; -3"),
    (VECTOR, "np.array([1, 2.5, -3])"),
    (VECTOR, r"\begin{pmatrix}1\\2.5\\-3\end{pmatrix}"),
    (MATRIX, "[[1, 2], [3, 4]]"),
    (MATRIX, "1 2; 3 4"),
    (MATRIX, "1, 2\n3, 4"),
    (MATRIX, r"\begin{bmatrix}1 & 2 \\ 3 & 4\end{bmatrix}"),
    (FORMULA, "y + 2x cos(x²)"),
    (FORMULA, r"2 x \cos(x^{2}) + y"),
    (FORMULA, "((cos(x*x)*x) + (x*cos(x**2))) + y"),
    (MATRICES, "A^T A x - A^T b"),
    (MATRICES, "A' (A x - b)"),
    (MATRICES, "-transpose(A) @ (b - A @ x)"),
    (SHAPE, "(B, 2)"),
    (SHAPE, "[B,2]"),
    (SHAPE, "B x 2"),
    (SHAPE, "torch.Size([B, 1 + 1])"),
    (FAILS, "error"),
    (FAILS, "It fails"),
    (OUTPUT, "[1, 0.5] a"),
    (OUTPUT, "[1,0.50]   a\n"),
]
WRONG = [
    (NUMBER, "12 GB", "You multiplied."),
    (NUMBER, "-0.75", "sign"),
    (NUMBER, "0.0075", "factor of 100"),
    (NUMBER, "0.77", "Close"),
    (NUMBER, "1e308", "Not right"),
    (COUNT, "1000.001", "Not right"),
    (VECTOR, "1, 2.5, 3", "Not right"),
    (FORMULA, "cos(x^2) + y", "inner derivative"),
    (FORMULA, "-2x cos(x^2) - y", "opposite sign"),
    (FORMULA, "4x cos(x^2) + 2y", "times 2"),
    (FORMULA, "2x cos(x^2) + y - 1/3", "constant -1/3"),
    (FORMULA, "1/(2x cos(x^2) + y)", "reciprocal"),
    (FORMULA, "2x cos(x^2) + 3y", "plus `2*y`"),
    (FORMULA, "log(x - 5) / 0", "no value"),
    (FORMULA, "sin(x) exp(y) x^5", "gives"),
    (MATRICES, "(A x - b)^T A", "transpose"),
    (MATRICES, "A x - b", "shape (3, 1)"),
    (MATRICES, "2 A^T (A x - b)", "times 2"),
    (SHAPE, "(2, B)", "turned"),
    (SHAPE, "(B,)", "2 axes, not 1"),
    (SHAPE, "(B, 3)", "Axis 1"),
    (SHAPE, "error", "does not fail"),
    (FAILS, "(2, 3)", "fails"),
    (OUTPUT, "[0.5, 1] a", "sorted"),
    (OUTPUT, "[1.0, 0.5] a", "something else"),
    (OUTPUT, "[1, 0.5]\na", "prints 1 line, not 2"),
]
UNREADABLE = [
    (NUMBER, "", "empty"),
    (NUMBER, "nan", "finite"),
    (NUMBER, "-inf", "finite"),
    (NUMBER, "1e400", "finite"),
    (NUMBER, "1e308 EB", "finite"),
    (NUMBER, "1/0", "finite"),
    (NUMBER, "sqrt(-1)", "no real number"),
    (NUMBER, "3 seconds", "GB is asked for"),
    (NUMBER, "three", "unknown"),
    (NUMBER, "1,000", "two ways"),
    (NUMBER, "1 2", "side by side"),
    (NUMBER, "1\x00", "control"),
    (NUMBER, "\ud800", "control"),
    (NUMBER, "9" * 2000, "2000 characters"),
    (NUMBER, "__import__('os').system('true')", "cannot stand"),
    (VECTOR, "1, 2", "3 are asked for"),
    (VECTOR, "1, , 2", "missing"),
    (MATRIX, "[[1, 2], [3]]", "different lengths"),
    (FORMULA, "2*x*cos(x^2", "')' is missing"),
    (FORMULA, "q + x", "'q' is unknown"),
    (FORMULA, "x.__class__", "cannot stand"),
    (FORMULA, "[x, y]", "not a list"),
    (FORMULA, r"\int x", "unknown"),
    (FORMULA, r"\frac{x", "LaTeX"),
    (FORMULA, "x" + "^x" * 60, "within one another"),
    (FORMULA, "sin " * 200 + "x", "within one another"),
    (FORMULA, "(" * 400 + "x" + ")" * 400, "within one another"),
    (MATRICES, "A A x", "do not fit"),
    (MATRICES, "A * A", "Write @"),
    (MATRICES, "A^0.5", "square matrix"),
    (MATRICES, "(A^T A)^999", "from -8 to 8"),
    (MATRICES, "inv(A A^T - A A^T)", "no inverse"),
    (SHAPE, "(B, C)", "'C' is unknown"),
    (SHAPE, "፩", "cannot stand"),
    (SHAPE, "a cat", "unknown"),
    (OUTPUT, " ", "empty"),
    (OUTPUT, "x" * 5000, "5000 characters"),
]


@pytest.mark.parametrize(("sheet", "answer"), RIGHT)
def test_a_right_answer_is_right_however_it_is_written(sheet, answer):
    """Units, fractions, decimal commas, Unicode, LaTeX and code are read."""
    assert says(drawn(sheet), answer) == "Right."


@pytest.mark.parametrize(("sheet", "answer", "message"), WRONG)
def test_a_wrong_answer_is_told_what_is_wrong(sheet, answer, message):
    """With the author's words where the mistake was foreseen, else with what the numbers show."""
    graded = grade(drawn(sheet), answer)

    assert graded.mark.value == "wrong"
    assert message in graded.message
    assert graded.shown
    assert graded.explanation == "So."


@pytest.mark.parametrize(("sheet", "answer", "message"), UNREADABLE)
def test_an_unreadable_answer_is_not_counted_and_may_be_mended(sheet, answer, message):
    """It says why, and gives nothing of the answer away."""
    graded = grade(drawn(sheet), answer)

    assert graded.mark.value == "unreadable"
    assert not graded.counts
    assert message in graded.message
    assert (graded.shown, graded.explanation, graded.notes) == ("", "", ())


@pytest.mark.parametrize("sheet", EVERY)
def test_the_key_is_taken_and_passing_shows_it(sheet):
    """Of every kind; to pass is an answer that says something, and so it is counted."""
    made = drawn(sheet)

    prove(made)
    assert mark(made, answer_for(made)) == "right"
    passed = grade(made, None)
    assert (passed.mark.value, passed.counts) == ("passed", True)
    assert passed.shown == made.shown


def test_an_option_can_be_named_by_key_number_or_letter():
    """The number and the letter are those of the order in which the options are shown."""
    made = drawn(CHOICE)
    place = next(i for i, o in enumerate(made.options) if o.text == "Right")
    key = made.options[place].key

    for answer in (key, [key], str(place + 1), "abcd"[place], "ABCD"[place]):
        assert mark(made, answer) == "right", answer


def test_a_wrong_option_says_which_idea_is_behind_it():
    """With the section that repairs it, and the prerequisite that is probably missing."""
    made = drawn(CHOICE)
    wrong = next(o for o in made.options if o.text == "Wrong one")
    graded = grade(made, wrong.key)

    assert graded.message == "The first idea."
    assert [(f.misconception, f.repairs, str(f.lacks)) for f in graded.because] == [
        ("first-idea", "topic#why", "other@use")
    ]


@pytest.mark.parametrize("sheet", [CHOICE, SEVERAL, ORDER])
def test_once_answered_every_option_says_why(sheet):
    """Those that were not chosen too; the right ones have nothing to say."""
    made = drawn(sheet)
    graded = grade(made, None)

    assert [n.option for n in graded.notes] == list(made.options)
    assert all((n.why is None) == n.right for n in graded.notes)
    assert any(n.right for n in graded.notes)
    assert not all(n.right for n in graded.notes)


@pytest.mark.parametrize(
    "answer", ["9", "x", "1 1 1", "0", "-1", "²", "1" * 40, [""], [], ["a0", "d0"], [["a"]], [3]]
)
def test_what_is_no_option_is_unreadable(answer):
    """A number too large, none at all, two where one is asked for, or no text."""
    assert mark(drawn(CHOICE), answer) == "unreadable"


def test_several_must_all_be_ticked_and_no_more():
    """What is missing is said without naming it."""
    made = drawn(SEVERAL, seed=2)
    right = sorted(made.key.right)
    wrong = [o.key for o in made.options if o.key not in right]

    assert mark(made, right) == "right"
    assert mark(made, right[::-1]) == "right"
    assert mark(made, [*right, wrong[0]]) == "wrong"
    for seed in range(1, 30):
        made = drawn(SEVERAL, seed)
        if len(made.key.right) == 2:
            assert "missing" in says(made, sorted(made.key.right)[:1])
            return
    pytest.fail("no variant shows both")


def test_steps_may_stand_in_every_order_that_is_right():
    """A step that is tied to none may stand anywhere; the others keep their order, and strays are named."""
    made = drawn(ORDER)

    for order in (["s0", "s1", "s2", "s3"], ["s3", "s0", "s1", "s2"], ["s0", "s3", "s1", "s2"]):
        assert mark(made, order) == "right"
    assert "“Second” needs “First” before it" in says(made, ["s1", "s0", "s2", "s3"])
    assert "One step is missing" in says(made, ["s0", "s1", "s2"])
    assert says(made, ["s0", "s1", "s2", "s3", "d0"]) == "It does not belong."


def test_a_free_answer_is_right_from_the_points_it_needs():
    """The person ticks what their answer says."""
    made = drawn(FREE)

    assert mark(made, ["p0", "p2"]) == "right"
    assert "1 of 3 points" in says(made, ["p1"])
    assert mark(made, "p7") == "unreadable"


def test_a_list_of_one_text_is_that_text_and_of_two_is_none():
    """So that a face may send every answer as a list."""
    assert mark(drawn(COUNT), ["1000"]) == "right"
    assert mark(drawn(COUNT), ["1000", "1"]) == "unreadable"
    assert mark(drawn(COUNT), [1000]) == "unreadable"
