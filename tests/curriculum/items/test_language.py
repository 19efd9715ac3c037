"""The language of an author's expressions: what it gives, what it refuses, and that it ends."""

# ruff: noqa: E501  # tables of answers read better in one line each

from __future__ import annotations

import time
from textwrap import indent

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cairn.curriculum import load
from cairn.curriculum.items.functions import FUNCTIONS
from cairn.curriculum.items.language import LanguageError, parse
from cairn.curriculum.items.linter import lint_items
from cairn.curriculum.items.rng import Rng
from cairn.curriculum.items.template import fill
from cairn.curriculum.items.variant import ItemError, variant
from tests.curriculum.items.making import CODE, drawn, item, read

NAMES = {"n": 3, "A": np.array([[1, 2], [3, 4]]), "case": {"who": "bank", "rate": 0.5}, "z": [1.0, 2.0]}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("n ** 2 - 1", 8),
        ("-n // 2 + n % 2", -1),
        ("2 ** -1", 0.5),
        ("1 if n > 2 and not n == 4 else 0", 1),
        ("0 < n <= 3", True),
        ("2 in [1, 2]", True),
        ("A.T[0, 1]", 3),
        ("(A @ A)[1][0]", 15),
        ("case.rate * 2", 1.0),
        ("[i * j for i, j in zip([1, 2], [3, 4]) if i > 1]", [8]),
        ("sum(i for i in range(5))", 10),
        ("round(2.5)", 3),
        ("round(2.345, 2)", 2.35),
        ("frac(1, 3) + frac(1, 6)", 0.5),
        ("softmax([0, 0])[0]", 0.5),
        ("matmul_shape([2, 3], [3, 4])", [2, 4]),
        ("matmul_shape([5, 2, 3], [3, 4])", [5, 2, 4]),
        ("matmul_shape([3], [3, 4])", [4]),
        ("matmul_shape([2, 3], [3])", [2]),
        ("matmul_shape([3], [3])", []),
        ("matmul_shape([2, 3], [2, 3])", "error"),
        ("broadcast([3, 1], [4])", [3, 4]),
        ("z * 2", [2.0, 4.0]),
        ("det(A)", -2.0),
        ("case.who", "bank"),
    ],
)
def test_an_expression_has_the_value_that_python_and_numpy_give_it(text, value):
    """With whole numbers staying whole, and halves rounded up."""
    made = parse(text)(NAMES)

    assert np.all(made == value) or np.allclose(made, value)


@given(st.lists(st.integers(0, 4), max_size=3), st.lists(st.integers(0, 4), max_size=3))
def test_the_shape_of_a_product_is_that_of_numpy(a, b):
    """For every pair of shapes, those that fail too."""
    try:
        expected = list(np.matmul(np.zeros(a), np.zeros(b)).shape)
    except ValueError:
        expected = "error"

    assert FUNCTIONS["matmul_shape"](a, b) == expected


REFUSED = """
().__class__
A.__class__
A.shape
A.tofile
case.__init__
case.items
"".join
rng._state
rng.bits
__import__('os')
open('x')
eval('1')
exec('1')
getattr(n, 'x')
print(1)
lambda: 1
(n := 2)
f'{n}'
[*z]
{1: 2}
{1, 2}
{**case}
sum(*z)
join(**case)
await n
yield n
n is None
[x async for x in z]
[a.b for a.b in z]
[x for x in z for y in z]
...
b'x'
1j
~n
n << 2
n & 1
n; n
import os
x = 1
no_such_name
no_such_function(1)
n(2)
case(2)
exp
z[5]
z['a']
case.nothing
1 / 0
log(0)
array([[1], [1, 2]])
A @ [1, 2, 3]
'%s' % n
n.real
""".strip().splitlines()


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_not_in_the_language_is_refused_with_a_message(text):
    """Attributes, builtins, statements, unknown names and failing arithmetic alike."""
    with pytest.raises(LanguageError) as error:
        parse(text)({**NAMES, "rng": Rng("x")})
    assert str(error.value)


COSTLY = """
9 ** 9 ** 9 ** 9
frac(2, 3) ** 10 ** 8
'a' * 10 ** 9
'%1000000000d' % 5
range(10 ** 9)
factorial(10 ** 6)
comb(10 ** 9, 5 * 10 ** 8)
outer(range(10000), range(10000))
diag(range(10000))
zeros(10 ** 9)
ones(10 ** 5, 10 ** 5)
array(range(10 ** 7))
round(5, -10 ** 9)
matmul_shape([10 ** 9, 10 ** 9], [10 ** 9, 10 ** 9])[0] // 0
sum([sum([sum([1 for k in range(9999)]) for j in range(9999)]) for i in range(9999)])
[sum([1 for j in range(9999)]) for i in range(9999)]
""".strip().splitlines()
DEEP = [
    "-" * 990 + "1",
    "(" * 490 + "1" + ")" * 490,
    "[" * 490 + "]" * 490,
    "not " * 240 + "1",
    "1+" * 499 + "1",
]


@pytest.mark.parametrize("text", COSTLY)
def test_what_would_take_for_ever_is_refused_at_once(text):
    """In time and in memory: a hundredth of a second is plenty, a second is allowed for."""
    began = time.perf_counter()

    with pytest.raises(LanguageError):
        parse(text)(NAMES)
    assert time.perf_counter() - began < 1


@pytest.mark.parametrize("text", [*DEEP, "x" * 1001, "\0", "9" * 999, "0x", "'"], ids=lambda t: t[:9])
def test_what_is_too_deep_or_long_is_a_message_or_a_value(text):
    """Never an error of the parser or of the stack."""
    try:
        parse(text)({})
    except LanguageError as error:
        assert str(error)  # noqa: PT017  # either is right


WORDS = [*FUNCTIONS, *NAMES, "for", "in", "if", "else", "not", "None", "True", "lambda", "rng"]
SIGNS = [*"()[]{},.:+-*/%@<>=!'\"\\ _0123456789", "**", "//", "==", "9999", "1e308", "__", ".T", " x "]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS + SIGNS), max_size=14).map("".join) | st.text(max_size=30))
def test_any_text_is_a_value_or_a_message_soon(text):
    """Whatever an author mistypes."""
    began = time.perf_counter()
    try:
        with np.errstate(all="ignore"):
            fill(f"<<{text}>>", {**NAMES, "rng": Rng("x")})
    except LanguageError as error:
        assert str(error)  # noqa: PT017  # either is right
    assert time.perf_counter() - began < 2


def test_a_function_of_the_topic_may_fail_in_any_way():
    """What it raised is the message, at the line of the entry that called it."""
    broken = item(
        "kind: numeric\nvary:\n  n: 2\n  x: make(n)\nanswer: x",
        "def make(n):\n    raise RuntimeError('no luck')\n",
    )

    with pytest.raises(ItemError, match="no luck") as error:
        variant(broken, 1)
    assert error.value.path == ("vary",)


def test_items_py_gives_functions_and_its_faults_have_a_line():
    """A public function is called by name and may draw; a fault while it is read is a problem of its own file."""
    code = "def draw(rng):\n    return rng.integer(5, 5)\n\ndef _hidden():\n    return 1\n"
    made = drawn("kind: numeric\nvary: {n: draw(rng)}\nanswer: n + 1", code=code)
    assert made.key.value == 6
    assert set(read("items: {}\n", code).problems) == set()

    found = read("items: {}\n", "x = 1\ny = 1 / 0\n").problems
    assert [(p.file, p.line, p.code) for p in found] == [(CODE, 2, "items-code")]
    found = read("items: {}\n", "x = = 1\n").problems
    assert [(p.file, p.line, p.code) for p in found] == [(CODE, 1, "items-code")]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<<n>>", "3"),
        ("<<3.0>> <<0.1 + 0.2>> <<3.0:.1f>>", "3 0.3 3.0"),
        ("<<-n:paren>> <<-n:signed>> <<n:signed>>", "(-3) - 3 + 3"),
        ("<<1:term>>x <<-1:term>>x <<1:factor>>x <<-1:factor>>x", "+ x - x x -x"),
        ("<<A>>", r"\begin{pmatrix}1 & 2 \\ 3 & 4\end{pmatrix}"),
        ("<<[1, 2]:column>> <<[1, 2]:list>> <<[1, 2]>>", r"\begin{pmatrix}1 \\ 2\end{pmatrix} [1, 2] (1, 2)"),
        ("<<0.75:frac>> <<-0.5:frac>> <<2:frac>>", r"\frac{3}{4} -\frac{1}{2} 2"),
        ("<<0.255:percent>>% <<12345.0:sci>> <<1000000:sci>>", r"25.5% 1.23 \times 10^{4} 10^{6}"),
        ("<<-0.0001:.2f>> <<1234567:,>>", "0.00 1\u202f234\u202f567"),
        ("<<case.who>> << n + 1 >>", "bank 4"),
        ("a << b", "a << b"),
    ],
)
def test_a_hole_is_filled_in_the_form_it_asks_for(text, shown):
    """As a person would write it, in Markdown and LaTeX."""
    assert fill(text, NAMES) == shown


@pytest.mark.parametrize(
    "text",
    [
        "<<n:nothing>>",
        "<<n:.999999999f>>",
        "<<case.who:.2f>>",
        "<<inf>>",
        "<<inf:frac>>",
        "<<10 ** 400 :.2f>>",
        "<<z:term>>",
        "<<n:column>>",
    ],
)
def test_a_hole_that_cannot_be_shown_says_so(text):
    """An unknown form, a form for other values, or a number without end."""
    with pytest.raises(LanguageError):
        fill(text, NAMES)


MISTAKEN = [
    ("kind: numeric\nvary: {n: 5..2}\nanswer: n", 7),
    ("kind: numeric\nvary: {n: \"'a'..'b'\"}\nanswer: n", 7),
    ("kind: numeric\nvary: {n: 0..inf by 1}\nanswer: n", 7),
    ("kind: numeric\nvary: {n: {each: 1..2, shape: ['2.5']}}\nanswer: n", 7),
    ("kind: numeric\nvary: {n: {each: 1..2, shape: [3], distinct: true}}\nanswer: n", 7),
    ("kind: numeric\nvary: {n: {each: 1..2, shape: [999, 999]}}\nanswer: n", 7),
    ("kind: numeric\nvary: {n: {of: [1, 2], take: 3}}\nanswer: n", 7),
    ("kind: numeric\nvary: {n: {of: '5'}}\nanswer: n", 7),
    ("kind: numeric\nvary: {n: later, later: 2}\nanswer: n", 7),
    ("kind: numeric\nvary: {n: [1, 2]}\nwhere:\n  - n > 0\n  - array([1, 2])\nanswer: n", 10),
    ("kind: numeric\nvary: {n: [1, 2]}\nwhere: [n > 5]\nanswer: n", 7),
    ("kind: numeric\nanswer: \"'a'\"", 7),
    ("kind: numeric\nanswer: inf", 7),
    ("kind: numeric\nanswer: 1\nmistakes:\n  - {value: 2, misconception: a, says: x, repairs: topic#a}\n  - {value: oops, misconception: b, says: x}", 10),
    ("kind: numeric\nanswer: 1\nmistakes:\n  - {value: 2, misconception: nowhere}", 9),
    ("kind: expression\nvariables: {x: 2..1}\nanswer: x", 7),
    ("kind: expression\nvariables: {x: \"'a'..2\"}\nanswer: x", 7),
    ("kind: expression\narrays: {A: [99, 2]}\nanswer: A", 7),
    ("kind: expression\nvariables: {x: 1..2}\nanswer: x +", 8),
    ("kind: expression\nvariables: {x: -2..-1}\nanswer: log(0 * x)", 8),
    ("kind: shape\nanswer: '5'", 7),
    ("kind: shape\nanswer: '[inf]'", 7),
    ("kind: order\nsteps: [{text: a}, {text: b}, {text: c}]", 7),
    ("kind: order\nsteps:\n  - a\n  - {text: b, after: [nothing]}\n  - c", 9),
    ("kind: output\ncode: x = 1", 7),
    ("kind: output\ncode: 'print('", 7),
    ("kind: output\ncode: \"while True: pass\"", 7),
    ("kind: output\ncode: \"while True: print(1)\"", 7),
    ("kind: output\ncode: print(input())", 7),
    ("kind: output\ncode: \"import random; print(random.random())\"", 7),
]  # fmt: skip


@pytest.mark.parametrize(("sheet", "line"), MISTAKEN)
def test_an_author_s_mistake_is_an_error_with_its_line(sheet, line, mini_files):
    """Whatever is wrong with an item, the linter says where, and goes on with the others."""
    name = "topics/sums/addition/questions.yaml"
    text = "items:\n  it:\n    level: use\n    ask: What?\n    explain: So.\n" + indent(sheet, "    ") + "\n"
    files = {**mini_files, name: text.replace("topic#a", "addition#why").encode()}

    began = time.perf_counter()
    report = lint_items(load(files).curriculum, variants=3)
    errors = [p for p in report.problems if p.severity == "error"]

    assert {p.file for p in errors} == {name}
    assert line in {p.line for p in errors if p.code == "item"}
    assert all(p.message.startswith("it: ") for p in errors)
    assert report.items == 7
    assert time.perf_counter() - began < 5


def test_a_program_s_error_is_its_last_line_and_its_warnings_are_silent():
    """So that an item can ask what goes wrong."""
    assert drawn("kind: output\ncode: |\n  print(1)\n  [][0]").key.text == "1\nIndexError"
    assert (
        drawn(
            "kind: output\ncode: |\n  import numpy as np\n  print(float(np.log(np.array([0.0]))[0]))"
        ).key.text
        == "-inf"
    )
    assert drawn("kind: output\ncode: |\n  print(1)\n  raise SystemExit").key.text == "1\nSystemExit"
