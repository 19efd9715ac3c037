"""How quickly a submission gets its verdict, beside the ways it is done elsewhere; how many, and in how little memory.

Everyone judges the same right submission with ten questions. Cairn does so in its strongest tier with a fresh
sandboxed process each time; a cold process and pytest without any sandbox; otter-grader and nbgrader as their
commands do. All take turns within one run, so that a busy machine is busy for all of them.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from _graders import Peer, peers
from _table import Row, arguments, report

from cairn.judge import Exercise, Judge, grade, load, load_all, mutation_score

EXERCISES = Path(__file__).parent.parent / "tests" / "judge" / "exercises"
CURRICULUM = Path(__file__).parent.parent / "curriculum" / "exercises"
PAUSE_S = 0.03  # what a person leaves at the least; the next spare is made meanwhile
TARGETS = {"numpy": 20.0, "torch": 40.0}
TIMES_FASTER = {"cold process": 12, "pytest": 25, "otter-grader": 250, "nbgrader": 250}
THROUGHPUT = {"numpy": 12, "torch": 60}


def span(run: Callable[[], object]) -> float:
    """Milliseconds of one run."""
    begin = time.perf_counter()
    run()
    return (time.perf_counter() - begin) * 1000


def right(judge: Judge, exercise: Exercise) -> None:
    """Judge the solution; anything but a pass would make the figures worthless."""
    verdict = grade(judge, exercise, exercise.solution)
    if not verdict.accepted:
        raise SystemExit(f"{exercise.id} was not accepted: {verdict.message}")


def row(task: str, who: str, found: list[float], target: float | None = None, note: str = "") -> Row:
    """A line with the 99th percentile in its note."""
    found = sorted(found)
    middle, worst = statistics.median(found), found[min(len(found) - 1, int(len(found) * 0.99))]
    text = f"p99 {worst:.1f} ms = {worst / middle:.1f} x median" + (f"; {note}" if note else "")
    return Row(task, who, middle, found[0], found[-1], target, text)


def turns(
    judge: Judge, exercise: Exercise, others: list[Peer], *, times: int, rounds: int
) -> dict[str, list[float]]:
    """Milliseconds by grader: in each round many of ours and one of each other."""
    found: dict[str, list[float]] = {"cairn": [], **{peer.name: [] for peer in others}}
    for _ in range(3):
        right(judge, exercise)
    for turn in range(rounds):
        for _ in range(times // rounds):
            time.sleep(PAUSE_S)
            found["cairn"].append(span(lambda: right(judge, exercise)))
        for peer in others:
            if peer.name in {"otter-grader", "nbgrader"} and turn >= max(3, rounds // 3):
                continue  # seconds each
            found[peer.name].append(span(peer.once))
    return found


def latency(judge: Judge, exercise: Exercise, folder: Path, *, quick: bool) -> list[Row]:
    """Time to verdict beside the peers."""
    runtime = exercise.runtime
    others, missing = peers(exercise, folder, notebooks=runtime == "numpy")
    found = turns(judge, exercise, others, times=60 if quick else 300, rounds=4 if quick else 15)
    task = f"{runtime}: {len(exercise.checks)} checks, accepted"
    mine = statistics.median(found["cairn"])
    rows = [row(task, f"cairn ({judge.tier.value})", found["cairn"], TARGETS[runtime])]
    for peer in others:
        ratio, wanted = statistics.median(found[peer.name]) / mine, TIMES_FASTER[peer.name]
        kept = "" if ratio >= wanted else ", MISSED"
        rows.append(
            row(
                task,
                peer.name,
                found[peer.name],
                note=f"cairn is {ratio:.0f} x quicker (wanted {wanted}{kept})",
            )
        )
    rows += [Row(task, text.partition(":")[0], 0, 0, 0, None, f"NOT MEASURED, {text}") for text in missing]
    wrong = exercise.wrong[0].source
    spans = [span(lambda: grade(judge, exercise, wrong)) for _ in range(6 if quick else 30)]
    note = "counterexample made small, misconception sought"
    return [
        *rows,
        row(
            f"{runtime}: {len(exercise.checks)} checks, wrong",
            f"cairn ({judge.tier.value})",
            spans,
            note=note,
        ),
    ]


def rate(run: Callable[[], object], seconds: float, threads: int = 2) -> float:
    """Runs in a second from some threads."""
    until, counts = time.monotonic() + seconds, [0] * threads
    began = time.monotonic()

    def work(slot: int) -> None:
        while time.monotonic() < until:
            run()
            counts[slot] += 1

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(work, range(threads)))
    return sum(counts) / (time.monotonic() - began)


def throughput(judge: Judge, exercise: Exercise, folder: Path, *, quick: bool) -> Row:
    """Verdicts in a second from two threads, beside cold processes two at a time; in turns."""
    cold = peers(exercise, folder, notebooks=False)[0][0]
    rounds = 1 if quick else 3
    mine, theirs = [], []
    for _ in range(rounds):
        mine.append(rate(lambda: right(judge, exercise), 2 if quick else 5))
        theirs.append(rate(cold.once, 3 if quick else 12))
    ours, other = statistics.median(mine), statistics.median(theirs)
    wanted = THROUGHPUT[exercise.runtime]
    kept = "" if ours / other >= wanted else ", MISSED"
    note = f"{ours:.0f}/s; cold process {other:.2f}/s: {ours / other:.0f} x as many (wanted {wanted}{kept})"
    return Row(
        f"{exercise.runtime}: from two threads", f"cairn ({judge.tier.value})", 1000 / ours, 0, 0, None, note
    )


def private(runtime: str) -> Row:
    """Memory that only one idle runner holds, by the kernel's count."""
    with Judge(spares=3) as judge:
        judge.warm(runtime)
        time.sleep(2.0)
        spares = [conversation.pid for conversation in judge._warm[runtime].spares]  # noqa: SLF001
        sizes = [_private(pid) for pid in spares]
    size = statistics.median(sizes) / 1e6 if sizes else float("nan")
    kept = "" if size < 5 else ", MISSED"
    return Row(
        f"{runtime}: private memory of an idle runner",
        "cairn",
        0,
        0,
        0,
        None,
        f"{size:.1f} MB (wanted below 5{kept})",
    )


def _private(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return sum(
        int(line.split()[1]) * 1024 for line in lines if line.startswith(("Private_Clean", "Private_Dirty"))
    )


def endurance(judge: Judge, exercise: Exercise, times: int) -> Row:
    """Whether the last submissions of many take longer than the first, or something grows."""
    spans = [0.0] * times
    for _ in range(20):
        right(judge, exercise)
    begin = _held()
    for turn in range(times):
        spans[turn] = span(lambda: right(judge, exercise))
    grown = _held()[0] - begin[0], _held()[1] - begin[1]
    part = times // 10
    first, last = statistics.median(spans[:part]), statistics.median(spans[-part:])
    note = f"last tenth {last:.1f} ms, first {first:.1f} ms"
    note += f"; the driver grew by {grown[0] / 1e6:.1f} MB and {grown[1]} descriptors"
    return row(
        f"{exercise.runtime}: {times} submissions in a row", f"cairn ({judge.tier.value})", spans, note=note
    )


def _held() -> tuple[int, int]:
    """Resident bytes and open descriptors of this process."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE"), len(list(Path("/proc/self/fd").iterdir()))


def at_once(judge: Judge, exercise: Exercise, times: int) -> Row:
    """Many threads with a submission each, at the same moment."""
    spans: list[float] = []
    start = threading.Barrier(times)

    def one() -> None:
        start.wait()
        spans.append(span(lambda: right(judge, exercise)))

    threads = [threading.Thread(target=one) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answered = f"{len(spans)} of {times} answered"
    return row(f"{exercise.runtime}: {times} at once", f"cairn ({judge.tier.value})", spans, note=answered)


def mutation(judge: Judge, *, quick: bool) -> list[Row]:
    """The share of changed solutions that the exercises' checks catch, beside what was measured of two problem sets."""
    exercises, _ = load_all(CURRICULUM, run=False)
    chosen = [e for e in exercises.values() if Judge.has(e.runtime)]
    chosen = chosen[:: max(1, len(chosen) // 8)] if quick else chosen
    scores = [mutation_score(judge, exercise) for exercise in chosen]
    killed, total = sum(s.killed for s in scores), sum(s.total for s in scores)
    share = 100 * killed / max(total, 1)
    kept = "" if share >= 97 else ", MISSED"
    task = "mutants of the reference caught"
    mine = f"{share:.1f} %: {killed} of {total} in {len(chosen)} exercises, marked equivalents left out"
    mine += f" (wanted 97{kept})"
    note = (
        "measured once with the same kind of mutants, equivalents not left out; licence forbids re-use here"
    )
    return [
        Row(task, "cairn", 0, 0, 0, None, mine),
        Row(task, "DML-OpenProblem", 0, 0, 0, None, f"78 %: 1599 of 2056 ({note})"),
        Row(task, "TorchCode", 0, 0, 0, None, "70 %: 339 of 485 (measured once, equivalents not left out)"),
    ]


def main() -> int:
    """Run and print."""
    options = arguments(__doc__ or "")
    quick: bool = options.quick
    rows: list[Row] = []
    runtimes = ["numpy", *(["torch"] if Judge.has("torch") else [])]
    with tempfile.TemporaryDirectory() as name, Judge() as judge:
        for runtime in runtimes:
            exercise = load(EXERCISES / {"numpy": "softmax", "torch": "torch_classifier"}[runtime])
            folder = Path(name) / runtime
            folder.mkdir()
            judge.warm(runtime)
            rows += latency(judge, exercise, folder, quick=quick)
            rows.append(throughput(judge, exercise, folder, quick=quick))
            rows.append(private(runtime))
            if runtime == "numpy":
                rows.append(endurance(judge, exercise, 1000 if quick else 10_000))
                rows.append(at_once(judge, exercise, 200))
        rows += mutation(judge, quick=quick)
    title = "Time to verdict, throughput, memory, strength of the checks"
    if "torch" not in runtimes:
        title += " (PyTorch is not installed: its rows are not measured)"
    return report(title, rows, options.json)


if __name__ == "__main__":
    sys.exit(main())
