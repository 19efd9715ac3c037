"""Variants: the same seed gives the same question for ever, and kept parameters give it again."""

# tables of answers read better in one line each

from __future__ import annotations

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.curriculum.items.grading import grade
from cairn.curriculum.items.proving import answer_for
from cairn.curriculum.items.rng import Rng
from cairn.curriculum.items.variant import ItemError, variant
from tests.curriculum.items.making import CHOICE, EVERY, ORDER, SEVERAL, drawn, item

DRAWING = """
kind: numeric
vary:
  n: 3..9
  p: 0.1..0.9 by 0.1
  q: 0.5..2.5
  name: [alpha, beta]
  case: [{who: doctor, rate: 0.01}, {who: bank, rate: 0.002}]
  A: {each: -3..3, shape: [2, n], distinct: false}
  two: {of: [1, 2, 5, 9], take: 2}
  half: frac(1, n)
  total: n * 2 + two[0]
where: [n != 4]
ask: <<name>> <<case.who>> <<A>> <<two>>
answer: total * q
mistakes: [{value: total * p, misconception: a, says: x, repairs: topic#why}]
"""


def test_chance_is_splitmix64():
    """The published first outputs for the state 1234567: the stream never changes with a version."""
    rng = Rng("")
    rng._state = 1234567

    assert [rng.bits() for _ in range(5)] == [
        6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821,
    ]  # fmt: skip


GOLDEN = {
    1: {
        "n": 6,
        "p": 0.2,
        "q": 0.7348955477274621,
        "name": "beta",
        "case": {"fields": {"who": "bank", "rate": 0.002}},
        "A": {"array": [[-3, 1, 3, -3, -2, 0], [3, -1, 1, 3, 3, 3]], "type": "int64"},
        "two": [1, 9],
        "half": {"fraction": [1, 6]},
        "total": 13,
    },
    2: {
        "n": 8,
        "p": 0.2,
        "q": 2.336804542763391,
        "name": "alpha",
        "case": {"fields": {"who": "doctor", "rate": 0.01}},
        "A": {"array": [[3, 3, 2, 2, -3, -2, 1, 1], [2, -3, -2, -2, 2, -2, -1, 2]], "type": "int64"},
        "two": [9, 2],
        "half": {"fraction": [1, 8]},
        "total": 25,
    },
    -7: {
        "n": 6,
        "p": 0.7,
        "q": 0.8747269444795729,
        "name": "beta",
        "case": {"fields": {"who": "doctor", "rate": 0.01}},
        "A": {"array": [[-1, 3, 2, -3, 3, -3], [-2, 0, 3, -1, 0, -3]], "type": "int64"},
        "two": [2, 5],
        "half": {"fraction": [1, 6]},
        "total": 14,
    },
    100000000000000000000: {
        "n": 7,
        "p": 0.1,
        "q": 1.819716262873521,
        "name": "beta",
        "case": {"fields": {"who": "bank", "rate": 0.002}},
        "A": {"array": [[2, 1, 3, -1, 1, -3, 1], [3, -3, -1, -3, -3, -3, 2]], "type": "int64"},
        "two": [9, 5],
        "half": {"fraction": [1, 7]},
        "total": 23,
    },
}


@pytest.mark.parametrize("seed", [1, 2, -7, 10**20])
def test_a_seed_gives_the_same_parameters_for_ever(seed):
    """These were drawn once; a learner's history names only the seed."""
    made = variant(item(DRAWING), seed)

    assert json.loads(json.dumps(made.parameters)) == GOLDEN[seed]


@pytest.mark.parametrize(
    ("sheet", "orders"),
    [(CHOICE, "c2d3d2d58f9f0e7a"), (SEVERAL, "baf54eab167b102d"), (ORDER, "19006abf97d696c2")],
    ids=["choice", "several", "order"],
)
def test_a_seed_gives_the_same_options_in_the_same_order_for_ever(sheet, orders):
    """For the first twenty seeds together."""
    keys = [[o.key for o in drawn(sheet, seed).options] for seed in range(20)]

    assert hashlib.sha256(json.dumps(keys).encode()).hexdigest()[:16] == orders


@given(st.integers())
def test_a_seed_gives_the_same_variant_twice(seed):
    """Of any item and any seed, from files read anew."""
    for sheet in EVERY:
        a, b = drawn(sheet, seed), drawn(sheet, seed)
        assert (a.ask, a.options, a.shown, a.parameters) == (b.ask, b.options, b.shown, b.parameters)
        assert repr(a.key) == repr(b.key)


@given(st.integers(0, 50))
def test_kept_parameters_give_the_variant_again(seed):
    """Also when `vary` has changed since, so that an old answer can be graded again."""
    old = variant(item(DRAWING), seed)
    kept = json.loads(json.dumps(old.parameters))
    changed = item(DRAWING.replace("n: 3..9", "n: 50..90").replace("0.5..2.5", "7.5..8.5"))

    again = variant(changed, seed, kept)

    assert again.parameters == old.parameters
    assert again.key.value == old.key.value
    assert grade(again, answer_for(old)).mark == "right"


def test_kept_parameters_that_no_longer_fit_are_refused():
    """The item was changed so that they are ruled out: it says so rather than grade by another question."""
    kept = variant(item(DRAWING), 1).parameters

    with pytest.raises(ItemError, match="no longer fit"):
        variant(item(DRAWING.replace("n != 4", "n > 99")), 1, kept)


@pytest.mark.parametrize(
    "change",
    [
        ("n: 3..9", "n: 3..8"),
        ("total * q", "total * q + 0"),
        ("misconception: a", "misconception: b"),
        ("says: x", "says: y"),
    ],
)
def test_the_version_changes_with_whatever_could_change_a_variant(change):
    """What varies, the key, and what is said of a mistake."""
    assert item(DRAWING).version == item(DRAWING).version
    assert item(DRAWING).version != item(DRAWING.replace(*change)).version


def test_the_version_changes_with_the_topic_s_functions():
    """Their source is part of every item's version."""
    one, other = (f"def f():\n    return {n}\n" for n in (1, 2))

    assert (
        item("kind: numeric\nanswer: f()", one).version != item("kind: numeric\nanswer: f()", other).version
    )


@given(st.integers(0, 400))
def test_what_is_drawn_keeps_to_what_varies(seed):
    """Ranges, grids, lists, shapes and conditions."""
    values = variant(item(DRAWING), seed).parameters

    assert values["n"] in {3, 5, 6, 7, 8, 9}
    assert round(values["p"] * 10, 9) in range(1, 10)
    assert 0.5 <= values["q"] < 2.5
    assert values["name"] in {"alpha", "beta"}
    assert values["case"]["fields"] in ({"who": "doctor", "rate": 0.01}, {"who": "bank", "rate": 0.002})
    assert len(values["A"]["array"]) == 2
    assert all(len(row) == values["n"] and set(row) <= set(range(-3, 4)) for row in values["A"]["array"])
    assert len(set(values["two"])) == 2


def test_right_options_stand_everywhere_equally():
    """Over 400 seeds each of the four places is right between 70 and 130 times: beyond is a chance of 1 in 1000."""
    places = [
        next(i for i, o in enumerate(drawn(CHOICE, seed).options) if o.text == "Right") for seed in range(400)
    ]

    assert all(70 <= places.count(i) <= 130 for i in range(4))


def test_a_mistake_never_equals_the_key_or_another_mistake():
    """Such draws are thrown away: the answer would say the wrong thing."""
    sheet = """
    kind: numeric
    vary: {a: 1..3, b: 1..3}
    answer: a * b
    mistakes:
      - {value: a + b, misconception: adds, says: x, repairs: topic#why}
      - {value: a ** b, misconception: raises, says: y, repairs: topic#why}
    """
    for seed in range(60):
        made = drawn(sheet, seed)
        values = [made.key.value, *(f.key.value for f in made.foreseen)]
        assert len(set(values)) == 3
