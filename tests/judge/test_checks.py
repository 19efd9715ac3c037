"""The authors' library: each check catches the mistake it is for, says which, and lets right code pass."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import strategies as st

from cairn.judge import Outcome
from cairn.judge import checks as c
from cairn.judge.checks.gradient import explain
from cairn.judge.checks.sampling import draw
from cairn.judge.checks.statistical import upper_gamma


def failure(call, *args, **kwargs):
    """The finding of a check that must fail."""
    with pytest.raises(c.CheckFailed) as failed:
        call(*args, **kwargs)
    return failed.value.finding


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        (1.0, 1.0 + 1e-9), (np.float32(1), np.float32(1.00001)), (float("nan"), float("nan")),
        (np.inf, np.inf), ([1, 2.0], (1, 2)), ({"a": np.ones(2)}, {"a": [1, 1]}), ("x", "x"), (None, None),
        (np.array(3.0), 3), ([[1, 2]], np.array([[1.0, 2.0]])),
    ],
)  # fmt: skip
def test_what_is_right_up_to_rounding_is_close(got, expected):
    """Rounding, number types and lists for arrays do not matter."""
    c.close(got, expected)


@pytest.mark.parametrize(
    ("got", "expected", "words"),
    [
        (1.0, 1.001, "is 1, not 1.001"),
        (float("nan"), 1.0, "is nan"),
        (1.0, float("nan"), "not nan"),
        (float("inf"), 1e300, "is inf"),
        (np.ones((2, 3)), np.ones((3, 2)), "has shape (2, 3), not (3, 2)"),
        (np.array([1.0, 2, 3]), np.array([1.0, 2, 4]), "is 3 at [2], not 4 (1 of 3 entries differ)"),
        ({"a": 1}, {"b": 1}, "lacks the keys"),
        (["a"], ["a", "b"], "has 1 items, not 2"),
        (None, np.ones(1), "is a return missing"),
        (object(), 1.0, "not numbers"),
        (True, "True", "not 'True'"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(got, expected, words):
    """The first difference is in the message."""
    assert words in failure(c.close, got, expected).message


def test_shapes_and_dtypes_are_compared():
    """Both are shown."""
    c.shape(np.ones((2, 1)), (2, 1))
    c.dtype(np.ones(1, dtype=np.float32), np.float32)

    assert "(2,), not (2, 1)" in failure(c.shape, np.ones(2), (2, 1)).message
    assert "float64, not float32" in failure(c.dtype, np.ones(2), np.float32).message


PATTERNS = {
    "factor two": lambda g: 2 * g,
    "sign": lambda g: -g,
    "transposed": lambda g: g.T,
    "zero": np.zeros_like,
    "factor": lambda g: g / 8,
    "missing batch sum": lambda g: np.stack([g * 0.25, g * 0.75]),
    "not finite": lambda g: g * np.nan,
    "shape": lambda g: g.ravel(),
    "missing term": lambda g: g - g.mean(axis=0, keepdims=True),
    "some entries": lambda g: np.where(np.arange(g.size).reshape(g.shape) == 1, 0, g),
}


@pytest.mark.parametrize("pattern", PATTERNS)
def test_gradient_mistakes_are_recognised(pattern):
    """Each common mistake in a gradient is called by its name."""
    right = np.random.default_rng(0).normal(size=(3, 3))

    assert explain(PATTERNS[pattern](right), right, {})[0] == pattern


def test_a_missing_term_is_named():
    """Where the author gives the terms, the missing one is named."""
    a, b = np.array([1.0, 2.0]), np.array([0.5, -1.0])

    assert explain(a, a + b, {"the bias": b}) == ("missing term", "The term for the bias is missing.")
    assert explain(a - b, a + b, {"the bias": b})[0] == "sign of a term"


def test_gradients_are_checked_through_the_learners_code(module):
    """A right backward pass is accepted, a halved one recognised, with its parameter."""
    source = "def loss(W, x):\n    return 0.5 * ((x @ W) ** 2).sum()\n\n"
    source += "def grad(W, x):\n    return K * x.T @ (x @ W)\n"
    point = {"W": np.random.default_rng(0).normal(size=(3, 2)), "x": np.ones((4, 3))}
    right, half = module("K = 1.0\n" + source), module("K = 0.5\n" + source)

    c.gradient(right.loss, right.grad, point, wrt=("W",))
    found = failure(c.gradient, half.loss, half.grad, point, wrt=("W",))
    assert found.detail == {"parameter": "W", "pattern": "factor two"}


def test_invariants_hold_or_are_named(module):
    """Each structural check passes for what has the structure and fails for what lacks it."""
    m = module(
        "def same(x): return x * 2.0\ndef square(x): return x ** 2\n"
        "def running(x): return np.cumsum(x, axis=0)\n"
        "def centre(x): return x - x.mean(axis=0, keepdims=True)\ndef total(x): return x.sum(axis=0)\n"
        "def clip(x): return np.clip(x, -1, 1)\n"
    )
    rows = c.arrays(shape=(c.dim(2, 4), 2))

    c.permutation_equivariant(m.same, rows)
    c.permutation_invariant(m.total, rows)
    c.causal(m.running, rows)
    c.batch_independent(m.same, rows)
    c.linear(m.centre, rows)
    c.idempotent(m.clip, rows)
    c.invariant("no entry is negative", m.square, lambda got, x: got >= 0, rows)
    assert "follows the order" in failure(c.permutation_equivariant, m.running, rows).property
    assert "order of the input" in failure(c.permutation_invariant, m.running, rows).property
    assert "sees the future" in failure(c.causal, m.centre, rows).message
    assert "given alone" in failure(c.batch_independent, m.centre, rows).message
    assert "linear" in failure(c.linear, m.square, rows).property
    assert "twice" in failure(c.idempotent, m.same, rows).property
    assert (
        "not negative"
        not in failure(c.invariant, "no entry is negative", m.same, lambda g, x: g >= 0, rows).message
    )


def test_counterexamples_are_shrunk(module):
    """The smallest input is found: one entry, as simple as it can be."""
    m = module("def f(x):\n    return np.where(x > 2, 0, x)\n")
    found = failure(c.same_as_reference, m.f, lambda x: x, c.arrays(max_dims=2))

    assert found.input[0][1].shape == (1,)


def test_shared_lengths_shrink_together(module):
    """Two shapes that share a length still fit each other in the smallest example."""
    m = module("def f(a, b):\n    return a @ b + 1\n")
    n = c.dim(1, 5)
    found = failure(
        c.same_as_reference, m.f, lambda a, b: a @ b, c.arrays(shape=(2, n)), c.arrays(shape=(n, 3))
    )

    assert [shown.shape for _, shown in found.input] == [(2, 1), (1, 3)]


def test_hypothesis_strategies_are_taken(module):
    """A property over Hypothesis's own strategies is shrunk by Hypothesis."""
    m = module("def tokens(text):\n    return text.split(' ')\n")

    def holds(text):
        """joining the tokens gives the text"""  # noqa: D400, D403, D415
        return "-".join(m.tokens(text)) == text

    found = failure(c.property, holds, st.text(alphabet="ab ", max_size=5))
    assert found.property == "joining the tokens gives the text"
    assert found.input[0][1].text == "' '"


def test_other_inputs_are_drawn_and_shrunk(module):
    """Text, lists, numbers and choices work as inputs."""
    m = module(
        "def f(text, items, n, x, way):\n    return [text, items, n, x, way] if len(text) < 3 else None\n"
    )
    given = (
        c.text("ab"),
        c.lists(c.integers(0, 5)),
        c.integers(1, 9),
        c.floats(0, 1),
        c.sampled("up", "down"),
    )
    found = failure(c.same_as_reference, m.f, lambda *a: list(a), *given)

    assert found.input[0][1].text == "'aaa'"
    assert [shown.text for _, shown in found.input[1:]] == ["[]", "1", "0.0", "'up'"]


def test_instability_is_found_with_its_magnitude(module):
    """The sweep says at which size and precision it breaks."""
    m = module(
        "def good(x): return np.tanh(x)\n"
        "def bad(x): return (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))\n"
    )

    c.stable(m.good, np.tanh)
    found = failure(c.stable, m.bad, np.tanh)
    assert (found.detail["magnitude"], found.detail["dtype"]) == (1000, "float64")
    assert len(found.detail["sweep"]) == 10


def test_conduct_is_watched(module):
    """Changing inputs, answering differently, and calling what is forbidden are seen."""
    m = module(
        "def changes(x):\n    x += 1\n    return x\n\ndef fresh(x):\n    return x + 1\n\n"
        "def moody(x):\n    return x + np.random.normal()\n\ndef strict(x):\n    raise ValueError('no')\n"
    )
    x = np.ones(2)

    c.no_mutation(m.fresh, x)
    c.deterministic(m.fresh, x)
    c.raises(m.strict, x)
    assert "changed argument 1" in failure(c.no_mutation, m.changes, x).message
    assert "Called again" in failure(c.deterministic, m.moody, x).message
    assert "should raise ValueError" in failure(c.raises, m.fresh, x).message


def test_ready_made_functions_are_named(module):
    """A forbidden function is named whether it is called by module, by name or by another name."""
    for line in ("np.linalg.inv(x)", "inverse(x)", "np.linalg.solve(x, np.eye(2))"):
        m = module(f"from numpy.linalg import inv as inverse\n\ndef f(x):\n    return {line}\n")
        found = failure(c.from_scratch, m.f, np.eye(2), forbid=("numpy.linalg.*",))
        assert found.detail["called"][0].startswith("numpy.linalg.")
    c.from_scratch(module("def f(x):\n    return x * 2\n").f, np.eye(2), forbid=("numpy.linalg.*",))


def test_costs_are_fitted(module):
    """A double loop is quadratic, a single one linear; memory is fitted too."""
    m = module(
        "def slow(x):\n    s = 0\n    for a in x:\n"
        "        for b in x:\n            s += a * b\n    return s\n\n"
        "def quick(x):\n    return x.sum() ** 2\n\ndef table(x):\n    return np.outer(x, x).sum()\n"
    )
    make = np.ones
    sizes = (16, 32, 64)

    c.cost(m.quick, make, at_most=1, sizes=sizes)
    found = failure(c.cost, m.slow, make, at_most=1, sizes=sizes)
    assert 1.8 < found.detail["exponent"] < 2.2
    assert (
        1.5
        < failure(c.cost, m.table, make, at_most=1, sizes=(256, 512, 1024), of="bytes").detail["exponent"]
        < 2.2
    )


def test_samplers_are_tested_with_a_stated_rate():
    """Right samplers pass, wrong ones fail, and the rate of false alarms is in the finding."""
    rng = np.random.default_rng(0)
    p = [0.1, 0.2, 0.7]

    c.statistical(rng.choice(3, 3000, p=p), probabilities=p)
    c.statistical(rng.uniform(size=2000), cdf=lambda x: x)
    c.statistical(rng.normal(1, 2, size=2000), mean=1, std=2)
    found = failure(c.statistical, rng.choice(3, 3000), probabilities=p)
    assert found.detail["false_alarms"] == 1e-6
    assert "none of 0 to 2" in failure(c.statistical, np.array([0, 5]), probabilities=p).message
    failure(c.statistical, rng.normal(size=2000), cdf=lambda x: x)
    failure(c.statistical, rng.normal(size=2000), mean=0.5, std=1)


@pytest.mark.parametrize(
    ("a", "x", "tail"), [(0.5, 1.920729410, 0.05), (5, 9.153519027, 0.05), (1, 3.0, 0.0497870684)]
)
def test_the_chi_squared_tail_is_right(a, x, tail):
    """Against the tables: the 5 % points for 1 and 10 degrees of freedom, and exp(-3)."""
    assert upper_gamma(a, x) == pytest.approx(tail, rel=1e-6)


def test_parameters_are_counted_in_any_nesting():
    """Arrays in dicts and lists are counted by their entries."""
    c.parameter_count({"W": np.ones((3, 2)), "rest": [np.ones(4), (1.0,)]}, 11)

    assert "There are 6 parameters, not 7" in failure(c.parameter_count, [np.ones((3, 2))], 7).message


def test_where_shapes_part_the_trace_shows_it(module):
    """A wrong shape comes with the shapes of the intermediate arrays, line by line."""
    m = module("def f(x):\n    y = x.sum(axis=0)\n    z = y[None]\n    return z\n")
    found = failure(c.same_as_reference, m.f, lambda x: x, c.arrays(shape=(2, 3)))

    assert [(s["name"], s["shape"]) for s in found.detail["shapes"]] == [
        ("x", [2, 3]), ("y", [3]), ("z", [1, 3]), ("return", [1, 3])
    ]  # fmt: skip


def test_the_factor_of_a_gradient_is_explained_the_right_way_round():
    """A gradient that is B times too large is a sum where the mean was meant, 1/B of it the reverse."""
    right = np.random.default_rng(0).normal(size=(3, 2))

    assert "a sum where the mean was meant? Compare 8" in explain(8 * right, right, {})[1]
    assert "a mean where the sum was meant? Compare 8" in explain(right / 8, right, {})[1]


@pytest.mark.parametrize(
    "asked",
    [
        {"min_dims": 0, "max_dims": 1}, {"min_dims": 0, "max_dims": 2, "integers": True}, {"dtype": bool},
        {"dtype": np.float32, "low": 0, "high": 1}, {"dtype": np.int32, "integers": True}, {"min_side": 0},
    ],
    ids=str,
)  # fmt: skip
def test_drawn_and_simpler_arrays_are_arrays_of_the_dtype_that_was_asked_for(asked):
    """Neither an array without dimensions nor one of booleans changes its kind while it is made smaller."""
    strategy = c.arrays(**asked)
    for example in draw([strategy], 12):
        value = example.values[0]
        for one in (value, *strategy.simpler(value)):
            assert type(one) is np.ndarray
            assert one.dtype == value.dtype


def test_arrays_without_dimensions_and_of_booleans_are_shrunk(module):
    """A failing scalar and a failing mask come down to the simplest ones that fail."""
    m = module("def f(x):\n    return x * 3\ndef g(m):\n    return m.sum() + (1 if m.any() else 0)\n")
    point = failure(c.same_as_reference, m.f, lambda x: x, c.arrays(min_dims=0, max_dims=1))
    mask = failure(c.same_as_reference, m.g, lambda x: x.sum(), c.arrays(shape=(2, 3), dtype=bool))

    assert point.input[0][1].shape == ()
    assert mask.input[0][1].dtype == "bool"
    assert mask.input[0][1].text.count("True") == 1


def test_a_message_that_teaches_comes_first(module):
    """`message` is taken by all comparisons."""
    m = module("def f(x):\n    return x + 1\n")
    scenario = lambda mod, x: mod.f(x)  # noqa: E731
    twin = module("def f(x):\n    return x\n")
    for call, args in (
        (c.same_as_reference, (m.f, lambda x: x, c.integers(0, 3))),
        (c.same_behaviour, (m, twin, scenario, c.integers(0, 3))),
        (c.equal, (1, 2)),
        (c.close, (1, 2)),
    ):
        assert failure(call, *args, message="Mind the step.").message.startswith("Mind the step. The result")


def test_a_spent_budget_of_calls_is_named(module):
    """A function lent for two calls says so at the third, in a sentence for the learner."""
    m = module("def f(g, n):\n    return [g(i) for i in range(n)]\n")
    g = c.function("lambda x: x * 2", calls=2)

    c.equal(m.f(g, 2), [0, 2])
    found = failure(c.same_as_reference, m.f, lambda g, n: [], g, 3)
    assert found.message.startswith("The function that your code was given may be called 2 times here")
    assert "IndexError" not in found.message
    assert found.outcome is Outcome.WRONG


def test_costs_are_counted_through_plain_arrays(module):
    """`np.asarray`, `np.array` and arrays made inside do not end the counting, by module or by name."""
    m = module(
        "from numpy import asarray\n\ndef named(x):\n    x = asarray(x)\n    return x @ x\n\n"
        "def dotted(x):\n    x = np.array(x)\n    return x @ x\n\n"
        "def inside(x):\n    z = np.zeros(x.shape)\n    z += x\n    return z @ z\n"
    )
    for name in ("named", "dotted", "inside"):
        _, seen = getattr(m, name).watch(((np.ones((10, 10)),), {}), "cost")
        assert 1000 <= seen["cost"][0] <= 1400, name


def test_the_sweep_of_magnitudes_can_be_plotted(module):
    """For each dtype and size: whether it holds and the relative error; and where each dtype breaks first."""
    m = module("def f(x):\n    return np.log(np.exp(x).sum(axis=-1))\n")

    def right(x):
        top = x.max(axis=-1, keepdims=True)
        return np.log(np.exp(x - top).sum(axis=-1)) + top[..., 0]

    found = failure(c.stable, m.f, right, magnitudes=(1, 10, 100, 1000))
    assert found.detail["breaks"] == {"float64": 1000, "float32": 100}
    sweep = found.detail["sweep"]
    assert [e["magnitude"] for e in sweep if e["dtype"] == "float32"] == [1, 10, 100, 1000]
    assert all(0 <= e["relative_error"] < 1e-5 for e in sweep if e["holds"])
    assert [e["relative_error"] for e in sweep if not e["holds"]] == [None] * 3
