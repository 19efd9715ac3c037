"""The numbers of concentration, bias and variance, double descent, against computations of their own."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from cairn.playgrounds import Plot, Table
from tests.playgrounds.reading import parts, scene


@pytest.mark.parametrize(("law", "p"), [("coin", 0.5), ("rare", 0.05)])
@pytest.mark.parametrize(("n", "t"), [(5, 0.1), (100, 0.08), (500, 0.05)])
def test_tails(shipped, law, p, n, t):
    """The exact tail is the binomial law's, the count lies within six standard errors, and both bounds hold."""
    rows = {
        r[0]: float(r[1].replace("e−", "e-"))
        for r in parts(scene(shipped, "bernstein-inequality", law=law, n=n, t=t), Table)[0].rows
    }
    want = stats.binom.sf(math.ceil(n * (p + t) - 1e-9) - 1, n, p)

    assert rows["exact"] == pytest.approx(want, rel=6e-3)
    assert abs(rows["counted"] - want) < 6 * math.sqrt(want / 20_000) + 1e-3 * want
    assert rows["Hoeffding"] == pytest.approx(math.exp(-2 * n * t * t), rel=6e-3)
    assert rows["Bernstein"] == pytest.approx(
        math.exp(-n * t * t / 2 / (p * (1 - p) + max(p, 1 - p) * t / 3)), rel=6e-3
    )
    assert want <= min(rows["Hoeffding"], rows["Bernstein"]) * 1.01


@pytest.mark.parametrize("law", ["three", "middle"])
def test_sums_of_other_laws(shipped, law):
    """The law of a sum of four draws, by listing all outcomes."""
    names, _ = shipped["bernstein-inequality"]
    weights = names["LAWS"][law][1]
    want = np.zeros(4 * (len(weights) - 1) + 1)
    for outcome in np.ndindex(*[len(weights)] * 4):
        want[sum(outcome)] += math.prod(weights[i] for i in outcome)

    np.testing.assert_allclose(names["sum_law"](law, 4), want, atol=1e-15)
    assert names["moments"](np.array(weights))[1] == pytest.approx(
        np.dot(weights, (np.linspace(0, 1, len(weights)) - 0.5) ** 2)
    )


def test_draws_needed(shipped):
    """The least n for which the bound is at most 0.05: one fewer is not enough."""
    for row in parts(scene(shipped, "bernstein-inequality", law="rare", t=0.1), Table)[0].rows[2:]:
        n, k = int(row[2]), 2 * 0.1**2 if row[0] == "Hoeffding" else 0.1**2 / 2 / (0.0475 + 0.95 * 0.1 / 3)
        assert math.exp(-n * k) <= 0.05 < math.exp(-(n - 1) * k)


@pytest.mark.parametrize(("degree", "n", "noise"), [(0, 20, 0.3), (3, 20, 0.3), (7, 40, 1.0)])
def test_bias_and_variance(shipped, degree, n, noise):
    """The same from NumPy's polynomial fits, and bias plus variance is the mean squared distance to the truth."""
    names, _ = shipped["bias-variance-decomposition"]
    x = names["PLACES"]
    fits = np.array(
        [
            np.polyval(np.polyfit(a, b, degree), x)
            for a, b in zip(*names["training_sets"](n, noise), strict=True)
        ]
    )
    bias, variance = names["parts"](n, noise, degree)

    np.testing.assert_allclose(names["predictions"](n, noise, degree), fits, rtol=1e-6, atol=1e-6)
    assert bias + variance == pytest.approx(((fits - names["truth"](x)) ** 2).mean(), rel=1e-6)
    assert (
        f"squared bias {bias:.3g}, variance {variance:.3g}".replace("e-", "e−")
        in scene(shipped, "bias-variance-decomposition", degree=degree, n=n, noise=noise).says
    )


@pytest.mark.parametrize("p", [4, 22, 40, 120])
@pytest.mark.parametrize("ridge", [0.0, 0.3])
def test_double_descent(shipped, p, ridge):
    """Errors from closed forms: the pseudo-inverse, and the penalised normal equations on centred data."""
    names, _ = shipped["double-descent"]
    x, y, tests, answers, features = names["data"](0.5, 1)
    a, b = (np.maximum(z @ features[:, :p], 0) for z in (x, tests))
    centred = a - a.mean(axis=0)
    w = (
        np.linalg.solve(centred.T @ centred + ridge * np.eye(p), centred.T @ (y - y.mean()))
        if ridge
        else np.linalg.pinv(centred, rcond=1e-12) @ (y - y.mean())
    )
    shift = y.mean() - a.mean(axis=0) @ w
    training, test, length = names["errors"](0.5, ridge, p, 1)

    assert test == pytest.approx(((b @ w + shift - answers) ** 2).mean(), rel=1e-6)
    assert training == pytest.approx(((a @ w + shift - y) ** 2).mean(), rel=1e-6, abs=1e-12)
    assert length == pytest.approx(np.linalg.norm(w), rel=1e-6)


def test_double_descent_has_its_peak(shipped):
    """With noise the error peaks near 29 features and falls beyond; a penalty flattens the peak."""
    line = parts(scene(shipped, "double-descent"), Plot)[0].series[0]
    flat = parts(scene(shipped, "double-descent", ridge="0.3"), Plot)[0].series[0]
    peak = int(np.argmax(line.ys))

    assert 27 <= line.xs[peak] <= 31
    assert line.ys[-1] < line.ys[peak] / 5
    assert max(flat.ys) < line.ys[peak] / 5
