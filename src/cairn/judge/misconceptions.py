"""Which wrong idea a failed submission rests on: its outputs beside those of each known wrong solution."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from cairn.judge.checks.compare import difference
from cairn.judge.checks.finding import Witness
from cairn.judge.driver import Judge
from cairn.judge.exercise import Exercise, Wrong
from cairn.judge.outcome import EndedError, LearnerError
from cairn.judge.sandbox.limits import Limits
from cairn.judge.subject import RemoteModule
from cairn.judge.verdict import Misconception

MOST_WITNESSES = 6
_LIMITS = Limits(cpu_s=2.0, wall_s=5.0)

Failures = Callable[[Wrong], frozenset[str]]
"""The checks that a wrong solution fails."""


def likely(
    judge: Judge, exercise: Exercise, failed: frozenset[str], witnesses: Iterable[Witness], failures: Failures
) -> Misconception | None:
    """The wrong solution that gives what the submission gave; else the one that fails the same checks.

    Each wrong solution is run in a sandbox of its own, on the very inputs on which the submission failed.
    """
    chosen = [w for w in witnesses if not _innocent(exercise, w)][:MOST_WITNESSES]
    if not exercise.wrong:
        return None
    nearest = sorted(exercise.wrong, key=lambda w: -len(failed & frozenset(w.caught_by)))
    for wrong in nearest:
        if chosen and _agrees(judge, exercise, wrong, chosen):
            where = "the input" if len(chosen) == 1 else f"{len(chosen)} inputs"
            because = f"Your code gives the same as this mistake on {where} where it fails."
            return _named(exercise, wrong, because, certain=True)
    same = [w for w in nearest if failures(w) == failed]
    if len(same) != 1 or (chosen and len(failed) == 1):
        return None  # one failed check is shared by many mistakes: that would be guessing
    return _named(
        exercise, same[0], "Your code fails exactly the checks that this mistake fails.", certain=False
    )


def _named(exercise: Exercise, wrong: Wrong, because: str, *, certain: bool) -> Misconception:
    repairs = wrong.repairs or exercise.sheet.repairs
    return Misconception(wrong.misconception, wrong.says, because, certain, repairs)


def _innocent(exercise: Exercise, witness: Witness) -> bool:
    """Whether the value is the right one: what a right solution gives too says nothing about a mistake."""
    try:
        return difference(witness.got, witness.replay(exercise.reference), rtol=1e-5, atol=1e-8) is None
    except Exception:  # the reference may refuse what the learner's code took  # noqa: BLE001
        return False


def _agrees(judge: Judge, exercise: Exercise, wrong: Wrong, witnesses: list[Witness]) -> bool:
    with judge.session(exercise.runtime) as session:
        try:
            session.load(wrong.source, filename=f"{wrong.name}.py", limits=_LIMITS, seed=exercise.seed)
            module = RemoteModule(session)
            return all(difference(w.got, w.replay(module), rtol=1e-5, atol=1e-8) is None for w in witnesses)
        except (LearnerError, EndedError):
            return False
        except Exception:  # a scenario may stumble over what a wrong solution returns  # noqa: BLE001
            return False
