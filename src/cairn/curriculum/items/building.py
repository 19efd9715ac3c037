"""From an item's sheet and its parameters to a key and what each wrong answer means: one function for each kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from cairn.curriculum.items import algebra, comparing
from cairn.curriculum.items.item import (
    ChoiceSheet,
    Distractor,
    ExpressionSheet,
    FreeSheet,
    Item,
    Mistake,
    NumericSheet,
    OrderSheet,
    OutputSheet,
    ProofStep,
    Right,
    ShapeSheet,
    Wrong,
)
from cairn.curriculum.items.key import (
    ChoiceKey,
    ExpressionKey,
    Foreseen,
    FreeKey,
    Key,
    NumericKey,
    OrderKey,
    OutputKey,
    ShapeKey,
)
from cairn.curriculum.items.language import LanguageError, parse
from cairn.curriculum.items.points import points
from cairn.curriculum.items.program import run
from cairn.curriculum.items.rng import Rng
from cairn.curriculum.items.template import fill, plain

Path = tuple[str | int, ...]
Names = Mapping[str, Any]


class BuildError(ValueError):
    """Raised when a part of an item fails. `path` says which."""

    def __init__(self, path: Path, message: str) -> None:
        super().__init__(message)
        self.path = path


@dataclass(frozen=True, slots=True)
class Built:
    """What the kinds have in common once built. `names` are added for the explanation: the answer's value."""

    key: Key
    shown: str
    foreseen: tuple[Foreseen, ...]
    options: tuple[tuple[str, str], ...] = ()
    code: str = ""
    names: Names = field(default_factory=dict)


def build(item: Item, names: Names, rng: Rng) -> Built | None:  # noqa: PLR0911  # one form after another
    """The key and the foreseen mistakes; None where a wrong answer equals the right one or another."""
    match item.sheet:
        case NumericSheet():
            return _numeric(item, item.sheet, names)
        case ExpressionSheet():
            return _expression(item, item.sheet, names)
        case ShapeSheet():
            return _shape(item, item.sheet, names)
        case ChoiceSheet():
            return _choice(item, item.sheet, names, rng)
        case OrderSheet():
            return _order(item, item.sheet, names, rng)
        case OutputSheet():
            return _output(item, item.sheet, names)
        case FreeSheet():
            return _free(item, item.sheet, names)


@contextmanager
def _at(*path: str | int) -> Iterator[None]:
    """Say where in the item a failure belongs."""
    try:
        yield
    except BuildError:
        raise
    except (ValueError, TypeError, ArithmeticError) as error:  # those of the language and the formulas too
        raise BuildError(path, str(error)) from None


def _foreseen(item: Item, wrong: Wrong, key: Key | str, names: Names) -> Foreseen:
    shared = item.misconceptions.get(wrong.misconception)
    says = wrong.says or (shared.says if shared else None)
    if says is None:
        message = (
            f"the misconception {wrong.misconception!r} is described nowhere: "
            "add `says` here, or describe it under `misconceptions`"
        )
        raise LanguageError(message)
    repairs = wrong.repairs or (shared.repairs if shared else None) or item.sheet.repairs
    lacks = wrong.lacks or (shared.lacks if shared else None)
    return Foreseen(key, wrong.misconception, fill(says, names).strip(), repairs, lacks)


def _holds(wrong: Wrong | Right, names: Names) -> bool:
    return wrong.when is None or bool(parse(wrong.when)(names))


def _mistakes(
    item: Item, mistakes: Sequence[Mistake], names: Names, key_of: Callable[[Any], Key], key: Key
) -> tuple[Foreseen, ...] | None:
    """The mistakes that apply, or None where one equals the key or another."""
    found: list[Foreseen] = []
    for i, mistake in enumerate(mistakes):
        with _at("mistakes", i):
            if not _holds(mistake, names):
                continue
            wrong = key_of(mistake.value)
            if comparing.same(key, wrong) or any(
                comparing.same(f.key, wrong) for f in found if not isinstance(f.key, str)
            ):
                return None
            found.append(_foreseen(item, mistake, wrong, names))
    return tuple(found)


# ---- numeric -------------------------------------------------------------------------------------------------


def _numeric(item: Item, sheet: NumericSheet, names: Names) -> Built | None:
    with _at("answer"):
        value = _number(sheet.answer, names)
    whole = bool(np.all(value == np.round(value))) and bool(np.all(np.abs(value) < 1e15))
    exact = whole and sheet.tolerance is None and sheet.within is None
    rtol = (
        1e-9
        if exact
        else 0.01
        if sheet.tolerance is None and sheet.within is None
        else sheet.tolerance or 0.0
    )
    atol = sheet.within or (
        1e-9 if exact or np.ndim(value) == 0 else 0.002 * float(np.max(np.abs(value), initial=0))
    )

    def key_of(source: Any) -> NumericKey:  # noqa: ANN401
        return NumericKey(_number(source, names), rtol, atol, sheet.unit)

    key = NumericKey(value, rtol, atol, sheet.unit)
    foreseen = _mistakes(item, sheet.mistakes, names, key_of, key)
    if foreseen is None:
        return None
    shown = plain(value) + (f" {sheet.unit}" if sheet.unit else "")
    return Built(key, f"${shown}$" if "\\begin" in shown else shown, foreseen, names={"answer": value})


def _number(source: Any, names: Names) -> Any:  # noqa: ANN401
    made = parse(source)(names) if isinstance(source, str) else source
    try:
        value = np.asarray(made, dtype=float)
    except (TypeError, ValueError):
        message = f"{source!r} gives {made!r}, which is no number"
        raise LanguageError(message) from None
    if not np.all(np.isfinite(value)) or value.ndim > 2 or value.size == 0:
        message = f"{source!r} gives {plain(made)}, which is no finite number, vector or matrix"
        raise LanguageError(message)
    return float(value) if value.ndim == 0 else value


# ---- expression ----------------------------------------------------------------------------------------------


def _expression(item: Item, sheet: ExpressionSheet, names: Names) -> Built | None:
    free = (*sheet.variables, *sheet.arrays)
    with _at("variables" if sheet.variables else "arrays"):
        where = points(sheet.variables, sheet.arrays, names)

    def key_of(source: Any) -> ExpressionKey:  # noqa: ANN401
        text = fill(str(source), names)
        return ExpressionKey(algebra.parse(text, free, extra=("D",)), text, free, where)

    with _at("answer"):
        key = key_of(sheet.answer)
        comparing.defined(key)
    foreseen = _mistakes(item, sheet.mistakes, names, key_of, key)
    if foreseen is None:
        return None
    return Built(key, f"`{key.text}`", foreseen, names={"answer": key.text})


# ---- shape ---------------------------------------------------------------------------------------------------


def _shape(item: Item, sheet: ShapeSheet, names: Names) -> Built | None:
    def key_of(source: Any) -> ShapeKey:  # noqa: ANN401
        return ShapeKey(_sizes(source, sheet.symbols, names), sheet.symbols)

    with _at("answer"):
        key = key_of(sheet.answer)
    foreseen = _mistakes(item, sheet.mistakes, names, key_of, key)
    if foreseen is None:
        return None
    shown = shape_text(key.sizes)
    return Built(
        key, f"`{shown}`" if key.sizes is not None else "It fails.", foreseen, names={"answer": shown}
    )


def shape_text(sizes: tuple[str, ...] | None) -> str:
    """A shape as Python prints it."""
    if sizes is None:
        return "error"
    return f"({sizes[0]},)" if len(sizes) == 1 else "(" + ", ".join(sizes) + ")"


def _sizes(source: Any, symbols: Sequence[str], names: Names) -> tuple[str, ...] | None:  # noqa: ANN401
    if isinstance(source, str):
        made = "error" if source == "error" else parse(source)({**names, **{s: s for s in symbols}})
        members = made
    else:
        members = [_size(s, symbols, names) for s in source]
    if isinstance(members, str) and members == "error":
        return None
    if not isinstance(members, list | tuple | np.ndarray):
        message = f'{source!r} gives {members!r}, which is neither a list of sizes nor "error"'
        raise LanguageError(message)
    texts = tuple(plain(m) for m in members)
    for text in texts:
        if not text.isdigit():
            comparing.size_value(text, tuple(symbols))
    return texts


def _size(source: Any, symbols: Sequence[str], names: Names) -> Any:  # noqa: ANN401
    """A size: an expression over the parameters, or where it names a symbol, a text for a learner's formula."""
    if not isinstance(source, str):
        return source
    if any(s in parse(source).names for s in symbols) or "<<" in source:
        return fill(source, names)
    return parse(source)(names)


# ---- choice --------------------------------------------------------------------------------------------------


def _choice(item: Item, sheet: ChoiceSheet, names: Names, rng: Rng) -> Built | None:
    rights = _right_options(sheet, names)
    wrongs = [(f"d{i}", d) for i, d in enumerate(sheet.distractors) if _applies(d, names, "distractors", i)]
    show = sheet.show or (5 if sheet.multiple else 4)
    if not rights or not wrongs:
        return None
    count = rng.integer(1, min(len(rights), show - 1)) if sheet.multiple else 1
    if sheet.multiple:
        count = max(count, min(len(rights), show - len(wrongs)))  # few distractors: show more right options
    chosen = rng.sample(rights, count)
    others = rng.sample(wrongs, min(len(wrongs), show - count))
    foreseen, options = [], list(chosen)
    for key, distractor in others:
        with _at("distractors", int(key[1:])):
            options.append((key, fill(distractor.text, names).strip()))
            foreseen.append(_foreseen(item, distractor, key, names))
    if len({" ".join(text.split()).casefold() for _, text in options}) < len(options):
        return None
    shown = "; ".join(text for _, text in chosen)
    key_ = ChoiceKey(frozenset(key for key, _ in chosen), sheet.multiple)
    return Built(key_, shown, tuple(foreseen), tuple(rng.shuffled(options)), names={"answer": shown})


def _right_options(sheet: ChoiceSheet, names: Names) -> list[tuple[str, str]]:
    listed = [sheet.answer] if isinstance(sheet.answer, str) else list(sheet.answer)
    found = []
    for i, right in enumerate(listed):
        with _at("answer", i):
            if isinstance(right, str):
                found.append((f"a{i}", fill(right, names).strip()))
            elif _holds(right, names):
                found.append((f"a{i}", fill(right.text, names).strip()))
    return found


def _applies(distractor: Distractor, names: Names, *path: str | int) -> bool:
    with _at(*path):
        return _holds(distractor, names)


# ---- order ---------------------------------------------------------------------------------------------------


def _order(item: Item, sheet: OrderSheet, names: Names, rng: Rng) -> Built | None:
    keys = [f"s{i}" for i in range(len(sheet.steps))]
    texts: dict[str, str] = {}
    for i, step in enumerate(sheet.steps):
        with _at("steps", i):
            texts[keys[i]] = fill(step if isinstance(step, str) else step.text, names).strip()
    foreseen = []
    for i, distractor in enumerate(sheet.distractors):
        if _applies(distractor, names, "distractors", i):
            with _at("distractors", i):
                texts[f"d{i}"] = fill(distractor.text, names).strip()
                foreseen.append(_foreseen(item, distractor, f"d{i}", names))
    if len(set(texts.values())) < len(texts):
        return None
    key = OrderKey(tuple(keys), _before(sheet.steps))
    if not key.before:
        raise BuildError(("steps",), "no step must stand before another, so that any order is right")
    options = rng.shuffled(list(texts.items()))
    while comparing.in_order([k for k, _ in options if k in keys], key):
        options = rng.shuffled(options)
    shown = "\n".join(f"{n}. {texts[k]}" for n, k in enumerate(keys, start=1))
    return Built(key, shown, tuple(foreseen), tuple(options))


def _before(steps: Sequence[str | ProofStep]) -> frozenset[tuple[str, str]]:
    """All pairs of steps whose order counts: a plain step follows the one before it, others what `after` names."""
    named = {s.id: i for i, s in enumerate(steps) if isinstance(s, ProofStep) and s.id}
    earlier: list[set[int]] = []
    for i, step in enumerate(steps):
        if isinstance(step, str):
            direct = {i - 1} if i else set()
        else:
            unknown = [a for a in step.after if named.get(a, i) >= i]
            if unknown:
                raise BuildError(("steps", i), f"no earlier step has the id {unknown[0]!r}")
            direct = {named[a] for a in step.after}
        earlier.append(direct.union(*(earlier[d] for d in direct)))
    return frozenset((f"s{a}", f"s{i}") for i, all_ in enumerate(earlier) for a in all_)


# ---- output --------------------------------------------------------------------------------------------------


def _output(item: Item, sheet: OutputSheet, names: Names) -> Built | None:
    with _at("code"):
        code = fill(sheet.code, names).strip("\n")
        printed = run(code)

    def key_of(source: Any) -> OutputKey:  # noqa: ANN401
        return OutputKey(fill(str(source), names).strip("\n"))

    key = OutputKey(printed)
    foreseen = _mistakes(item, sheet.mistakes, names, key_of, key)
    if foreseen is None:
        return None
    return Built(key, f"```\n{printed}\n```", foreseen, code=code, names={"answer": printed})


# ---- free ----------------------------------------------------------------------------------------------------


def _free(item: Item, sheet: FreeSheet, names: Names) -> Built:
    options, foreseen = [], []
    for i, point in enumerate(sheet.rubric):
        with _at("rubric", i):
            options.append((f"p{i}", fill(point.point, names).strip()))
            if point.misconception:
                foreseen.append(_foreseen(item, Wrong(misconception=point.misconception), f"p{i}", names))
    with _at("model"):
        model = fill(sheet.model, names).strip()
    passes = sheet.passes or len(sheet.rubric)
    key = FreeKey(tuple(k for k, _ in options), passes)
    return Built(key, model, tuple(foreseen), tuple(options), names={"answer": model})
