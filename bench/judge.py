"""How quickly a submission gets its verdict, beside a cold process and pytest; and how many in a second.

The same ten questions are asked of the same softmax: Cairn's in its strongest tier with a fresh sandboxed
process for each submission, the peers' in a plain process without any.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from _table import Row, arguments, report

from cairn.judge import Judge, grade, load

EXERCISE = Path(__file__).parent.parent / "tests" / "judge" / "exercises" / "softmax"

PEER = """
import numpy as np
from solution import logsumexp, softmax

rng = np.random.default_rng(0)
CASES = [rng.normal(size=tuple(rng.integers(1, 6, size=d))) for d in (1, 2, 3) * 5] + [np.zeros((1, 1))]

def right(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

def test_rows():
    for x in CASES: np.testing.assert_allclose(softmax(x).sum(axis=-1), 1)
def test_values():
    for x in CASES: np.testing.assert_allclose(softmax(x), right(x))
def test_logsumexp():
    for x in CASES: np.testing.assert_allclose(logsumexp(x), np.log(np.exp(x).sum(axis=-1)))
def test_alone():
    x = rng.normal(size=(4, 3))
    for row in x: np.testing.assert_allclose(softmax(x)[[0]], softmax(x[[0]]))
def test_order():
    x = rng.normal(size=(2, 4))
    np.testing.assert_allclose(softmax(x[:, ::-1]), softmax(x)[:, ::-1])
def test_dtype():
    assert softmax(np.ones((2, 3), dtype=np.float32)).dtype == np.float32
def test_untouched():
    x = rng.normal(size=(3, 4)); y = x.copy(); softmax(x)
    np.testing.assert_array_equal(x, y)
def test_large():
    for m in (1, 10, 100, 1000, 1e4): np.testing.assert_allclose(softmax(CASES[1] * m), right(CASES[1] * m))
def test_large_logsumexp():
    for m in (1, 10, 100, 1000, 1e4): assert np.isfinite(logsumexp(CASES[1] * m)).all()
def test_scratch():
    assert "scipy" not in open("solution.py").read()

if __name__ == "__main__":
    for name, test in list(globals().items()):
        if name.startswith("test_"): test()
"""


def spans(run: object, times: int, pause: float = 0.0) -> list[float]:
    """Milliseconds of several runs after one that does not count; a pause is what a person leaves."""
    found = []
    for turn in range(times + 1):
        time.sleep(pause)
        begin = time.perf_counter()
        run()  # type: ignore[operator]
        if turn:
            found.append((time.perf_counter() - begin) * 1000)
    return sorted(found)


def row(task: str, who: str, found: list[float], target: float | None = None, note: str = "") -> Row:
    """A line with the 99th percentile in its note."""
    worst = found[min(len(found) - 1, int(len(found) * 0.99))]
    text = f"p99 {worst:.1f} ms = {worst / statistics.median(found):.1f} x median" + (
        f"; {note}" if note else ""
    )
    return Row(task, who, statistics.median(found), found[0], found[-1], target, text)


def ours(judge: Judge, times: int) -> list[Row]:
    """A right and a wrong submission, one after the other as a person sends them."""
    exercise = load(EXERCISE)
    checks = len(exercise.checks)
    wrong = next(w.source for w in exercise.wrong if w.name == "wrong_axis")
    accepted = spans(lambda: grade(judge, exercise, exercise.solution), times, pause=0.03)
    refused = spans(lambda: grade(judge, exercise, wrong), max(5, times // 4), pause=0.03)
    return [
        row(f"{checks} checks, accepted", f"cairn ({judge.tier.value})", accepted, target=20.0),
        row(
            f"{checks} checks, wrong",
            f"cairn ({judge.tier.value})",
            refused,
            note="shrunk, misconception named",
        ),
    ]


def peers(times: int) -> list[Row]:
    """The same questions in a new process each time."""
    found = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "solution.py").write_text((EXERCISE / "solution.py").read_text())
        (folder / "test_softmax.py").write_text(PEER)
        commands = {
            "cold process": [sys.executable, "test_softmax.py"],
            "pytest": [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_softmax.py"],
        }
        for who, command in commands.items():

            def run(command: list[str] = command) -> None:
                subprocess.run(command, cwd=folder, check=True, capture_output=True)

            found.append(row("10 checks, accepted", who, spans(run, times), note="no sandbox"))
    return found


def throughput(judge: Judge, seconds: float) -> str:
    """Verdicts in a second with as many threads as processors."""
    exercise = load(EXERCISE)
    until, counts = time.monotonic() + seconds, [0, 0]

    def work(slot: int) -> None:
        while time.monotonic() < until:
            counts[slot] += grade(judge, exercise, exercise.solution).accepted

    threads = [threading.Thread(target=work, args=(slot,)) for slot in range(len(counts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return f"{sum(counts) / seconds:.0f} verdicts/s from two threads"


def main() -> int:
    """Run and print."""
    options = arguments(__doc__ or "")
    times = 40 if options.quick else 200
    with Judge() as judge:
        rows = ours(judge, times)
        rate = throughput(judge, 2 if options.quick else 6)
    rows += peers(5 if options.quick else 15)
    rows = [rows[0], *rows[2:], rows[1]]
    speed = {r.who: r.median_ms / rows[0].median_ms for r in rows[1:-1]}
    title = (
        "Time to verdict: "
        + rate
        + "; "
        + ", ".join(f"{x:.0f} x quicker than {who}" for who, x in speed.items())
    )
    missing = [name for name in ("otter", "nbgrader") if shutil.which(name) is None]
    return report(title + (f" (not installed: {', '.join(missing)})" if missing else ""), rows, options.json)


if __name__ == "__main__":
    sys.exit(main())
