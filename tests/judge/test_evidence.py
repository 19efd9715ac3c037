"""What a failed check keeps: witnesses of a wrong value, and positions that see the future."""

from __future__ import annotations

from cairn.judge import checks as c
from cairn.judge.checks.check import within

from .test_checks import failure

CAUSAL = """
def norm(x):
    return (x - x.mean(axis=-1, keepdims=True)) / np.sqrt(x.var(axis=-1, keepdims=True) + 1e-5)

def peeks(x):
    return norm(x) + norm(x).mean(axis=0)

def sound(x):
    return np.cumsum(norm(x), axis=0)

def looked_up(ids):
    table = np.arange(20.0)[::-1] ** 2
    return np.cumsum(table[ids]) if SOUND else table[ids] + table[ids].sum()

def earlier_flags(m):
    return np.cumsum(m) if SOUND else m.sum() - np.cumsum(m)
"""


def test_causality_is_seen_behind_a_normalisation(module):
    """A layer norm takes away a constant added to all features; the future is seen all the same."""
    m = module(CAUSAL)
    for features in (2, 4):
        rows = c.arrays(shape=(c.dim(2, 4), features))
        c.causal(m.sound, rows)
        assert "sees the future" in failure(c.causal, m.peeks, rows).message


def test_causality_is_seen_for_whole_numbers_and_flags(module):
    """Token ids stay within those that occur, and flags are turned."""
    ids, flags = c.arrays(shape=c.dim(2, 5), integers=True), c.arrays(shape=c.dim(2, 5), dtype=bool)
    sound, peeking = module("SOUND = True\n" + CAUSAL), module("SOUND = False\n" + CAUSAL)

    c.causal(sound.looked_up, ids)
    c.causal(sound.earlier_flags, flags)
    failure(c.causal, peeking.looked_up, ids)
    failure(c.causal, peeking.earlier_flags, flags)


def test_a_failed_property_has_witnesses(module):
    """What the learner's functions gave in the failing case can be asked of another solution."""
    right, wrong = module("def f(x):\n    return x\n"), module("def f(x):\n    return x + 1\n")
    found = failure(c.property, lambda n: wrong.f(n) == n, c.integers(0, 5), name="f keeps its input")

    assert {w.got for w in found.witnesses} == {1}
    assert {w.replay(wrong) for w in found.witnesses} == {1}
    assert {w.replay(right) for w in found.witnesses} == {0}


def test_a_value_compared_by_hand_has_a_witness(module):
    """A value that came straight from a call is traced back to that call while a check runs."""
    m = module("def f(x):\n    return x + 1\n")
    with within(c.Setting()):
        found = failure(c.close, m.f(3), 3)
        other = failure(c.close, m.f(3) + 1, 3)

    assert [w.replay(m) for w in found.witnesses] == [4]
    assert other.witnesses == ()


def test_a_value_that_several_calls_gave_has_no_witness(module):
    """Small numbers are one object: where two calls gave it, neither is taken for its source."""
    m = module("def f(x):\n    return 1\ndef g(x):\n    return 1\n")
    with within(c.Setting()):
        got = m.f(3)
        m.g(4)
        assert failure(c.close, got, 3).witnesses == ()
