"""The proof that an exercise is sound: what must fail fails, what must pass passes, mistakes are named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cairn.curriculum import Problem, Severity
from cairn.judge.driver import Judge
from cairn.judge.exercise import Exercise
from cairn.judge.grade import Options, grade
from cairn.judge.hunt import Planted, differing, mended, plant
from cairn.judge.mutation import Score, mutation_score
from cairn.judge.programs import programs
from cairn.judge.verdict import Verdict

LEAST_WRONG = 4
LEAST_WRONG_TESTS = 3
LEAST_BUGS = 3
LEAST_ALTERNATIVES = 1
MOST_PLANTED_LINES = 3
LEAST_SCORE = 0.97
_SEEDS = (None, 1, 2)


@dataclass(frozen=True, slots=True)
class Audit:
    """What was found.

    Attributes:
        exercise: id of the exercise.
        problems: what must be mended, and what should be.
        score: the mutation score, if it was asked for.
        note: what was proved beyond that, in a few words for a table.
    """

    exercise: str
    problems: tuple[Problem, ...]
    score: Score | None = None
    note: str = ""

    @property
    def sound(self) -> bool:
        """Whether nothing must be mended."""
        return all(p.severity is not Severity.ERROR for p in self.problems)


def audit(judge: Judge, exercise: Exercise, *, mutants: bool = False) -> Audit:
    """Prove an exercise with its own files.

    The starter must fail; the solution and every alternative must pass, with several seeds; every wrong
    solution must fail the checks it names. With `mutants`, the checks must also catch changed solutions.
    Of a bug hunt, every planted program must fail a check that it names, and the mended program must pass. Of
    written tests, the author's own must catch every wrong program and the weak ones must not do.
    """
    if exercise.kind == "bug-hunt":
        return Audit(exercise.id, tuple(_hunt(judge, exercise)), note=f"{len(exercise.sheet.bugs)} bugs")
    problems = [*_counts(exercise), *_right(judge, exercise), *_failing(judge, exercise)]
    if exercise.kind == "write-tests":
        found, note = _suite(judge, exercise)
        return Audit(exercise.id, (*problems, *found), note=note)
    score = None
    if mutants and not problems:
        score = mutation_score(judge, exercise)
        problems += _mutants(exercise, score)
    return Audit(exercise.id, tuple(problems), score)


def _hunt(judge: Judge, exercise: Exercise) -> Iterator[Problem]:
    """Every planted program must fail as it says, and the mended one pass."""
    place = f"{exercise.id}/exercise.yaml"
    right = mended(exercise)
    verdict = grade(judge, exercise, right, Options(explain=False))
    if not verdict.accepted:
        yield Problem(
            place, 0, "right-rejected", f"the mended program is not accepted: {_why(verdict)}", "mend it"
        )
    if len(exercise.sheet.bugs) < LEAST_BUGS:
        message = f"has {len(exercise.sheet.bugs)} bugs; at least {LEAST_BUGS} are asked for"
        yield Problem(place, 0, "few-bugs", message, "add mistakes that people really make")
    if not exercise.sheet.hints:
        yield Problem(place, 0, "no-hints", "has no hints", "say where to look first", Severity.WARNING)
    for number in range(1, len(exercise.sheet.bugs) + 1):
        yield from _planted(judge, exercise, plant(exercise, number), right)


def _planted(judge: Judge, exercise: Exercise, planted: Planted, right: str) -> Iterator[Problem]:
    place = f"{exercise.id}/exercise.yaml"
    bug = f"bug {planted.number} ({planted.misconception})"
    lines = differing(planted.source, right)
    if not 1 <= lines <= MOST_PLANTED_LINES:
        message = f"{bug} changes {lines} lines of code; 1 to {MOST_PLANTED_LINES} are a bug to be found"
        yield Problem(place, 0, "bug-size", message, "plant a smaller one")
    verdict = grade(judge, exercise, planted.source, Options(explain=False))
    failed = {c.name for c in verdict.failed}
    if verdict.accepted:
        yield Problem(place, 0, "bug-accepted", f"{bug} is accepted", "plant one that a check notices")
    elif not failed & set(planted.caught_by):
        message = (
            f"{bug} is not caught by {' or '.join(map(repr, planted.caught_by))} but by {sorted(failed)}"
        )
        yield Problem(place, 0, "wrong-check", message, "give the bug its own `caught_by`")


def _suite(judge: Judge, exercise: Exercise) -> tuple[list[Problem], str]:
    """The author's tests must catch every program that is counted, or nobody's can."""
    kills = grade(judge, exercise, exercise.solution, Options(explain=False)).kills
    if kills is None:
        return [], ""
    marked = {e.mutant for e in exercise.sheet.equivalent}
    known = {p.name for p in programs(exercise, marked=True)}
    place = f"{exercise.id}/exercise.yaml"
    hint = "remove the mark"
    found = [
        Problem(place, 0, "equivalent", f"no wrong program is named {name!r}", hint, Severity.WARNING)
        for name in sorted(marked - known)
    ]
    for name in kills.endless:
        message, hint = (
            f"the program {name!r} never ends, which every learner would wait for",
            "mark it in `equivalent`",
        )
        found.append(Problem(place, 0, "endless", message, hint))
    if kills.survivors:
        names = "; ".join(p.name for p in kills.survivors[:8])
        message = f"catches {len(kills.caught)} of {kills.of} wrong programs; these live: {names}"
        hint = "add a test, or mark them in `equivalent` with the reason why no test can tell"
        found.append(Problem(f"{exercise.id}/solution.py", 0, "survivors", message, hint))
    return found, f"{len(kills.caught)} of {kills.of} programs"


def _counts(exercise: Exercise) -> Iterator[Problem]:
    place = exercise.id
    least = LEAST_WRONG_TESTS if exercise.kind == "write-tests" else LEAST_WRONG
    if len(exercise.wrong) < least:
        message = f"has {len(exercise.wrong)} wrong solutions; at least {least} are asked for"
        yield Problem(f"{place}/wrong", 0, "few-wrong", message, "add mistakes that people really make")
    if len(exercise.alternatives) < LEAST_ALTERNATIVES:
        hint = "add a right solution that is written differently"
        yield Problem(f"{place}/alternatives", 0, "no-alternative", "has no alternative solution", hint)
    for file, text in (("task.md", exercise.task), ("starter.py", exercise.starter)):
        if not text.strip():
            yield Problem(f"{place}/{file}", 0, "empty", "is empty", "write it")
    if not exercise.sheet.hints:
        hint = "write them in steps, from a nudge to nearly the answer"
        yield Problem(f"{place}/exercise.yaml", 0, "no-hints", "has no hints", hint, Severity.WARNING)


def _right(judge: Judge, exercise: Exercise) -> Iterator[Problem]:
    sources = {"solution.py": exercise.solution}
    sources |= {f"alternatives/{name}.py": source for name, source in exercise.alternatives.items()}
    for file, source in sources.items():
        for seed in _SEEDS:
            verdict = grade(judge, exercise, source, Options(seed=seed, filename=file, explain=False))
            if not verdict.accepted:
                message = f"is not accepted with seed {verdict.seed}: {_why(verdict)}"
                yield Problem(f"{exercise.id}/{file}", 0, "right-rejected", message, "mend it or the check")
                break


def _failing(judge: Judge, exercise: Exercise) -> Iterator[Problem]:
    verdict = grade(judge, exercise, exercise.starter, Options(filename="starter.py", explain=False))
    if verdict.accepted:
        yield Problem(
            f"{exercise.id}/starter.py", 0, "starter-accepted", "is accepted", "take the answer out of it"
        )
    for wrong in exercise.wrong:
        verdict = grade(judge, exercise, wrong.source, Options(filename=f"{wrong.name}.py", explain=False))
        failed = {c.name for c in verdict.failed}
        missed = [name for name in wrong.caught_by if name not in failed]
        place = f"{exercise.id}/wrong/{wrong.name}.py"
        if verdict.accepted:
            yield Problem(place, 0, "wrong-accepted", "is accepted", "add a check that catches it")
        elif missed:
            message = f"is not caught by {missed[0]!r} but by {sorted(failed)}: {_why(verdict)}"
            yield Problem(
                place, 1, "wrong-check", message, "name the check that catches it, or mend that check"
            )


def _mutants(exercise: Exercise, score: Score) -> Iterator[Problem]:
    place = f"{exercise.id}/tests.py"
    if score.score < LEAST_SCORE:
        survivors = "; ".join(score.survivors[:8])
        message = f"catches {score.killed} of {score.total} mutants; these live: {survivors}"
        yield Problem(
            place, 0, "mutants", message, "add a check, or mark them as equivalent in exercise.yaml"
        )
    for mark in score.unknown:
        message = f"no mutant is named {mark!r}"
        yield Problem(
            f"{exercise.id}/exercise.yaml", 0, "equivalent", message, "remove the mark", Severity.WARNING
        )


def _why(verdict: Verdict) -> str:
    first = verdict.first
    return verdict.message if first is None else f"{first.name}: {verdict.message}"
