"""Prove the exercises of a curriculum with their own files, several at once."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from cairn.curriculum import Problem
from cairn.judge import Audit, Exercise, Judge, audit, load_all


@dataclass(frozen=True, slots=True)
class Proof:
    """What came out.

    Attributes:
        exercises: how many exercises were proved.
        problems: what must be mended, with paths relative to the curriculum folder.
        audits: one for each exercise that could be loaded and run, by id.
        unproved: exercises whose library is not installed here.
    """

    exercises: int
    problems: tuple[Problem, ...]
    audits: Mapping[str, Audit]
    unproved: tuple[str, ...] = ()

    @property
    def score(self) -> float | None:
        """The share of mutants that are caught, over all exercises; None where none was counted."""
        scores = [a.score for a in self.audits.values() if a.score is not None]
        total = sum(s.total for s in scores)
        return sum(s.killed for s in scores) / total if total else None

    @property
    def survivors(self) -> tuple[str, ...]:
        """Mutants that are accepted, as `exercise: mutant`."""
        return tuple(f"{name}: {s}" for name, a in self.audits.items() if a.score for s in a.score.survivors)


def prove(judge: Judge, folder: Path, *, mutants: bool) -> Proof:
    """Audit every exercise below a folder: starter, solution, alternatives, wrong solutions, and mutants if asked."""
    exercises, problems = load_all(folder)
    ready = [e for e in exercises.values() if judge.has(e.runtime)]
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        audits = dict(
            zip(
                [e.id for e in ready],
                pool.map(lambda e: _audit(judge, e, mutants=mutants), ready),
                strict=True,
            )
        )
    found = [*problems, *(p for a in audits.values() for p in a.problems), *_loops(exercises)]
    unproved = tuple(e.id for e in exercises.values() if e.id not in audits)
    told = tuple(replace(p, file=f"exercises/{p.file}") for p in found)
    return Proof(len(exercises), told, audits, unproved)


def _audit(judge: Judge, exercise: Exercise, *, mutants: bool) -> Audit:
    return audit(judge, exercise, mutants=mutants)


def _loops(exercises: Mapping[str, Exercise]) -> Iterator[Problem]:
    """Exercises that use, through others, their own answer."""
    for exercise in exercises.values():
        seen: set[str] = set()
        pending = list(exercise.sheet.uses)
        while pending:
            name = pending.pop()
            if name == exercise.id:
                hint = "remove one `uses`"
                yield Problem(f"{exercise.id}/exercise.yaml", 0, "cycle", "it uses its own answer", hint)
                break
            if name in exercises and name not in seen:
                seen.add(name)
                pending += exercises[name].sheet.uses
