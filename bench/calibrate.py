"""Calibration of many answers in bounded memory: `python bench/calibrate.py [--answers N]`.

Writes a synthetic table of N answers (10 million) to Parquet, a piece at a time, then runs `cairn calibrate` on it in
a process of its own and prints its time, its peak resident memory, and how well it found what was put in. The
synthetic people have states coupled by requirements with leaks, which the fitted model does not assume.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from _table import machine

from cairn.app import load

LIMIT_MB = 2048
PER_SKILL = 3
PER_PERSON = 40  # skills asked of each person


def truth(rng: np.random.Generator) -> tuple[list[str], list[list[int]], np.ndarray, np.ndarray]:
    """The shipped curriculum's skills and requirements, with items of random slip and guess."""
    graph = load(Path(__file__).parent.parent / "curriculum").curriculum.graph
    names = [str(n) for n in graph.nodes]
    items = len(names) * PER_SKILL
    return names, [list(n) for n in graph.needs], rng.beta(3, 27, items), rng.beta(6, 24, items)


def piece(
    rng: np.random.Generator, begin: int, people: int, names: list[str], needs: list[list[int]],
    slip: np.ndarray, guess: np.ndarray,
) -> pl.DataFrame:  # fmt: skip
    """Some people's answers."""
    skills = len(names)
    ability = rng.normal(size=(people, 1))
    known = rng.random((people, skills)) < 1 / (1 + np.exp(-(1.5 + 1.2 * ability)))
    for s, needed in enumerate(needs):
        if needed:
            known[:, s] &= known[:, needed].all(axis=1) | (rng.random(people) < 0.05)
    start = rng.integers(0, skills - PER_PERSON, people)
    skill = (start[:, None] + np.arange(PER_PERSON)).repeat(PER_SKILL, axis=1).ravel()
    person = np.arange(people).repeat(PER_PERSON * PER_SKILL)
    item = skill * PER_SKILL + np.tile(np.arange(PER_SKILL), people * PER_PERSON)
    p = np.where(known[person, skill], 1 - slip[item], guess[item])
    order = rng.permutation(len(item))  # as a store keeps them: people mixed
    table = {
        "person": np.char.add("person-", (begin + person[order]).astype(str)),
        "item": np.char.add("item-", item[order].astype(str)),
        "skill": np.array(names)[skill[order]],
        "at": (1.75e9 + rng.random(len(item)) * 20 * 86400).astype(np.int64),
        "correct": (rng.random(len(item)) < p)[order],
        "seconds": np.exp(rng.normal(3.5, 0.6, len(item))).astype(np.float32),
    }
    return pl.DataFrame(table).with_columns(pl.from_epoch("at"))


def write(folder: Path, answers: int, rng: np.random.Generator) -> tuple[Path, int, np.ndarray, np.ndarray]:
    names, needs, slip, guess = truth(rng)
    people = max(1, answers // (PER_PERSON * PER_SKILL))
    for begin in range(0, people, 4000):
        frame = piece(rng, begin, min(4000, people - begin), names, needs, slip, guess)
        frame.write_parquet(folder / f"{begin:09d}.parquet")
    whole = folder / "answers.parquet"
    pl.scan_parquet(folder / "0*.parquet").sink_parquet(whole)
    return whole, people * PER_PERSON * PER_SKILL, slip, guess


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--answers", type=int, default=10_000_000)
    parser.add_argument("--quick", action="store_true", help="a million answers")
    parser.add_argument("--json", action="store_true", help="print a JSON document")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        wanted = 1_000_000 if options.quick else options.answers
        file, answers, slip, guess = write(folder, wanted, np.random.default_rng(7))
        out = folder / "parameters.json"
        command = [
            sys.executable,
            "-m",
            "cairn",
            "calibrate",
            "--from",
            str(file),
            "--to",
            str(out),
            "--json",
        ]
        begin = time.perf_counter()
        found = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
        spent = time.perf_counter() - begin
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        size = file.stat().st_size / 2**20
    result: dict[str, float | int] = {
        "answers": answers,
        "seconds": spent,
        "peak_mb": peak,
        "file_mb": size,
    } | recovered(found, slip, guess)
    if options.json:
        print(json.dumps({"format": 1, "machine": machine(), **result}))
    else:
        print(f"cairn calibrate on a Parquet file of {size:.0f} MB\n{machine()}\n")
        for name, value in result.items():
            print(f"{name:<28} {value:>12,.4g}" if isinstance(value, float) else f"{name:<28} {value:>12,}")
    return 0 if peak <= LIMIT_MB else 1


def recovered(found: dict[str, Any], slip: np.ndarray, guess: np.ndarray) -> dict[str, float | int]:
    """How near the parameters are to what was put in."""
    items = found["parameters"]["items"]
    out: dict[str, float | int] = {}
    for name, real in (("slip", slip), ("guess", guess)):
        rows = [(one, real[int(key[5:])]) for key, one in items.items()]
        out[f"{name}_rmse"] = float(np.sqrt(np.mean([(one[name] - t) ** 2 for one, t in rows])))
        inside = [one[f"{name}_interval"][0] <= t <= one[f"{name}_interval"][1] for one, t in rows]
        out[f"{name}_interval_coverage"] = float(np.mean(inside))
    for kind in ("backward", "cue", "hard", "drift", "misfit"):
        named = [int(a["item"][5:]) for a in found["alarms"] if a["kind"] == kind]
        out[f"alarms_{kind}"] = len(named)
        if kind in {"cue", "hard"}:
            out[f"alarms_{kind}_true"] = sum(
                guess[i] > 0.35 if kind == "cue" else slip[i] > 0.25 for i in named
            )
    out["doubtful_requirements"] = len(found["doubtful"])
    out["requirements_judged"] = found["identified"]["requirements"]
    return out


if __name__ == "__main__":
    raise SystemExit(main())
