"""Grade an answer to a variant. Pure and total: any text gets a mark and a message, and none is ever run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from cairn.curriculum.items import algebra, comparing, reading
from cairn.curriculum.items.algebra import AnswerError
from cairn.curriculum.items.differing import difference
from cairn.curriculum.items.evaluation import WorkOut, at_points
from cairn.curriculum.items.key import (
    ChoiceKey,
    ExpressionKey,
    Foreseen,
    FreeKey,
    NumericKey,
    OrderKey,
    OutputKey,
    ShapeKey,
)
from cairn.curriculum.items.variant import Option, Variant

Answer = str | Sequence[str] | None
"""What a learner gives: a text; for options, steps and rubric points their keys; None for "I don't know"."""


class Mark(StrEnum):
    """What an answer is. An unreadable one is not counted; the person may try again."""

    RIGHT = "right"
    WRONG = "wrong"
    PASSED = "passed"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Note:
    """What is to be said of one option or step once the question is answered.

    Attributes:
        option: the option, as it was shown.
        right: whether it belongs to the answer.
        why: for a wrong one, the idea behind it; None where the author gave none.
    """

    option: Option
    right: bool
    why: Foreseen | None


@dataclass(frozen=True, slots=True)
class Graded:
    """A mark with its reasons.

    Attributes:
        mark: right, wrong, passed ("I don't know") or unreadable.
        message: one or two sentences on this answer.
        because: the wrong ideas this answer shows, each with what repairs it.
        shown: the right answer, in Markdown; empty where the person may try again.
        explanation: why it is right, in Markdown; empty likewise.
        notes: every option or step, chosen or not, with what is wrong with it; empty likewise.
    """

    mark: Mark
    message: str
    because: tuple[Foreseen, ...] = ()
    shown: str = ""
    explanation: str = ""
    notes: tuple[Note, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether it says something about the person."""
        return self.mark is not Mark.UNREADABLE


def grade(variant: Variant, answer: Answer, work_out: WorkOut = at_points) -> Graded:
    """The mark of an answer, with what is wrong and why. Never raises on an answer.

    Args:
        variant: the question.
        answer: what was given.
        work_out: how a learner's formula is worked out; here, unless a caller has a safer place.
    """
    if answer is None:
        return _whole(variant, Mark.PASSED, "You passed.", ())
    try:
        mark, message, because = _judged(variant, answer, work_out)
    except AnswerError as error:
        return Graded(Mark.UNREADABLE, str(error))
    except RecursionError:
        return Graded(Mark.UNREADABLE, "The answer is nested too deeply to be read.")
    return _whole(variant, mark, message, because)


def _whole(variant: Variant, mark: Mark, message: str, because: tuple[Foreseen, ...]) -> Graded:
    """A mark with all that may be said after it."""
    return Graded(mark, message, because, variant.shown, variant.explanation, tuple(_notes(variant)))


def _notes(variant: Variant) -> Iterator[Note]:
    match variant.key:
        case ChoiceKey(right):
            belongs = right
        case OrderKey(steps):
            belongs = frozenset(steps)
        case _:
            return
    why = {f.key: f for f in variant.foreseen if isinstance(f.key, str)}
    for option in variant.options:
        yield Note(option, option.key in belongs, why.get(option.key))


_Judged = tuple[Mark, str, tuple[Foreseen, ...]]
_RIGHT: _Judged = (Mark.RIGHT, "Right.", ())


def _judged(variant: Variant, answer: str | Sequence[str], work_out: WorkOut) -> _Judged:  # noqa: PLR0911  # one kind after another
    match variant.key:
        case ChoiceKey():
            return _choice(variant, variant.key, _chosen(variant, answer))
        case OrderKey():
            return _order(variant, variant.key, _chosen(variant, answer))
        case FreeKey():
            return _free(variant, variant.key, _chosen(variant, answer))
    answer = _one(answer)
    match variant.key:
        case NumericKey():
            return _numeric(variant, variant.key, answer)
        case ExpressionKey():
            return _expression(variant, variant.key, answer, work_out)
        case ShapeKey():
            return _shape(variant, variant.key, answer)
        case OutputKey():
            return _output(variant, variant.key, answer)


def _one(answer: str | Sequence[str]) -> str:
    """The text of an answer; a list of one text is that text."""
    if not isinstance(answer, str) and len(answer) == 1:
        answer = answer[0]
    if not isinstance(answer, str):
        msg = "One answer is asked for, as a text."
        raise AnswerError(msg)
    return answer


def _wrong(foreseen: Sequence[Foreseen], message: str) -> _Judged:
    if foreseen:
        return Mark.WRONG, foreseen[0].says, tuple(foreseen)
    return Mark.WRONG, message, ()


def _chosen(variant: Variant, answer: str | Sequence[str]) -> list[str]:
    """The keys that were chosen; numbers from 1 and letters stand for the options as they are shown."""
    given = answer.replace(",", " ").split() if isinstance(answer, str) else list(answer)
    if len(given) > 50 or not all(isinstance(g, str) for g in given):
        msg = "That is more than there is to choose from; give the numbers of the options."
        raise AnswerError(msg)
    keys = [o.key for o in variant.options]
    found: list[str] = []
    for text in given:
        if text in keys:
            found.append(text)
        elif text.isascii() and text.isdigit() and len(text) < 3 and 1 <= int(text) <= len(keys):
            found.append(keys[int(text) - 1])
        elif len(text) == 1 and text.isascii() and text.isalpha() and ord(text.lower()) - 97 < len(keys):
            found.append(keys[ord(text.lower()) - 97])
        else:
            msg = f"{text[:40]!r} is no option; give the numbers of the options."
            raise AnswerError(msg)
    if len(set(found)) < len(found):
        msg = "An option is given twice."
        raise AnswerError(msg)
    return found


def _choice(variant: Variant, key: ChoiceKey, chosen: list[str]) -> _Judged:
    if not chosen:
        msg = "Choose an option, or say that you do not know."
        raise AnswerError(msg)
    if not key.multiple and len(chosen) > 1:
        msg = "Choose one option only."
        raise AnswerError(msg)
    if set(chosen) == key.right:
        return _RIGHT
    by_key = {f.key: f for f in variant.foreseen}
    because = tuple(by_key[k] for k in chosen if k in by_key)
    missing = len(key.right - set(chosen))
    if because:
        return Mark.WRONG, " ".join(f.says for f in because), because
    left = "One right option is" if missing == 1 else f"{missing} right options are"
    return Mark.WRONG, f"What you ticked is right, but {left.lower()} missing.", ()


def _order(variant: Variant, key: OrderKey, given: list[str]) -> _Judged:
    texts = {o.key: o.text for o in variant.options}
    stray = [f for f in variant.foreseen if f.key in given]
    if stray:
        return _wrong(stray, "")
    missing = [k for k in key.steps if k not in given]
    if missing:
        count = "One step is" if len(missing) == 1 else f"{len(missing)} steps are"
        return Mark.WRONG, f"{count} missing.", ()
    if comparing.in_order(given, key):
        return _RIGHT
    place = {k: i for i, k in enumerate(given)}
    late, early = min(((a, b) for a, b in key.before if place[a] > place[b]), key=lambda p: place[p[1]])
    return Mark.WRONG, f"“{texts[early]}” needs “{texts[late]}” before it.", ()


def _free(variant: Variant, key: FreeKey, ticked: list[str]) -> _Judged:
    if len(ticked) >= key.passes:
        return _RIGHT
    missing = [k for k in key.points if k not in ticked]
    because = tuple(f for f in variant.foreseen if f.key in missing)
    message = f"{len(ticked)} of {len(key.points)} points; {key.passes} are needed."
    return Mark.WRONG, message, because


def _numeric(variant: Variant, key: NumericKey, text: str) -> _Judged:
    got: Any
    if np.ndim(key.value) == 0:
        got = reading.number(text, key.unit)
    else:
        got = reading.numbers(text, np.ndim(key.value))
        if np.shape(got) != np.shape(key.value):
            mine, asked = (" by ".join(map(str, np.shape(v))) for v in (got, key.value))
            msg = f"Your answer has {mine} numbers; {asked} are asked for."
            raise AnswerError(msg)
    if comparing.near(key, got):
        return _RIGHT
    found = [f for f in variant.foreseen if isinstance(f.key, NumericKey) and comparing.near(f.key, got)]
    return _wrong(found, _nearly(key, got))


def _nearly(key: NumericKey, got: Any) -> str:  # noqa: ANN401
    """What can be said of a wrong number that nobody foresaw."""
    right = np.asarray(key.value)

    def is_(factor: float) -> bool:
        return comparing.near(key, np.asarray(got) * factor)

    if not np.any(right != 0):
        return "Not right."
    with np.errstate(over="ignore"):
        if is_(-1):
            return "The size is right, the sign is not."
        if is_(100) or is_(0.01):
            return "This is off by a factor of 100: a share and a percentage are mixed up."
        error = float(np.max(np.abs(got - right)) / np.max(np.abs(right)))
    if error < max(5 * key.rtol, 0.03) and not np.all(right == np.round(right)):
        return f"Close, but {error:.1%} off: keep more digits on the way."
    return "Not right."


def _expression(variant: Variant, key: ExpressionKey, text: str, work_out: WorkOut) -> _Judged:
    node = algebra.parse(text, key.names)
    got = work_out(node, key.points)
    if comparing.equal(key, node, got):
        return _RIGHT
    keys = ((f, f.key) for f in variant.foreseen)
    found = [f for f, k in keys if isinstance(k, ExpressionKey) and comparing.equal(k, node, got)]
    return _wrong(found, "" if found else difference(key, node, got))


def _shape(variant: Variant, key: ShapeKey, text: str) -> _Judged:
    sizes = reading.sizes(text)
    if comparing.same_shape(key, sizes):
        return _RIGHT
    found = [
        f for f in variant.foreseen if isinstance(f.key, ShapeKey) and comparing.same_shape(f.key, sizes)
    ]
    if found or sizes is None or key.sizes is None:
        return _wrong(found, "It does not fail." if sizes is None else "This operation fails.")
    if len(sizes) != len(key.sizes):
        return Mark.WRONG, f"The result has {len(key.sizes)} axes, not {len(sizes)}.", ()
    off = [i for i, (a, b) in enumerate(zip(key.sizes, sizes, strict=True)) if a != b]
    return Mark.WRONG, f"Axis {off[0]} is not right." if off else "Not right.", ()


def _output(variant: Variant, key: OutputKey, text: str) -> _Judged:
    if len(text) > 4000:
        msg = f"The answer is {len(text)} characters long; at most 4000 are read."
        raise AnswerError(msg)
    if not text.strip():
        msg = "The answer is empty."
        raise AnswerError(msg)
    if comparing.same_output(key.text, text):
        return _RIGHT
    found = [
        f
        for f in variant.foreseen
        if isinstance(f.key, OutputKey) and comparing.same_output(f.key.text, text)
    ]
    lines = (len(t.strip().splitlines()) for t in (key.text, text))
    right, got = lines
    message = (
        f"The program prints {right} line{'s' if right != 1 else ''}, not {got}."
        if right != got
        else "The program prints something else."
    )
    return _wrong(found, message)
