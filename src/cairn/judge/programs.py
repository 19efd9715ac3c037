"""Right and wrong programs for the tests that a learner writes, made to look alike."""

from __future__ import annotations

import ast
import random
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from cairn.judge.checks.check import Axis
from cairn.judge.exercise import Exercise
from cairn.judge.mutants import mutants

_SEEN_BY_TESTS = {Axis.CORRECT, Axis.STABLE}


@dataclass(frozen=True, slots=True)
class Program:
    """One implementation of what the learner's tests are about.

    Attributes:
        name: for authors: a file's name, or a mutant's.
        source: Python source.
        right: whether it is right.
        says: what is wrong with it, in one sentence.
        misconception: id of the wrong idea, if it is a known one.
    """

    name: str
    source: str
    right: bool
    says: str = ""
    misconception: str | None = None


def programs(exercise: Exercise, *, marked: bool = False) -> tuple[Program, ...]:
    """All programs that the tests of an exercise are run against.

    Right are the solution and the alternatives of the exercise it is about. Wrong are that one's wrong
    solutions, but for those that only cost too much or use what is forbidden, and mutants of its solution.
    What is marked in `equivalent`, there or here, is left out.

    Args:
        exercise: of the kind "write-tests".
        marked: give all of them, also those that are marked.
    """
    key = (exercise.id, exercise.digest, marked)
    if key not in _KNOWN:
        _KNOWN[key] = tuple(_found(exercise, marked=marked))
    return _KNOWN[key]


_KNOWN: dict[tuple[str, str, bool], tuple[Program, ...]] = {}
"""What was found before: it depends on the exercise's files alone."""


def _found(exercise: Exercise, *, marked: bool) -> Iterator[Program]:
    base = exercise.base
    if base is None:
        return
    yield Program("solution", base.solution, right=True)
    for name, source in base.alternatives.items():
        yield Program(f"alternatives/{name}", source, right=True)
    out = set() if marked else {e.mutant for e in (*exercise.sheet.equivalent, *base.sheet.equivalent)}
    axes = {check.name: check.axis for check in base.checks}
    for wrong in base.wrong:
        seen = any(axes.get(name) in _SEEN_BY_TESTS for name in wrong.caught_by)
        if seen and f"wrong/{wrong.name}" not in out:
            yield Program(
                f"wrong/{wrong.name}",
                wrong.source,
                right=False,
                says=wrong.says,
                misconception=wrong.misconception,
            )
    # In an order that does not change when one of them is marked.
    chosen = sorted(mutants(base.solution), key=lambda m: zlib.crc32(m.name.encode()))
    for mutant in [m for m in chosen if m.name not in out][: None if marked else exercise.sheet.mutants]:
        before, _, after = mutant.name.partition(": ")[2].partition(" -> ")
        says = f"Where a right program has `{before}`, it has `{after}`."
        yield Program(mutant.name, mutant.source, right=False, says=says)


def disguised(source: str, rng: random.Random) -> str:
    """A program that does the same and gives away nothing by its looks.

    Comments and docstrings go, layout is made uniform, and assignments that do nothing are put in by chance, so
    that neither text nor byte code can be compared with a program that was seen before.
    """
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            node.body = [n for n in node.body if not _text(n)] or [ast.Pass()]
        if isinstance(node, ast.FunctionDef):
            at = 0  # the first comes before all else: what follows a return would leave no trace
            for statement in _idle(rng):
                node.body.insert(at, statement)
                at = rng.randint(at + 1, max(at + 1, len(node.body) - 1))
    return ast.unparse(ast.fix_missing_locations(tree))


def _text(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def _idle(rng: random.Random) -> list[ast.stmt]:
    """Assignments to names that nothing else reads, each made of the ones before."""
    names: list[str] = []
    found: list[ast.stmt] = []
    for _ in range(rng.randint(3, 6)):
        forms = [
            "{k}",
            "{a}",
            "({a}, {b})",
            "[{a}, {k}]",
            "not {a}",
            "{a} is {b}",
            "[{a}, {b}, {k}]",
            "({k}, [{a}])",
        ]
        form = rng.choice(forms) if names else "{k}"
        a, b = (rng.choice(names), rng.choice(names)) if names else ("", "")
        names.append(f"_{rng.getrandbits(32):08x}")
        found += ast.parse(f"{names[-1]} = {form.format(a=a, b=b, k=rng.randint(-99, 99))}").body
    return found
