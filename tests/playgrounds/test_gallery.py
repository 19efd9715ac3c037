"""The gallery: curves of real runs that can be made again, and a drill that is fair."""

from __future__ import annotations

import importlib.util
import json
import sys
from itertools import pairwise

import numpy as np
import pytest

from cairn.playgrounds import Note, Plot, Question, Wall
from cairn.playgrounds.running import show
from tests.conftest import REAL

FOLDER = REAL / "topics/practical-training/loss-curve-interpretation/playground"
DATA = json.loads((FOLDER / "runs.json").read_text(encoding="utf-8"))
AGAIN = [
    "healthy-spirals-1", "dropout-text-1", "overfitting-blobs-1", "no-shuffle-blobs-1", "leakage-blobs-2",
    "half-precision-blobs-1", "weight-decay-too-strong-spirals-1", "validation-too-small-blobs-1",
]  # fmt: skip


@pytest.fixture(scope="module")
def runs():
    """The script that made the curves."""
    spec = importlib.util.spec_from_file_location("loss_curve_runs", FOLDER / "runs.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["loss_curve_runs"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def names(shipped):
    """The names in the gallery's file."""
    return shipped["loss-curve-interpretation"][0]


@pytest.fixture(scope="module")
def playgrounds(shipped):
    """The gallery and the drill."""
    return shipped["loss-curve-interpretation"][1]


def numbers(values):
    """Losses with NaN for what is none."""
    return np.array([np.nan if v is None else v for v in values])


@pytest.mark.parametrize("name", AGAIN)
def test_a_run_is_made_again(runs, name):
    """The script gives the stored curve: the same length, and every number within 1 %, also on another machine."""
    kept = next(r for r in DATA["runs"] if r["id"] == name)
    made = runs.record(*next(r for r in runs.every() if r[0] == name))

    assert {k: v for k, v in made.items() if k not in {"training", "validation"}} == {
        k: v for k, v in kept.items() if k not in {"training", "validation"}
    }
    for key in ("training", "validation"):
        np.testing.assert_allclose(numbers(made[key]), numbers(kept[key]), rtol=0.01)


def test_the_store_is_the_scripts(runs, names):
    """Over a hundred runs, each named by the script with its cause and settings, in under 300 kB."""
    assert [(r["id"], r["fault"]) for r in DATA["runs"]] == [(n, f) for n, f, _ in runs.every()]
    assert [r["changed"] for r in DATA["runs"]] == [
        json.loads(json.dumps(runs.changed(s))) for _, _, s in runs.every()
    ]
    assert len(DATA["runs"]) >= 100
    assert {r["fault"] for r in DATA["runs"]} == set(names["CAUSES"])
    assert (FOLDER / "runs.json").stat().st_size < 300_000


def test_gradients_of_the_network(runs):
    """The script's backward pass agrees with finite differences."""
    settings = runs.Settings(hidden=2, width=5, activation="tanh")
    rng = np.random.default_rng(0)
    x, y = runs.draw(settings, rng, 6)
    layers = runs.start(settings, x.shape[1], rng)

    def loss():
        return runs.loss_of(runs.probabilities(runs.forward(layers, x, settings)[0], half=False), y)

    logits, kept = runs.forward(layers, x, settings)
    for layer, gradient in zip(
        layers, runs.backward(layers, kept, runs.probabilities(logits, half=False), y), strict=True
    ):
        place = tuple(rng.integers(0, n) for n in layer.shape)
        before = layer[place]
        layer[place] = before + 1e-6
        above = loss()
        layer[place] = before - 1e-6
        below = loss()
        layer[place] = before
        assert gradient[place] == pytest.approx((above - below) / 2e-6, abs=1e-7)


def test_faults_leave_the_sign_that_is_told(names):
    """What the texts say of a cause holds for its runs on the blobs."""
    found = {}
    for run in DATA["runs"]:
        if run["task"] == "blobs":
            found.setdefault(run["fault"], []).append((numbers(run["training"]), numbers(run["validation"])))
    guess = np.log(10)

    for training, validation in found["overfitting"]:
        assert training[-1] < 0.02
        assert validation[-1] > validation.min() + 0.2
    for training, validation in found["dropout"] + found["label-noise"]:
        assert (training[10:] > validation[10:]).mean() > 0.9
    for training, _ in found["half-precision"]:
        assert not np.isfinite(training[-1])
        assert training[0] < 3
    for training, validation in found["dead-relus"]:
        assert np.abs(np.concatenate([training, validation]) - guess).max() < 0.1
    for training, _ in found["bad-last-layer"]:
        assert training[0] > 1.5 * guess
        assert training[-1] < guess
    for training, validation in found["leakage"]:
        assert training[-1] < 0.1
        assert np.abs(validation[-1] - training[-1]) < 0.2
    healthy = np.median([validation[-1] for _, validation in found["healthy"]])
    for training, validation in (
        found["weight-decay-too-strong"] + found["underfitting"] + found["rate-too-low"]
    ):
        assert validation[-1] > healthy + 0.2
        assert abs(training[-1] - validation[-1]) < 0.35
    for training, validation in found["validation-too-small"]:
        assert np.diff(validation[20:]).std() > np.diff(training[20:]).std()


def test_likeness_is_what_it_says(names):
    """Two runs are alike when their smoothed logarithms lie close; worked out again, point by point."""

    def logarithms(run):
        scale = {"blobs": 1.0, "spirals": 1.0, "text": 0.2}[run["task"]]
        out, ragged = [], []
        for key in ("training", "validation"):
            z = [np.log(min(max(v, 1e-3), 50) + 0.02) / scale if v is not None else None for v in run[key]]
            known = [b - a for a, b in pairwise(z) if a is not None and b is not None]
            ragged.append(np.log((np.std(known) if len(known) > 3 else 1.0) + 0.02))
            for i, v in enumerate(z):
                near = [w for w in z[max(0, i - 2) : i + 3] if w is not None]
                out.append(np.mean(near) if v is not None else None)
        return out, ragged

    blobs = [i for i, r in enumerate(DATA["runs"]) if r["task"] == "blobs" and len(r["training"]) == 60][:12]
    for i in blobs:
        for j in blobs:
            (a, rough_a), (b, rough_b) = logarithms(DATA["runs"][i]), logarithms(DATA["runs"][j])
            pairs = [(p - q) ** 2 for p, q in zip(a, b, strict=True) if p is not None and q is not None]
            want = np.sqrt(np.mean(pairs)) + 0.1 * max(
                abs(p - q) for p, q in zip(rough_a, rough_b, strict=True)
            )
            assert names["apart"](i, j) == pytest.approx(want, rel=1e-6, abs=1e-9)


def test_the_drill_is_fair(names, playgrounds):
    """Each question offers what was planted and something that does not fit; every answer is judged by what fits."""
    drill = playgrounds["loss-curve-drill"]
    asked = set()
    for number in range(1, len(DATA["runs"]) + 1):
        i = int(names["ORDER"][number - 1])
        asked.add(i)
        offered, fit = names["options"](i), names["fitting"](i)
        assert DATA["runs"][i]["fault"] in offered
        assert len(set(offered)) == 5
        assert set(offered) - set(fit)
        if number % 10:
            continue
        before = show(drill, {"number": number})
        (question,) = (p for p in before.parts if isinstance(p, Question))
        assert question.right == ()
        assert names["CAUSES"][DATA["runs"][i]["fault"]][2] not in before.says
        for cause in offered:
            after = show(drill, {"number": number, "answer": f"{number}:{cause}"})
            (question,) = (p for p in after.parts if isinstance(p, Question))
            assert question.right == tuple(f"{number}:{c}" for c in offered if c in fit)
            assert after.says.startswith("It fits" if cause in fit else "It does not fit")
    assert asked == set(range(len(DATA["runs"])))


def test_an_answer_belongs_to_its_curve(playgrounds):
    """An answer to another curve, or one that was not offered, leaves the question open."""
    drill = playgrounds["loss-curve-drill"]
    for answer in ("2:overfitting", "1:nothing", "1:", "overfitting", "😀"):
        assert show(drill, {"number": 1, "answer": answer}) == show(drill, {"number": 1})


def test_a_curve_alone_does_not_tell(playgrounds):
    """Dead ReLUs, vanishing gradients and permuted labels look the same; the drill says so and shows the twin."""
    drill = playgrounds["loss-curve-drill"]
    told = []
    for number in range(1, len(DATA["runs"]) + 1):
        found = show(drill, {"number": number, "answer": f"{number}:dead-relus"})
        if "From the curve alone nobody could tell" in found.says:
            told.append(found)

    assert told
    assert any(sum(isinstance(p, Plot) for p in found.parts) == 2 for found in told)
    assert any("Other runs look the same" in p.text for f in told for p in f.parts if isinstance(p, Note))


def test_the_wall_shows_every_cause(names, playgrounds):
    """Small pictures of all causes on a task, each leading to its runs, the present one marked."""
    (wall,) = (p for p in show(playgrounds["loss-curve-gallery"], {}).parts if isinstance(p, Wall))

    assert {t.values["fault"] for t in wall.tiles} == {
        r["fault"] for r in DATA["runs"] if r["task"] == "blobs"
    }
    assert [t.values["fault"] for t in wall.tiles if t.here] == ["overfitting"]
