"""Grading is total: any answer to any item gets a mark and a message, soon."""

# ruff: noqa: E501  # tables of answers read better in one line each

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cairn.curriculum.items import symbolic
from cairn.curriculum.items.grading import Mark, grade
from cairn.curriculum.items.variant import variant
from tests.curriculum.items.making import EVERY, drawn

SOON = 1.0
"""Seconds within which an answer is graded, on a machine that does nothing else."""

HOSTILE = [
    "", " ", "nan", "NaN", "inf", "-∞", "1e400", "-1e400", "1e308", "1e308 EB", "1e-400", "0/0", "1/0", "10^308 * 10^308",
    "9^9^9^9", "9**9**9**9", "x^x^x^x^x", "comb(1000, 500)" + " + comb(1000, 500)" * 60, "170!!!!!!", "0.5!",
    "x" * 10**6, "1" * 10**6, "(" * 10**6, "A'" * 10**5, "\ud800", "1\udfff", "\x00", "1\u202e2", "\u200b", "፩", "(፩, ፩)",
    "٣", "①", "﷽" * 1000, "﷽" * 4000, "α" * 1000, "½" * 300, "x" + "'" * 900, "A" + "'" * 900, "A" + "^T" * 400, "x" + "^T^2" * 200,
    "(" * 500 + "1" + ")" * 500, "[" * 499 + "1" + "]" * 499, "]" * 3999, "[" + "]" * 3990 + "x]", "] " * 1999, "1" + " " * 3000 + "x",
    "1 " + "a " * 490 + "!", "|" * 900, "!" * 500, "-" * 900 + "1", "log " * 240 + "2", "e" * 1000, "1,2;3,4", "[[1, 2], [3]]", "1,,2",
    "[1, 2, 3]" * 100, "diag([" + "1," * 290 + "1])^8", "det(diag([" + "1," * 90 + "1]))", "inv(A - A)", "A^(1/0)", "A^1e400", "A^nan",
    "max(x)", "sum(x)", "[x, y]", "norm()", "dot(A)", "exp(exp(exp(exp(x))))", "1/exp(exp(exp(exp(9)))) + x",
    "__import__('os').system('touch /tmp/owned')", "exec('1')", "().__class__.__bases__", "A.__class__", "{{7*7}}", "${7*7}", "<script>alert(1)</script>",
    "'; DROP TABLE answers; --", "\\frac{1}{2}", "\\frac{" * 100, "\\sqrt[3]{2}", "\\begin{pmatrix}1\\\\2\\end{pmatrix}", "\\input{/etc/passwd}",
    "%s%s%s%n", "../../etc/passwd", "1e", "0x10", "1_000", "1'000", "5 apples", "🙂", "None", "True", "error", "()", "[]", "torch.Size([])",
]  # fmt: skip


@pytest.fixture(scope="module")
def variants(mini, real):
    """One variant of every item there is, and of one of each form."""
    bank = [*mini.curriculum.items, *real.curriculum.items]
    made = [drawn(sheet) for sheet in EVERY]
    seen = {}
    for item in bank:
        seen.setdefault((item.topic, item.kind), item)  # one of each kind a topic
    return made + [variant(item, 1) for item in list(seen.values())[:40]]


def graded(made, answer):
    """The mark of an answer, after what must hold of any was seen to."""
    result = grade(made, answer)

    assert result.message
    result.message.encode()
    assert len(result.message) < 1000
    assert bool(result.shown) == (result.mark is not Mark.UNREADABLE)
    return result.mark


@pytest.mark.parametrize("answer", HOSTILE, ids=lambda a: ascii(a)[:30])
def test_a_hostile_answer_gets_a_mark_and_a_message_soon(variants, answer):
    """To every kind of item; the median item is graded at once, and no formula is run."""
    symbolic._sympy()
    times = []
    for made in variants:
        for given_answer in (answer, [answer]):
            began = time.thread_time()
            graded(made, given_answer)
            times.append(time.thread_time() - began)

    assert max(times) < SOON


SIGNS = [*"0123456789xyAb.,;:+-*/^@()[]{}|!'\" \\$%_=<>&", *"²½−×·√π∞αΣ፩٣", "\u202f", "\ud800", "\n"]
WORDS = [
    "sqrt",
    "exp",
    "log ",
    "comb(",
    "diag(",
    "inv(",
    "^T",
    ".T",
    "**",
    ".*",
    "1e3",
    "GB",
    "nan",
    "error",
    " by ",
    "\\frac{",
    "\\begin{pmatrix}",
    "a0",
    "d1",
    "s2",
]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_text_gets_a_mark_and_a_message(variants, data):
    """Alone or in a list, to any item."""
    text = data.draw(
        st.text(max_size=60) | st.lists(st.sampled_from(SIGNS + WORDS), max_size=30).map("".join)
    )
    made = data.draw(st.sampled_from(variants))

    began = time.thread_time()
    graded(made, text)
    graded(made, [text, *data.draw(st.lists(st.text(max_size=5), max_size=3))])
    assert time.thread_time() - began < 2 * SOON


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_what_is_no_text_gets_a_mark_and_a_message(variants, data):
    """A face hands on whatever JSON a client sent in a list."""
    values = (
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats()
        | st.lists(st.integers())
        | st.text(max_size=3)
    )
    made = data.draw(st.sampled_from(variants))

    graded(made, data.draw(st.lists(values, max_size=6)))


@settings(max_examples=150, deadline=None)
@given(
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["{!r}", "{:.17g}", " {!r} ", "${!r}$", "x = {!r}"]),
)
def test_a_number_is_read_as_python_wrote_it(number, form):
    """Any finite number, in full."""
    from cairn.curriculum.items import reading

    assert reading.number(form.format(number)) == pytest.approx(number, rel=1e-12, abs=0)
