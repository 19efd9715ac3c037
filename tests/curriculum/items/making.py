"""Make one item from YAML, as a topic's file would."""

# ruff: noqa: E501  # tables of answers read better in one line each

from __future__ import annotations

from textwrap import dedent, indent

from cairn.curriculum.items.bank import ItemBank
from cairn.curriculum.items.grading import grade
from cairn.curriculum.items.variant import variant

NAME = "topics/area/topic/questions.yaml"
CODE = "topics/area/topic/items.py"
HEAD = "items:\n  it:\n    level: use\n    explain: So.\n"


def read(text, code=""):
    """What the bank reads from a whole file."""
    files = {"topic": (CODE, dedent(code).encode())} if code else {}
    return ItemBank({"topic": (NAME, text.encode())}, files).topic("topic")


def item(sheet, code=""):
    """One item from the keys that matter; the others are filled in."""
    ask = "" if "\nask: " in sheet else "    ask: What?\n"
    found = read(HEAD + ask + indent(dedent(sheet).strip("\n"), "    ") + "\n", code)
    assert found.problems == (), found.problems
    return found.items["it"]


def drawn(sheet, seed=1, code=""):
    """One variant of such an item."""
    return variant(item(sheet, code), seed)


def mark(made, answer):
    """The mark of an answer."""
    return grade(made, answer).mark.value


def says(made, answer):
    """The message for an answer."""
    return grade(made, answer).message


NUMBER = """
kind: numeric
vary: {a: 3}
answer: a / 4
unit: GB
mistakes: [{value: a * 4, misconception: multiplied, says: You multiplied., repairs: topic#why}]
"""
SHARE = "kind: numeric\nanswer: '0.75'"
COUNT = "kind: numeric\nanswer: '1000'"
VECTOR = "kind: numeric\nanswer: '[1, 2.5, -3]'"
MATRIX = "kind: numeric\nanswer: '[[1, 2], [3, 4]]'"
FORMULA = """
kind: expression
variables: {x: 0.5..2, y: 0.5..2}
answer: 2*x*cos(x^2) + y
mistakes: [{value: cos(x^2) + y, misconception: inner-left-out, says: The inner derivative is missing., repairs: topic#why}]
"""
MATRICES = "kind: expression\narrays: {A: [3, 2], x: [2], b: [3]}\nanswer: A.T @ (A x - b)"
SHAPE = """
kind: shape
answer: [B, '2']
symbols: [B]
mistakes: [{value: ['2', B], misconception: turned, says: It is turned., repairs: topic#why}]
"""
FAILS = "kind: shape\nanswer: matmul_shape([2, 3], [2, 3])"
CHOICE = """
kind: choice
answer: Right
distractors:
  - {text: Wrong one, misconception: first-idea, says: The first idea., repairs: topic#why, lacks: other@use}
  - {text: Wrong two, misconception: second-idea, says: The second idea., repairs: topic#why}
  - {text: Wrong three, misconception: third-idea, says: The third idea., repairs: topic#why}
"""
SEVERAL = CHOICE.replace("answer: Right", "answer: [Right one, Right two]\nmultiple: true")
ORDER = """
kind: order
steps: [First, Second, Third, {text: Anywhere}]
distractors: [{text: Never, misconception: stray, says: It does not belong., repairs: topic#why}]
"""
OUTPUT = """
kind: output
code: print([1, 0.5], "a")
mistakes: [{value: '[0.5, 1] a', misconception: sorted-first, says: It is not sorted., repairs: topic#why}]
"""
FREE = """
kind: free
model: This and that.
rubric: [{point: This}, {point: That}, {point: More}]
passes: 2
"""
EVERY = [NUMBER, COUNT, VECTOR, MATRIX, FORMULA, MATRICES, SHAPE, FAILS, CHOICE, SEVERAL, ORDER, OUTPUT, FREE]
