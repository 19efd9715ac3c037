"""Trying a property on many inputs, and making the one that breaks it as small as it gets."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from cairn.judge import trail
from cairn.judge.checks.check import setting
from cairn.judge.checks.compare import difference
from cairn.judge.checks.finding import CheckFailed, Finding, Witness, show, show_input
from cairn.judge.checks.inputs import Sizes, Strategy, as_strategy, sizes_for, smaller
from cairn.judge.outcome import LearnerError

EXAMPLES = 16
_WITNESSES = 2
_SHRINK_SECONDS = 3.0  # a backstop for slow code

Values = tuple[Any, ...]
Judged = Callable[[Values, Any], CheckFailed | None]
"""Looks at an input and what the learner made of it."""


@dataclass(frozen=True, slots=True)
class Example:
    """One input: its values and the lengths they share."""

    values: Values
    sizes: Sizes


def over(function: Any, given: Sequence[object], judged: Judged, *, examples: int = EXAMPLES) -> None:
    """Call a learner's function on many inputs in one round trip and look at each result.

    Args:
        function: the learner's function.
        given: a strategy, or a constant, for each argument.
        judged: gives the failure for an input and its result, or None.
        examples: how many inputs.

    Raises:
        CheckFailed: for the smallest input found that fails.
    """
    drawn = draw([as_strategy(g) for g in given], examples)
    results, problem = function.map([(e.values, {}) for e in drawn])

    def one(values: Values) -> CheckFailed | None:
        try:
            got = function(*values)
        except LearnerError as error:
            return raised(error, values)
        return witnessed(function, values, got, judged(values, got))

    for example, got in zip(drawn, results, strict=False):
        failure = witnessed(function, example.values, got, judged(example.values, got))
        if failure is not None:
            raise shrunk(example, failure, [as_strategy(g) for g in given], one)
    if problem is not None:
        failed = drawn[len(results)]
        raise shrunk(failed, raised(problem, failed.values), [as_strategy(g) for g in given], one)


def witnessed(function: Any, values: Values, got: object, failure: CheckFailed | None) -> CheckFailed | None:
    """The failure with a witness: how to get this result from another solution."""
    if failure is None:
        return None
    name = getattr(function, "name", "")
    witness = Witness(lambda module: getattr(module, name)(*values), got)
    return failure.because(witnesses=(*failure.finding.witnesses, witness))


def property(  # the word the exercises use  # noqa: A001
    holds: Callable[..., Any], *given: object, examples: int = EXAMPLES, name: str = ""
) -> None:
    """Check that something holds for all inputs.

    Args:
        holds: called with one value for each strategy. It fails where it gives False, raises AssertionError
            or lets one of this library's checks fail.
        given: strategies of this library or of Hypothesis; anything else is a constant.
        examples: how many inputs to try.
        name: the property as a phrase; by default the function's docstring.

    Raises:
        CheckFailed: with the smallest input found.
    """
    phrase = name or (holds.__doc__ or "").strip().partition("\n")[0].rstrip(".") or "the property holds"

    def one(values: Values) -> CheckFailed | None:
        with trail.followed() as calls:
            failure = tried(values)
        if failure is None or failure.finding.witnesses:
            return failure
        last = [call for call in calls if call.repeatable][-_WITNESSES:]
        return failure.because(witnesses=tuple(Witness(call.again, call.got) for call in last))

    def tried(values: Values) -> CheckFailed | None:
        try:
            answer = holds(*values)
        except LearnerError as error:
            return raised(error, values)
        except CheckFailed as failure:
            return failure if failure.finding.input else failure.because(input=show_input(values))
        except AssertionError as error:
            text = str(error) or f"This should hold: {phrase}."
            return CheckFailed(Finding(phrase, text, show_input(values)))
        if answer is not None and not np.all(answer):
            return CheckFailed(Finding(phrase, f"This should hold: {phrase}.", show_input(values)))
        return None

    if any(type(g).__module__.startswith("hypothesis") for g in given):
        _by_hypothesis(one, given, examples)
        return
    strategies = [as_strategy(g) for g in given]
    for turn, example in enumerate(draw(strategies, examples)):
        if turn and setting().late:
            return
        failure = one(example.values)
        if failure is not None:
            raise shrunk(example, failure, strategies, one)


def same_as_reference(
    function: Any,
    reference: Any,
    *given: object,
    examples: int = EXAMPLES,
    rtol: float | None = None,
    atol: float | None = None,
    message: str = "",
) -> None:
    """Check that a learner's function gives what the reference gives, on many inputs.

    What is expected is worked out after the learner's answers are in.

    Args:
        function: the learner's.
        reference: the reference's.
        given: a strategy, or a constant, for each argument.
        examples: how many inputs.
        rtol: relative tolerance, instead of the dtype's.
        atol: absolute tolerance, instead of the dtype's.
        message: a sentence that teaches, put first.

    Raises:
        CheckFailed: with the smallest input on which they differ.
    """

    def judged(values: Values, got: Any) -> CheckFailed | None:
        expected = reference(*values)
        found = difference(got, expected, rtol=rtol, atol=atol)
        if found is None:
            return None
        detail = _traces(function, values) if "shape" in found.message else {}
        return CheckFailed(Finding(
            "agrees with the reference", f"{message} The result {found.message}.".strip(), show_input(values),
            show(expected), show(got), found.at, detail,
        ))  # fmt: skip

    over(function, given, judged, examples=examples)


def same_behaviour(
    learner: Any,
    reference: Any,
    scenario: Callable[..., Any],
    *given: object,
    examples: int = 8,
    rtol: float | None = None,
    atol: float | None = None,
    message: str = "",
) -> None:
    """Check that a whole scenario comes to the same with the learner's module as with the reference.

    For classes and other things with a state: the scenario makes objects, calls methods, gives a value.

    Args:
        learner: the learner's module.
        reference: the reference module.
        scenario: called with a module and one value for each strategy.
        given: a strategy, or a constant, for each further argument.
        examples: how many inputs.
        rtol: relative tolerance, instead of the dtype's.
        atol: absolute tolerance, instead of the dtype's.
        message: a sentence that teaches, put first.

    Raises:
        CheckFailed: with the smallest input on which they differ.
    """
    phrase = (scenario.__doc__ or "").strip().partition("\n")[0].rstrip(
        "."
    ) or "behaves as the reference does"

    def one(values: Values) -> CheckFailed | None:
        try:
            got = scenario(learner, *values)
        except LearnerError as error:
            return raised(error, values)
        expected = scenario(reference, *values)
        found = difference(got, expected, rtol=rtol, atol=atol)
        if found is None:
            return None
        witness = Witness(lambda module: scenario(module, *values), got)
        return CheckFailed(Finding(
            phrase, f"{message} The result {found.message}.".strip(), show_input(values), show(expected),
            show(got), found.at,
            witnesses=(witness,),
        ))  # fmt: skip

    strategies = [as_strategy(g) for g in given]
    for turn, example in enumerate(draw(strategies, examples)):
        if turn and setting().late:
            return
        failure = one(example.values)
        if failure is not None:
            raise shrunk(example, failure, strategies, one)


def draw(strategies: Sequence[Strategy], examples: int) -> list[Example]:
    """The inputs of a check: always the same for the same seed."""
    rng = np.random.default_rng([setting().seed & 0xFFFFFFFF, len(strategies)])
    found = []
    for turn in range(examples):
        sizes = sizes_for(strategies, rng, turn)
        found.append(Example(tuple(s.draw(rng, sizes, turn) for s in strategies), sizes))
    return found


def shrunk(
    example: Example,
    failure: CheckFailed,
    strategies: Sequence[Strategy],
    one: Callable[[Values], CheckFailed | None],
) -> CheckFailed:
    """The failure of the smallest input found that fails in the same way, with all witnesses on the way."""
    patience, until = setting().patience, time.monotonic() + _SHRINK_SECONDS
    first = failure
    progress = True
    while progress:
        progress = False
        for candidate in _candidates(example, strategies):
            if patience[0] <= 0 or time.monotonic() > until:
                break
            patience[0] -= 1
            again = None
            with suppress(ValueError, IndexError, ZeroDivisionError, np.linalg.LinAlgError):
                again = one(candidate.values)  # the reference may refuse what is too small for it
            if again is not None and _alike(again.finding, failure.finding):
                example, failure, progress = candidate, again, True
                break
    witnesses = (*failure.finding.witnesses, *first.finding.witnesses)
    return CheckFailed(replace(failure.finding, witnesses=witnesses))


def raised(error: LearnerError, values: Sequence[object] = ()) -> CheckFailed:
    """What it means for a check that the learner's code raised."""
    where = [str(frame) for frame in error.frames]
    last = f" (line {error.frames[-1].line})" if error.frames else ""
    if error.refused is not None:
        message = f"The sandbox refused {error.refused}{last}. An exercise needs no such thing."
    elif error.type == "Untransportable":
        message = f"The result cannot be judged: {error.message}."
    elif error.type == "CallBudgetError":
        message = f"{error.message}{last}."
    else:
        message = f"{error}{last}."
    detail = {"type": error.type, "traceback": where}
    return CheckFailed(Finding(
        "runs without an error", message, show_input(values), detail=detail, outcome=error.outcome
    ))  # fmt: skip


def _alike(one: Finding, other: Finding) -> bool:
    """Whether two findings are about the same fault, so that shrinking does not wander off to another."""
    return one.property == other.property and one.detail.get("type") == other.detail.get("type")


def _candidates(example: Example, strategies: Sequence[Strategy]) -> Iterator[Example]:
    for sizes in smaller(example.sizes):
        values = tuple(s.resize(v, sizes) for s, v in zip(strategies, example.values, strict=True))
        yield Example(values, sizes)
    for i, strategy in enumerate(strategies):
        for simpler in strategy.simpler(example.values[i]):
            yield Example((*example.values[:i], simpler, *example.values[i + 1 :]), example.sizes)


def _traces(function: Any, values: Values) -> dict[str, object]:
    """The shapes of the learner's intermediate arrays, line by line."""
    watch = getattr(function, "watch", None)
    if watch is None:
        return {}
    try:
        _, seen = watch((values, {}), "shapes")
    except LearnerError:
        return {}
    lines = [
        {"line": line, "text": text, "name": name, "shape": list(shape)}
        for line, text, name, shape in seen.get("shapes", ())
    ]
    return {"shapes": lines}


def _by_hypothesis(
    one: Callable[[Values], CheckFailed | None], given: Sequence[object], examples: int
) -> None:
    """The same with Hypothesis drawing and shrinking."""
    from hypothesis import HealthCheck, Phase, seed, settings  # half a second nobody else pays  # noqa: PLC0415
    from hypothesis import given as drawn  # noqa: PLC0415
    from hypothesis import strategies as st  # noqa: PLC0415

    wanted = [g if type(g).__module__.startswith("hypothesis") else st.just(g) for g in given]

    @seed(setting().seed)
    @settings(
        max_examples=examples, database=None, deadline=None, suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink), report_multiple_bugs=False, print_blob=False,
    )  # fmt: skip
    @drawn(st.tuples(*wanted))
    def run(values: Values) -> None:
        failure = one(values)
        if failure is not None:
            raise failure

    run()
