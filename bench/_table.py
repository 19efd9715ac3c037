"""What the benchmarks share: repeated timing, a table, the machine in one line, JSON on request."""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Row:
    """One line of a table: what was done, by whom, the median and the spread in milliseconds."""

    task: str
    who: str
    median_ms: float
    low_ms: float
    high_ms: float
    target_ms: float | None = None
    note: str = ""


def arguments(description: str) -> argparse.Namespace:
    """`--quick` for a short run, `--json` for a document."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--quick", action="store_true", help="fewer repetitions and smaller sizes")
    parser.add_argument("--json", action="store_true", help="print a JSON document")
    return parser.parse_args()


def timed(
    task: str, who: str, run: Callable[[], object], times: int, target: float | None = None, note: str = ""
) -> Row:
    """The median of several runs after one that does not count."""
    run()
    spans = []
    for _ in range(times):
        begin = time.perf_counter()
        run()
        spans.append((time.perf_counter() - begin) * 1000)
    return Row(task, who, statistics.median(spans), min(spans), max(spans), target, note)


def machine() -> str:
    """The machine in one line."""
    return f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} processors"


def report(title: str, rows: Sequence[Row], as_json: bool) -> int:
    """Print the table; exit code 1 when a target is missed."""
    missed = [row for row in rows if row.target_ms is not None and row.median_ms > row.target_ms]
    if as_json:
        json.dump(
            {"format": 1, "title": title, "machine": machine(), "rows": [asdict(r) for r in rows]}, sys.stdout
        )
        print()
        return 1 if missed else 0
    print(f"{title}\n{machine()}\n")
    width = max(len(r.task) for r in rows)
    print(f"{'task':<{width}}  {'by':<14} {'median':>10}  {'low':>9}  {'high':>9}  {'target':>8}")
    for r in rows:
        target = f"{r.target_ms:g} ms" if r.target_ms is not None else ""
        mark = "  MISSED" if r in missed else ""
        figures = f"{r.median_ms:>7.2f} ms  {r.low_ms:>6.2f} ms  {r.high_ms:>6.2f} ms"
        figures = figures if r.median_ms else " " * len(figures)  # what a note tells is not a time
        line = f"{r.task:<{width}}  {r.who:<14} {figures}  {target:>8}{mark}"
        print(line + (f"  {r.note}" if r.note else ""))
    return 1 if missed else 0
