"""The numbers of optimisers, convolution and memory, against computations that share nothing with them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import signal

from cairn.playgrounds import Grid, Landscape, Table
from cairn.playgrounds.scene import Refused
from tests.playgrounds.reading import parts, scene


def test_slopes_and_minima(shipped):
    """Every surface's gradient is that of finite differences, and its minima are flat, lowest and as low as said."""
    names, _ = shipped["optimizer-choice"]
    rng = np.random.default_rng(0)
    for s in names["SURFACES"].values():
        for x, y in rng.uniform(-1.5, 1.5, (20, 2)):
            h = 1e-6
            want = [
                (s.value(x + h, y) - s.value(x - h, y)) / (2 * h),
                (s.value(x, y + h) - s.value(x, y - h)) / (2 * h),
            ]
            np.testing.assert_allclose(s.slope(x, y), want, rtol=1e-5, atol=1e-5)
        for m in s.minima:
            assert s.value(*map(float, m)) == pytest.approx(s.least, abs=1e-9)
            np.testing.assert_allclose(s.slope(*map(float, m)), 0, atol=1e-4)


@pytest.mark.parametrize("surface", ["bowl", "rosenbrock", "saddle"])
def test_paths(shipped, surface):
    """The four paths, one number at a time, by the formulas of their papers."""
    names, _ = shipped["optimizer-choice"]
    s, power, beta = names["SURFACES"][surface], -4 if surface == "rosenbrock" else -2.5, 0.8
    rate = 10.0**power
    at = {n: list(s.start) for n in ("gradient descent", "momentum", "RMSProp", "Adam")}
    m = {n: [0.0, 0.0] for n in at}
    v = {n: [0.0, 0.0] for n in at}
    for step in range(1, 31):
        for name, p in at.items():
            g = s.slope(*p)
            for i in range(2):
                if name == "gradient descent":
                    p[i] -= rate * g[i]
                elif name == "momentum":
                    m[name][i] = beta * m[name][i] + g[i]
                    p[i] -= rate * m[name][i]
                elif name == "RMSProp":
                    v[name][i] = 0.9 * v[name][i] + 0.1 * g[i] ** 2
                    p[i] -= rate * g[i] / (math.sqrt(v[name][i]) + 1e-8)
                else:
                    m[name][i] = beta * m[name][i] + (1 - beta) * g[i]
                    v[name][i] = 0.999 * v[name][i] + 0.001 * g[i] ** 2
                    p[i] -= (
                        rate
                        * (m[name][i] / (1 - beta**step))
                        / (math.sqrt(v[name][i] / (1 - 0.999**step)) + 1e-8)
                    )
    found = scene(shipped, "optimizer-choice", surface=surface, rate=power, beta=beta, steps=30)

    for trail in parts(found, Landscape)[0].trails:
        assert (trail.xs[-1], trail.ys[-1]) == pytest.approx(at[trail.label], rel=1e-9)
    for name, _, above, gap, _ in parts(found, Table)[0].rows:
        assert float(above.replace("−", "-")) == pytest.approx(s.value(*at[name]) - s.least, rel=6e-3)
        assert float(gap) == pytest.approx(min(math.dist(at[name], q) for q in s.minima), rel=6e-3)


def test_the_best_rate_is_the_best(shipped):
    """No other of the rates ends lower."""
    names, _ = shipped["optimizer-choice"]
    s = names["SURFACES"]["beale"]
    for racer in ("gradient descent", "Adam"):
        with np.errstate(all="ignore"):
            used, path = names["best"]("beale", racer, 0.9)
            ends = {
                r: s.value(*names["run"](s, names["racers"](0.9)[racer], [r])[-1, 0])
                for r in names["RATES"][::5]
            }
        assert s.value(*path[-1]) <= min(e for e in ends.values() if np.isfinite(e)) + 1e-12
        assert used in names["RATES"]


@settings(max_examples=60, deadline=None)
@given(
    n=st.integers(3, 9), k=st.integers(1, 5), s=st.integers(1, 4), p=st.integers(0, 3), place=st.integers(1, 49),
    picture=st.sampled_from(["edge", "square", "stripes"]), kernel=st.sampled_from(["upright", "mean", "centre"]),
)  # fmt: skip
def test_convolution(shipped, n, k, s, p, place, picture, kernel):
    """The output is every s-th number of SciPy's cross-correlation of the padded input."""
    names, _ = shipped["convolution"]
    values = {"n": n, "k": k, "stride": s, "padding": p, "place": place, "picture": picture, "kernel": kernel}
    if k > n + 2 * p:
        with pytest.raises(Refused):
            scene(shipped, "convolution", **values)
        return
    want = signal.correlate2d(
        np.pad(names["image"](picture, n), p), names["filter_of"](kernel, k), mode="valid"
    )[::s, ::s]
    found = scene(shipped, "convolution", **values)

    output = parts(found, Grid)[2]
    assert output.texts == tuple(
        tuple(names["short"](v if abs(v) > 1e-12 else 0) for v in row) for row in want
    )
    assert f"the output is {len(want)} × {len(want)}" in found.says
    (marked,) = output.marks
    window = parts(found, Grid)[0].marks
    assert window == tuple((marked[0] * s + a, marked[1] * s + b) for a in range(k) for b in range(k))


def test_convolution_counts(shipped):
    """A layer of 64 to 128 channels with 3 × 3 kernels has 73 728 weights."""
    rows = {r[0]: r[2].replace("\u202f", "") for r in parts(scene(shipped, "convolution"), Table)[0].rows}

    assert rows == {
        "weights": "73728", "weights and biases": "73856", "multiplications for one image": str(73728 * 36),
        "numbers in the output": str(128 * 36), "the same by a dense layer": str(64 * 36 * 128 * 36),
    }  # fmt: skip


def test_memory_of_seven_billion(shipped):
    """28, 14, 7 and 3.5 GB of weights; 112 GB of training state in both precisions; a 2 GiB cache at 4096 tokens."""
    topic = "training-memory-estimation"
    found = scene(shipped, topic)
    training, serving = parts(found, Table)

    assert "28 in FP32, 14 in FP16 or BF16, 7 in INT8, 3.5 in INT4" in found.says
    assert [r[1] for r in serving.rows] == ["28", "14", "7", "3.5"]
    assert {r[2] for r in serving.rows} == {f"{2 * 2**30 / 1e9:.3g}"}
    assert [r[1] for r in training.rows[:4]] == ["14", "14", "28", "56"]
    full = parts(scene(shipped, topic, precision="fp32"), Table)[0]
    assert [r[1] for r in full.rows[:4]] == ["28", "28", "0", "56"]
    assert [
        parts(scene(shipped, topic, precision="fp32", optimizer=o), Table)[0].rows[3][1]
        for o in ("momentum", "sgd")
    ] == ["28", "0"]


def test_activations(shipped):
    """Term by term in a layer; for 2048 tokens of width 4096 9.1 GB of linear terms and 21.5 GB of attention."""
    names, _ = shipped["training-memory-estimation"]
    shape = {"layers": 32, "width": 4096, "heads": 32, "length": 2048, "batch": 1}
    tensor, square = (
        2048 * 4096,
        32 * 2048**2,
    )  # numbers in one (s, b, h) tensor and in all attention matrices
    sixteen = (
        2 * (1 + 2 + 1 + 1) + 1 + 2 * (1 + 4 + 4) + 1 + 2 * 2
    )  # attention, its mask, MLP, its mask, two norms
    flash = names["activations"]("mixed", "flash", **shape)

    assert sixteen == 34
    assert flash == 32 * 34 * tensor
    assert flash / 1e9 == pytest.approx(9.1, abs=0.05)
    assert (names["activations"]("mixed", "all", **shape) - flash) / 1e9 == pytest.approx(21.5, abs=0.05)
    assert names["activations"]("fp32", "all", **shape) == 32 * (66 * tensor + 9 * square)
    assert names["activations"]("mixed", "inputs", **shape) == 32 * 2 * tensor
