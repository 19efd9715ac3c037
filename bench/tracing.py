"""Predicting the next answer, on ASSISTments 2009 with a published split: `python bench/tracing.py DATA_DIR`.

DATA_DIR holds `preprocessed_data_train.csv` and `preprocessed_data_test.csv` of Gervet and others (JEDM 2020):
tab-separated user_id, item_id, timestamp, correct, skill_id; no user is in both. The data are not shipped.
With `--pybkt PYTHON`, an interpreter that has pyBKT 1.4.3 (needs scikit-learn<1.6, numpy<2, pandas<2.3), that peer
runs too. Nothing is tuned on the test users.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import numpy as np
from _table import machine
from numpy.typing import NDArray
from peers import logistic
from peers.bkt import Bkt

from cairn.learner.tracing import Answers, Scores, fit_tracer, scores

Floats = NDArray[np.float64]
TARGET = 0.771


@dataclass(frozen=True)
class Line:
    """One method: its scores on the test users, seconds to fit and to predict."""

    who: str
    scores: Scores
    fit_s: float
    predict_s: float


def read(folder: Path, part: str) -> NDArray[np.int64]:
    return np.loadtxt(folder / f"preprocessed_data_{part}.csv", delimiter="\t", skiprows=1, dtype=np.int64)


def ours(train: Answers, test: Answers) -> tuple[Floats, float, float]:
    begin = time.perf_counter()
    tracer = fit_tracer(train)
    fitted = time.perf_counter()
    predicted = tracer.replay(test)
    return predicted, fitted - begin, time.perf_counter() - fitted


def bkt(train: Answers, test: Answers) -> tuple[Floats, float, float]:
    model = Bkt(train.skills)
    begin = time.perf_counter()
    model.fit(train.person, train.skill, train.correct)
    fitted = time.perf_counter()
    predicted = model.predict(test.person, test.skill, test.correct)
    return predicted, fitted - begin, time.perf_counter() - fitted


def pybkt(python: str, folder: Path) -> tuple[Floats, float, float]:
    with tempfile.TemporaryDirectory() as place:
        out = Path(place) / "out.npz"
        child = Path(__file__).parent / "peers" / "pybkt_child.py"
        files = [str(folder / f"preprocessed_data_{part}.csv") for part in ("train", "test")]
        begin = time.perf_counter()
        subprocess.run([python, str(child), *files, str(out)], check=True, stdout=subprocess.DEVNULL)
        whole = time.perf_counter() - begin
        found = np.load(out)
        spent = float(found["seconds"])
        return found["predicted"], spent, whole - spent


def online(train: Answers, test: Answers, answers: int) -> float:
    """Microseconds for one prediction and one update, one learner at a time."""
    tracer = fit_tracer(train, rounds=1)
    history, who = tracer.start(), np.array([0])
    begin = time.perf_counter()
    for k in range(answers):
        item, skill = test.item[k : k + 1], test.skill[k : k + 1]
        tracer.predict(history, who, item, skill)
        tracer.observe(history, who, item, skill, test.correct[k : k + 1])
    return (time.perf_counter() - begin) / answers * 1e6


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path, nargs="?", metavar="DATA_DIR")
    parser.add_argument("--pybkt", metavar="PYTHON", help="an interpreter with pyBKT")
    parser.add_argument("--quick", action="store_true", help="leave out the slow peers")
    parser.add_argument("--json", action="store_true", help="print a JSON document")
    options = parser.parse_args()
    if options.data is None:
        print("not run: the data of ASSISTments 2009 are not shipped; name their folder")
        return 0
    if not (options.data / "preprocessed_data_train.csv").is_file():
        parser.error(f"{options.data} holds no preprocessed_data_train.csv")
    raw = {part: read(options.data, part) for part in ("train", "test")}
    items = max(int(r[:, 1].max()) for r in raw.values()) + 1
    skills = max(int(r[:, 4].max()) for r in raw.values()) + 1
    train, test = (
        Answers(r[:, 0], r[:, 1], r[:, 4], r[:, 3].astype(np.float64), items, skills) for r in raw.values()
    )

    runs: list[tuple[str, Callable[[], tuple[Floats, float, float]]]] = [
        ("cairn", lambda: ours(train, test)),
        ("BKT, vectorised EM", lambda: bkt(train, test)),
    ]
    if not options.quick:
        runs += [(name, partial(logistic.run, kind, train, test)) for name, kind in logistic.KINDS.items()]
    if options.pybkt:
        runs.append(("pyBKT 1.4.3", lambda: pybkt(options.pybkt, options.data)))
    lines = []
    for who, run in runs:
        predicted, fit_s, predict_s = run()
        lines.append(Line(who, scores(test.correct, predicted), fit_s, predict_s))
        print(f"{who}: {lines[-1].scores.auc:.4f}", file=sys.stderr, flush=True)
    each = online(train, test, 2000)
    if options.json:
        document = {"format": 1, "machine": machine(), "online_us": each, "rows": [asdict(x) for x in lines]}
        print(json.dumps(document))
    else:
        show(train, test, lines, each)
        if not options.pybkt:
            print("pyBKT was not run: name an interpreter that has it with --pybkt")
    return 0 if lines[0].scores.auc >= TARGET else 1


def show(train: Answers, test: Answers, lines: list[Line], each: float) -> None:
    print(f"Next answer on ASSISTments 2009: {len(train.person)} to fit, {len(test.person)} to predict")
    print(f"{machine()}\n")
    print(f"{'by':<22} {'AUC':>6}  {'log loss':>8}  {'RMSE':>6}  {'ECE':>6}  {'fit':>9}  {'predict':>9}")
    for x in sorted(lines, key=lambda x: -x.scores.auc):
        s = x.scores
        print(
            f"{x.who:<22} {s.auc:>6.4f}  {s.log_loss:>8.4f}  {s.rmse:>6.4f}  {s.ece:>6.4f}"
            f"  {x.fit_s:>7.1f} s  {x.predict_s:>7.1f} s"
        )
    print(f"\ncairn online, one learner: {each:.0f} µs for a prediction and an update")


if __name__ == "__main__":
    raise SystemExit(main())
