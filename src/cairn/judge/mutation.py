"""The mutation score: a check suite is as good as the mutants it kills."""

from __future__ import annotations

from dataclasses import dataclass

from cairn.judge.driver import Judge
from cairn.judge.exercise import Exercise
from cairn.judge.grade import Options, grade
from cairn.judge.mutants import mutants
from cairn.judge.outcome import Outcome
from cairn.judge.sandbox.limits import Limits


@dataclass(frozen=True, slots=True)
class Score:
    """How an exercise's checks did against its mutants.

    Attributes:
        total: mutants that are not marked as equivalent.
        survivors: names of those that were accepted.
        equivalent: names of those marked, with the reason.
        unknown: marks that fit no mutant.
    """

    total: int
    survivors: tuple[str, ...]
    equivalent: tuple[tuple[str, str], ...]
    unknown: tuple[str, ...]

    @property
    def killed(self) -> int:
        """How many were caught."""
        return self.total - len(self.survivors)

    @property
    def score(self) -> float:
        """The share that was caught, from 0 to 1."""
        return self.killed / self.total if self.total else 1.0


def mutation_score(judge: Judge, exercise: Exercise) -> Score:
    """Judge every mutant of the reference solution. A mutant that cannot be graded counts as caught."""
    marked = {e.mutant: e.because for e in exercise.sheet.equivalent}
    seconds = min(exercise.sheet.time_limit_s, 2.0)
    limits = Limits(seconds, 2 * seconds + 2, exercise.limits.memory_bytes)
    options = Options(limits=limits, explain=False, all_checks=False)
    survivors, equivalent, total = [], [], 0
    for mutant in mutants(exercise.solution):
        if mutant.name in marked:
            equivalent.append((mutant.name, marked.pop(mutant.name)))
            continue
        total += 1
        if grade(judge, exercise, mutant.source, options).outcome is Outcome.ACCEPTED:
            survivors.append(mutant.name)
    return Score(total, tuple(survivors), tuple(equivalent), tuple(marked))
