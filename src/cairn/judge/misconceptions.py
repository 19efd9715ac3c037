"""Which wrong idea a failed submission rests on: what it does beside what each known wrong solution does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from cairn.judge.checks.compare import difference
from cairn.judge.checks.finding import Witness
from cairn.judge.driver import Judge
from cairn.judge.exercise import Exercise, Wrong
from cairn.judge.outcome import EndedError, LearnerError
from cairn.judge.programs import programs
from cairn.judge.sandbox.limits import Limits
from cairn.judge.subject import RemoteModule
from cairn.judge.suite import Kills, same_as
from cairn.judge.verdict import Misconception, Verdict

MOST_WITNESSES = 6
_LIMITS = Limits(cpu_s=2.0, wall_s=5.0)

Failed = Mapping[str, str]
"""The checks that a program fails, each with the exception that it raised there, or nothing."""

Failures = Callable[[Wrong], Failed | frozenset[str]]
"""The checks that a wrong solution fails."""


def failed(verdict: Verdict) -> Failed:
    """The failed checks of a verdict."""
    return {c.name: str(c.finding.detail.get("type", "")) if c.finding else "" for c in verdict.failed}


def likely(
    judge: Judge,
    exercise: Exercise,
    found: Failed | frozenset[str],
    witnesses: Iterable[Witness],
    failures: Failures,
) -> Misconception | None:
    """The wrong solution that gives what the submission gave; else the one that fails in the same way.

    Each wrong solution is run in a sandbox of its own, on the very inputs on which the submission failed. Where
    the submission raised, a wrong solution must raise the same exception at the same check.
    """
    chosen = [w for w in witnesses if not _innocent(exercise, w)][:MOST_WITNESSES]
    if not exercise.wrong:
        return None
    found = _kinds(found)
    raised = {name: kind for name, kind in found.items() if kind}
    nearest = sorted(exercise.wrong, key=lambda w: -len(found.keys() & frozenset(w.caught_by)))
    for wrong in nearest:
        if chosen and _agrees(judge, exercise, wrong, chosen) and _raises(failures, wrong, raised):
            where = "the input" if len(chosen) == 1 else f"{len(chosen)} inputs"
            because = f"Your code gives the same as this mistake on {where} where it fails."
            return _named(exercise, wrong, because, certain=True)
    same = [w for w in nearest if _kinds(failures(w)).keys() == found.keys() and _raises(failures, w, raised)]
    if len(same) == 1 and raised:
        kinds = " and ".join(sorted(set(raised.values())))
        because = f"Your code raises {kinds} at exactly the checks where this mistake does."
        return _named(exercise, same[0], because, certain=False)
    if len(same) != 1 or (chosen and len(found) == 1):
        return None  # one failed check is shared by many mistakes: that would be guessing
    because = "Your code fails exactly the checks that this mistake fails."
    return _named(exercise, same[0], because, certain=False)


def of_tests(judge: Judge, exercise: Exercise, kills: Kills) -> Misconception | None:
    """The weak set of tests that fails on the same programs, right and wrong. Failing on all tells nothing."""
    if len(kills.failed) == len(programs(exercise)):
        return None
    for wrong in exercise.wrong:
        if same_as(judge, exercise, wrong.source, kills.failed, seed=exercise.seed):
            because = "Your tests fail on the same programs as tests with this weakness."
            return _named(exercise, wrong, because, certain=False)
    return None


def _kinds(found: Failed | frozenset[str]) -> Failed:
    """The failed checks by name; names alone mean that nothing was raised."""
    return found if isinstance(found, Mapping) else dict.fromkeys(found, "")


def _raises(failures: Failures, wrong: Wrong, raised: Failed) -> bool:
    """Whether a wrong solution raises the same exceptions at the same checks."""
    if not raised:
        return True
    theirs = _kinds(failures(wrong))
    return all(theirs.get(name) == kind for name, kind in raised.items())


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
