"""What SymPy decides and says, and that a formula that would keep it long is not given to it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cairn.curriculum.items import symbolic
from cairn.curriculum.items.algebra import AnswerError, parse
from cairn.curriculum.items.points import points
from tests.curriculum.items.making import drawn, mark, says

NAMES = ("x", "y")
POINT = points({"x": "0.5..2", "y": "0.5..2"}, {}, {})[0]


def formula(text):
    return parse(text, NAMES)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("(x + y)^2", "x^2 + 2x y + y^2", True),
        ("log(x y)", "log(x) + log(y)", True),
        ("exp(x)/(1 + exp(x))", "1/(1 + exp(-x))", True),
        ("x", "x + 10^(-11)", False),
        ("sqrt(x^2)", "x", True),
        ("log2(x)", "ln(x)/ln(2)", True),
        ("x/3", "0.333333333333 x", False),
        ("[x, y]", "x", None),
        ("max(x, y)", "x", None),
        ("9^9^9^9", "x", None),
    ],
)
def test_forty_digits_tell_equal_from_nearly_equal(a, b, same):
    """Or say that they cannot: lists, functions that are not handed on, numbers without bounds."""
    assert symbolic.equal_exactly(formula(a), formula(b), POINT) is same


def test_a_right_formula_that_rounding_spoils_is_right():
    """Near 10^-4 the sixteen digits of (1 - cos x)/x^2 differ from the key in the ninth; more digits decide."""
    sheet = "kind: expression\nvariables: {x: 0.00005..0.0002}\nanswer: 2*sin(x/2)^2/x^2"

    assert mark(drawn(sheet), "(1 - cos(x))/x^2") == "right"
    assert mark(drawn(sheet), "(1 - cos(x))/x^2 + 10^(-6)") == "wrong"


@pytest.mark.parametrize(
    ("answer", "given_answer", "message"),
    [
        ("2*x*cos(x^2)", "cos(x^2)", "times `1/(2*x)`"),
        ("x^2*y", "x*y", "times `1/x`"),
        ("x + y", "x - y", "plus `-2*y`"),
        ("x*exp(-x)", "-x^2*exp(-x)", "times `-x`"),
        ("(x + y)/2", "x + y", "times 2"),
        ("x*y", "x*y/3", "times 1/3"),
        ("x*y", "x*y + 0.5", "constant 1/2"),
    ],
)
def test_what_differs_is_said_in_words(answer, given_answer, message):
    """A factor or a summand, if it is short."""
    made = drawn(f"kind: expression\nvariables: {{x: 0.5..2, y: 0.5..2}}\nanswer: {answer}")

    assert message in says(made, given_answer)


@pytest.mark.parametrize(
    "a",
    [
        "x^(10^15)",
        "(1 + 10^(-16) x)^(10^17)",
        "1.0000001^(10^8)",
        "((((1.00001^99)^99)^99)^99)^x",
        "(x^99)^99",
    ],
)
def test_powers_near_one_are_compared_soon(a):
    """Their exact value would have more digits than there is memory; forty are enough."""
    began = time.thread_time()
    point = points({"x": "0.999999999..1.000000001"}, {}, {})[0]

    assert symbolic.equal_exactly(formula(a), formula(a), point) in {True, None}
    symbolic.relation(formula(a), formula(f"{a} + x"), point)
    assert time.thread_time() - began < 2


PARTS = st.recursive(
    st.sampled_from(["x", "y", "1", "2", "0.5", "pi", "e", "1e-30", "99"]),
    lambda inner: (
        st.builds("({} {} {})".format, inner, st.sampled_from("+-*/^"), inner)
        | st.builds(
            "{}({})".format, st.sampled_from(["exp", "log", "sqrt", "sin", "tanh", "atan", "log2"]), inner
        )
    ),
    max_leaves=12,
)


@settings(max_examples=80, deadline=None)
@given(PARTS, PARTS)
def test_any_two_formulas_are_compared_soon(a, b):
    """With an answer or without one."""
    symbolic._sympy()
    try:
        one, other = formula(a), formula(b)
    except AnswerError:
        return
    began = time.thread_time()

    symbolic.equal_exactly(one, other, POINT)
    symbolic.relation(one, other, POINT)

    assert time.thread_time() - began < 1
    assert symbolic.equal_exactly(one, one, POINT) in {True, None}
