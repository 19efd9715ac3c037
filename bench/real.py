"""A few answers of real learners, the rest predicted, on Junyi Academy 2015: `python bench/real.py DATA_DIR`.

DATA_DIR holds `responses.csv` (student, exercise, correct; one first answer each, without order) and `K_Directed.txt`
(prerequisite, exercise). The data are for non-commercial use and are not shipped.

Protocol: a fifth of the students are tested, those with at least 25 answers; a fifth of each one's answers is held
out, the rest is a pool. A method is told k answers from the pool, chosen by itself one after the other or at random,
and predicts the held-out ones. Items are fitted on the other students alone. What is to be predicted is not shown to
the choice: it aims at the whole pool. Several splits; the mean, and the standard error of the paired difference.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from _table import machine
from numpy.typing import NDArray
from peers.opening import Around, Opening, Person

from cairn.learner.tracing import Field, Items, Responses, diffusion, fit_items, reveal, scores

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
KS: tuple[int | None, ...] = (0, 5, 10, 20, None)
BASE = "1PL, random"


Choose = Callable[[Field, Ints, int], Ints]


def split(rows: Ints, seed: int) -> tuple[Ints, list[Person]]:
    rng = np.random.default_rng(seed)
    students = np.unique(rows[:, 0])
    tested = np.isin(rows[:, 0], rng.choice(students, len(students) // 5, replace=False))
    return rows[~tested], people(rows[tested], rng)


def people(rows: Ints, rng: np.random.Generator) -> list[Person]:
    rows = rows[np.argsort(rows[:, 0], kind="stable")]
    out = []
    for mine in np.split(rows[:, 1:], np.flatnonzero(np.diff(rows[:, 0])) + 1):
        if len(mine) >= 25:
            order = rng.permutation(len(mine))
            held = max(1, round(0.2 * len(mine)))
            out.append(Person(mine[order[held:]], mine[order[:held]]))
    return out


def at_random(_field: Field, pool: Ints, k: int) -> Ints:
    return np.arange(min(k, len(pool)))  # the pool is in random order


def by_worth(field: Field, pool: Ints, k: int) -> Ints:
    return reveal(field, pool[:, 1].astype(np.float64), np.ones(len(pool)), k)


def by_information(field: Field, pool: Ints, k: int) -> Ints:
    """The answer that tells most about the item's own logit: BALD, maximum information in one dimension."""
    asked: list[int] = []
    now = field
    for _ in range(min(k, len(pool))):
        p = now.probability()
        value = p * (1 - p) * np.diag(now.covariance)
        value[asked] = -1
        asked.append(int(value.argmax()))
        now = field.given(np.array(asked), pool[asked, 1].astype(np.float64))
    return np.array(asked, dtype=np.int64)


def predict(
    whole: Field,
    tested: list[Person],
    choose: Choose,
    ks: Sequence[int | None],
    shift: Callable[[Person], Floats] | None,
) -> list[Floats]:
    """For each k the predictions of all held-out answers after k answers; after the whole pool for None.

    A choice is made once for the largest k, one answer after the other; its beginning is the choice for a smaller.
    """
    out: list[list[Floats]] = [[] for _ in ks]
    most = max((k for k in ks if k is not None), default=0)
    for person in tested:
        n = len(person.pool)
        field = whole.at(person.exercises())
        if shift is not None:
            field = Field(field.mean + shift(person), field.covariance)
        chosen = choose(Field(field.mean[:n], field.covariance[:n, :n]), person.pool, most)
        for found, k in zip(out, ks, strict=True):
            told = np.arange(n) if k is None else chosen[:k]
            found.append(field.given(told, person.pool[told, 1].astype(np.float64)).probability()[n:])
    return [np.concatenate(found) for found in out]


def covariance(items: Items) -> Floats:
    return np.asarray(items.loadings @ items.loadings.T)


def widen(field: Field, kernel: Floats, weight: float) -> Field:
    """Add `weight` times the graph's kernel, of unit diagonal, and stretch the rest so that frequencies stay.

    Averaging over a logit's variance shrinks it (see `Field.probability`); the items were fitted without that
    variance, so they are stretched by what it shrinks.
    """
    stretch = 1 + np.pi / 8 * weight
    return Field(field.mean * np.sqrt(stretch), field.covariance * stretch + weight * kernel)


def strength(base: Field, kernel: Floats, rows: Ints, rng: np.random.Generator) -> float:
    """How strong the graph's kernel should be, by log loss on a sample of the students the items were fitted on."""
    sample = rng.choice(np.unique(rows[:, 0]), 600, replace=False)
    tested = people(rows[np.isin(rows[:, 0], sample)], rng)
    outcome = np.concatenate([p.query[:, 1] for p in tested]).astype(np.float64)

    def loss(weight: float) -> float:
        whole = predict(widen(base, kernel, weight), tested, at_random, [None], None)
        return scores(outcome, whole[0]).log_loss

    return min((0.0, 0.1, 0.2, 0.3, 0.5, 0.8, 1.2), key=loss)


def one_split(
    rows: Ints, edges: Ints, seed: int, dimensions: int
) -> tuple[dict[str, list[Floats]], float, int]:
    """For each method the AUC, log loss and ECE at each k; the graph's strength; answers predicted."""
    train, tested = split(rows, seed)
    rng = np.random.default_rng(1000 + seed)
    count = int(max(rows[:, 1].max(), edges.max())) + 1
    person, item, correct = train[:, 0], train[:, 1], train[:, 2].astype(np.float64)
    responses = Responses(person, item, correct, count)
    one = fit_items(responses, free=False)
    two = fit_items(responses)
    many = fit_items(responses, dimensions)
    kernel = diffusion(edges, count, reach=3.0)
    rasch, plain, low = (Field(x.easiness, covariance(x)) for x in (one, two, many))
    weight = strength(plain, kernel, train, rng)
    graph, both, known = (widen(f, kernel, weight) for f in (plain, low, rasch))
    mean = Field(one.easiness, np.zeros_like(kernel))
    methods: dict[str, tuple[Field, Choose, Callable[[Person], Floats] | None]] = {
        "item mean": (mean, at_random, None),
        BASE: (rasch, at_random, None),
        "1PL, maximum information": (rasch, by_information, None),
        "1PL + graph, random": (known, at_random, None),
        "1PL + graph, maximum information": (known, by_information, None),
        "2PL, random": (plain, at_random, None),
        "2PL, maximum information": (plain, by_information, None),
        "2PL, cairn's choice": (plain, by_worth, None),
        "2PL + graph, random": (graph, at_random, None),
        "2PL + graph, cairn's choice": (graph, by_worth, None),
        f"{dimensions} factors + graph, cairn's choice": (both, by_worth, None),
        "told what was opened, 2PL, cairn's choice": (plain, by_worth, Opening.fit(two, train, None, rng)),
        "told what was opened, 2PL + graph, cairn's choice": (
            graph,
            by_worth,
            Opening.fit(two, train, Around.of(edges, count), rng),
        ),
    }
    outcome = np.concatenate([p.query[:, 1] for p in tested]).astype(np.float64)
    out: dict[str, list[Floats]] = {}
    for name, (field, choose, shift) in methods.items():
        found = [scores(outcome, p) for p in predict(field, tested, choose, KS, shift)]
        out[name] = [np.array([s.auc, s.log_loss, s.ece]) for s in found]
        print(f"split {seed}, {name}: {found[2].auc:.4f} at 10", file=sys.stderr, flush=True)
    return out, weight, len(outcome)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path, nargs="?", metavar="DATA_DIR")
    parser.add_argument("--splits", type=int, default=5)
    parser.add_argument("--factors", type=int, default=6)
    parser.add_argument("--quick", action="store_true", help="one split")
    parser.add_argument("--json", action="store_true", help="print a JSON document")
    options = parser.parse_args()
    if options.data is None:
        print("not run: the data of Junyi 2015 are not shipped; name their folder")
        return 0
    if not (options.data / "responses.csv").is_file():
        parser.error(f"{options.data} holds no responses.csv")
    rows = np.loadtxt(options.data / "responses.csv", delimiter=",", skiprows=1, dtype=np.int64)
    edges = np.loadtxt(options.data / "K_Directed.txt", dtype=np.int64)
    seeds = range(1 if options.quick else options.splits)
    runs = [one_split(rows, edges, seed, options.factors) for seed in seeds]
    table = {name: np.array([run[0][name] for run in runs]) for name in runs[0][0]}  # (splits, ks, scores)
    if options.json:
        means = {name: values.mean(0).tolist() for name, values in table.items()}
        print(
            json.dumps(
                {
                    "format": 1,
                    "machine": machine(),
                    "k": KS,
                    "scores": ["auc", "log_loss", "ece"],
                    "rows": means,
                }
            )
        )
        return 0
    show(table, [run[1] for run in runs], [run[2] for run in runs])
    return 0


def show(table: dict[str, Floats], weights: list[float], counts: list[int]) -> None:
    splits = len(counts)
    print(f"Junyi 2015: AUC of held-out answers after k answers; mean of {splits} splits")
    print(f"{machine()}; {counts} answers predicted; strength of the graph, fitted: {weights}\n")
    width = max(map(len, table))
    heads = "".join(f"{'all' if k is None else f'k={k}':>8}" for k in KS)
    print(f"{'method':<{width}}{heads}   log loss, ECE at 10   AUC at 10 less {BASE}")
    base = table[BASE]
    for name, values in table.items():
        auc = "".join(f"{x:>8.4f}" for x in values[:, :, 0].mean(0))
        _, loss, ece = values[:, 2].mean(0)
        gain = values[:, 2, 0] - base[:, 2, 0]
        error = f" ± {gain.std(ddof=1) / np.sqrt(splits):.4f}" if splits > 1 else ""
        print(f"{name:<{width}}{auc}         {loss:.4f}  {ece:.4f}   {gain.mean():+.4f}{error}")


if __name__ == "__main__":
    raise SystemExit(main())
