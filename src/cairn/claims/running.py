"""Load one `claims.py` and run its checks: once for a reader, or thoroughly for the author."""

from __future__ import annotations

import time
import traceback
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from cairn.claims import parameter as parameters
from cairn.claims.declaring import Check, DeclarationError, checks_of, execute, loading
from cairn.claims.outcome import Figure, Outcome, Relation, Verdict, plain
from cairn.claims.parameter import Value
from cairn.claims.record import digest

SEEDS = (0, 1, 2)
LIMIT_S = 1.0
"""Processor seconds that one run may take."""
_AGAIN = "mend the line; `cairn claims TOPIC --run CHECK`, with --seed and --set, runs this one alone"


class CheckError(Exception):
    """Raised when a file cannot be loaded or a check cannot be run. Carries the line in `claims.py`, or 0."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True, slots=True)
class Loaded:
    """A loaded `claims.py`: its checks, and what it was made from."""

    checks: Mapping[str, Check]
    depends: Mapping[str, str]


def load(file: Path, source: str | None = None) -> Loaded:
    """Run a `claims.py` and collect its checks.

    Args:
        file: where it stands.
        source: a text to run in its place.

    Raises:
        CheckError: it cannot be run, or declares something impossible.
    """
    root = next((p for p in file.resolve().parents if (p / "curriculum.yaml").is_file()), file.parent)
    try:
        with loading(root) as state:
            module = execute(file, file.parent.name, source)
        checks = checks_of(module)
    except SyntaxError as error:
        raise CheckError(f"not valid Python: {error.msg}", error.lineno or 0) from error
    except DeclarationError as error:
        raise CheckError(str(error), _line(error, file)) from error
    except Exception as error:  # an author's file may raise anything
        raise CheckError(f"{type(error).__name__}: {error}", _line(error, file)) from error
    depends = {name: digest(path.read_bytes()) for name, path in state.depends.items()}
    return Loaded({c.id: c for c in checks}, depends)


def run(check: Check, seed: int, values: Mapping[str, Value]) -> tuple[Outcome, float]:
    """One run, and the processor seconds it took.

    Raises:
        CheckError: the function raised, warned, or returned no outcome.
    """
    arguments = {p.name: values.get(p.name, p.default) for p in check.parameters}
    generator = np.random.default_rng(seed)
    start = time.process_time()
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("error")
            found = check.run(generator, **arguments)
    except Exception as error:
        file = Path(check.run.__code__.co_filename)
        raise CheckError(f"{type(error).__name__}: {error}", _line(error, file)) from error
    seconds = time.process_time() - start
    if not isinstance(found, Outcome):
        raise CheckError(f"returned {type(found).__name__}, not an outcome(...)", check.line)
    return found, seconds


def examine(file: Path, source: str | None = None, function: str | None = None) -> dict[str, Any]:
    """Run every check with each seed at its defaults, and once at each edge of each parameter.

    Args:
        file: a `claims.py`.
        source: a text to run in its place.
        function: the only function to run, if it is a check.

    Returns:
        the record of the page (see `record`), with what is wrong in it.
    """
    try:
        loaded = load(file, source)
    except CheckError as error:
        return {
            "checks": [],
            "depends": {},
            "problems": [_problem("load", str(error), error.line, "mend claims.py")],
        }
    named = [c for c in loaded.checks.values() if c.run.__name__ == function]
    found = [_examined(check, thorough=function is None) for check in named or loaded.checks.values()]
    return {
        "checks": [entry for entry, _ in found],
        "depends": dict(loaded.depends),
        "problems": [p for _, problems in found for p in problems],
    }


def _examined(check: Check, *, thorough: bool) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A check's part of the record, and its problems; unless `thorough`, the first is enough."""
    runs, problems, slowest = [], [], 0.0
    for seed in SEEDS:
        try:
            found, seconds = run(check, seed, {})
        except CheckError as error:
            problems.append(
                _problem("raises", f"{check.id} with seed {seed}: {error}", error.line or check.line, _AGAIN)
            )
            break
        slowest = max(slowest, seconds)
        runs.append({"seed": seed, "outcome": plain(found)})
        if found.verdict is not check.expected:
            problems.append(_unexpected(check, f"with seed {seed}", found))
            if not thorough:
                break
    if not problems:
        for name, value in [(p.name, v) for p in check.parameters for v in p.edges]:
            where = f"with {name}={value}"
            try:
                found, seconds = run(check, 0, {name: value})
            except CheckError as error:
                problems.append(
                    _problem("raises", f"{check.id} {where}: {error}", error.line or check.line, _AGAIN)
                )
                continue
            slowest = max(slowest, seconds)
            if check.expected is Verdict.HOLDS and found.verdict is not Verdict.HOLDS:
                problems.append(_unexpected(check, where, found))
    if slowest > LIMIT_S:
        message = f"{check.id} takes {slowest:.1f} s of processor time; the limit is {LIMIT_S:g} s"
        problems.append(_problem("slow", message, check.line, "draw fewer samples, or narrow a range"))
    return _spec(check) | {"runs": runs, "verified": not problems, "seconds": round(slowest, 4)}, problems


def _spec(check: Check) -> dict[str, Any]:
    return {
        "id": check.id, "kind": check.kind.value, "states": check.states, "assumes": list(check.assumes),
        "without": check.without, "of": check.of, "line": check.line, "function": check.run.__name__,
        "parameters": [parameters.plain(p) for p in check.parameters],
    }  # fmt: skip


def _unexpected(check: Check, where: str, found: Outcome) -> dict[str, Any]:
    if check.expected is Verdict.BREAKS and found.verdict is Verdict.HOLDS:
        return _problem(
            "verdict", f"the failure mode {check.id} does not break {check.of} {where}", check.line,
            "find a counterexample that does, or mend the claim",
        )  # fmt: skip
    reasons = "; ".join(map(describe, found.failed))
    hint = "mend the statement or its check; a bound on chance needs room for chance"
    return _problem("verdict", f"{check.id} is {found.verdict.value} {where}: {reasons}", check.line, hint)


def describe(f: Figure) -> str:
    """A condition in one line."""
    if f.relation is Relation.TRUE:
        return f"{f.name}: {'yes' if f.value else 'no'}"
    if f.relation is Relation.NONE:
        return f"{f.name}: {f.value:.6g} {f.unit}".rstrip()
    slack = f" ± {f.slack:.3g}" if f.slack else ""
    return f"{f.name}: {f.value:.6g}, should be {f.relation.value} {f.reference:.6g}{slack} {f.unit}".rstrip()


def _problem(code: str, message: str, line: int, hint: str = "") -> dict[str, Any]:
    return {"code": code, "message": message, "line": line, "hint": hint}


def _line(error: BaseException, file: Path) -> int:
    """The last line of `file` that an error passed through."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if Path(f.filename) == file]
    return (frames[-1].lineno or 0) if frames else 0
