"""From answers to parameters and alarms: the whole calibration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from cairn.learner.tracing import (
    Behaviour,
    Classes,
    Flag,
    Grouped,
    Model,
    Precision,
    Requirement,
    Scores,
    behaviour,
    check,
    doubtful,
    fit_model,
    pool,
    precision,
    shrink,
    sigmoid,
    spread,
    strengths,
)
from cairn.study.calibration import predictor
from cairn.study.calibration.pace import minutes
from cairn.study.calibration.parameters import (
    ClassParameters,
    Interval,
    ItemParameters,
    Parameters,
    RequirementParameters,
    SkillParameters,
)
from cairn.study.calibration.table import Table

Floats = NDArray[np.float64]

CHANCE = {
    "choice": 0.25,
    "numeric": 0.05,
    "expression": 0.03,
    "shape": 0.1,
    "order": 0.05,
    "output": 0.05,
    "free": 0.15,
}
UNKNOWN_KIND = "item"
UNKNOWN_CHANCE = 0.2
PAUSE_DAYS = 30.0
_WARM = 300_000
_ROUNDS = 40


@dataclass(frozen=True, slots=True)
class ItemAlarm:
    """An item that is probably wrong: what for, how large, how sure (see `cairn.learner.tracing.checks`)."""

    item: str
    skill: str
    flag: Flag


@dataclass(frozen=True, slots=True)
class RequirementAlarm:
    """A requirement that many do without."""

    requirement: RequirementParameters
    p: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """What came out.

    Attributes:
        parameters: for the file.
        items: alarms on items, the clearest first.
        requirements: alarms on requirements, the clearest first.
        slip_known, guess_known: items whose slip or guess is known more from answers than from their class.
        requirements_known: requirements with enough people to be judged.
        predictor: scores of the online predictor on people it was not fitted on, if it was fitted.
        dropped: rows left out because something was missing.
    """

    parameters: Parameters
    items: tuple[ItemAlarm, ...]
    requirements: tuple[RequirementAlarm, ...]
    slip_known: int
    guess_known: int
    requirements_known: int
    predictor: Scores | None
    dropped: int


def calibrate(
    table: Table,
    edges: Sequence[tuple[str, str]],
    made: datetime,
    kinds: Mapping[str, str] | None = None,
    pause_days: float = PAUSE_DAYS,
) -> Calibration:
    """Fit everything to the answers. Deterministic.

    Args:
        table: the answers.
        edges: requirements, (required skill, skill) by name; those without answers are left out.
        made: the time to write into the parameters.
        kinds: the kind of each item; an item without one is of an unknown kind.
        pause_days: what is known is taken to hold until a pause in the skill as long as this.
    """
    data = table.grouped(pause_days)
    skill_of = np.zeros(len(table.items), dtype=np.int64)
    skill_of[table.item] = table.skill
    names, classes = _classes(table, skill_of, kinds or {})
    model = _fit(Model.start(len(table.skills), classes), data)
    seen = behaviour(model, data, table.time())
    sure = precision(model, seen)
    place = {name: k for k, name in enumerate(table.skills)}
    pairs = [(place[a], place[b]) for a, b in edges if a in place and b in place]
    found = strengths(model, data, pairs)
    requirements = _requirements(table, pairs, found)
    fitted = predictor.fit(table)
    parameters = Parameters(
        made=made.isoformat(),
        people=table.people,
        answers=len(table.item),
        items=_items(table, model, seen, sure),
        skills={
            n: SkillParameters(float(b), float(s))
            for n, b, s in zip(table.skills, model.bias, model.slope, strict=True)
        },
        requirements=requirements,
        classes=_class_parameters(names, model),
        predictor=predictor.document(table, *fitted) if fitted else None,
    )
    return Calibration(
        parameters=parameters,
        items=tuple(
            ItemAlarm(table.items[f.item], table.skills[skill_of[f.item]], f)
            for f in check(model, seen, sure, skill_of)
        ),
        requirements=tuple(RequirementAlarm(requirements[k], p) for k, p in doubtful(found)),
        slip_known=int((sure.slip_share > 0.5).sum()),
        guess_known=int((sure.guess_share > 0.5).sum()),
        requirements_known=sum(f.without >= 15 for f in found),
        predictor=fitted[1] if fitted else None,
        dropped=table.dropped,
    )


def _fit(model: Model, data: Grouped) -> Model:
    """EM on some people until it settles, the classes' spread, then all people."""
    sample = data.first(_WARM) if len(data.item) > 2 * _WARM else data
    for _ in range(2):
        model = fit_model(model, sample, _ROUNDS)
        model = replace(model, classes=spread(model, behaviour(model, sample)))
    if sample is not data:
        model = fit_model(model, data, _ROUNDS // 4)
        model = replace(model, classes=spread(model, behaviour(model, data)))
    return fit_model(model, data, _ROUNDS // 4, close=5e-4)


def _classes(
    table: Table, skill_of: NDArray[np.int64], kinds: Mapping[str, str]
) -> tuple[list[tuple[str, str]], Classes]:
    """The classes of items: kind and level, with the chance of a right guess of each."""
    keys = [
        (kinds.get(item, UNKNOWN_KIND), table.skills[skill_of[k]].partition("@")[2])
        for k, item in enumerate(table.items)
    ]
    names = sorted(set(keys))
    place = {name: k for k, name in enumerate(names)}
    chance = np.array([CHANCE.get(kind, UNKNOWN_CHANCE) for kind, _ in names])
    return names, Classes.start(np.array([place[key] for key in keys]), chance)


def _items(table: Table, model: Model, seen: Behaviour, sure: Precision) -> dict[str, ItemParameters]:
    slip, guess = (_intervals(v, sd) for v, sd in ((model.slip, sure.slip_sd), (model.guess, sure.guess_sd)))
    time = minutes(table)
    infit = seen.r2 / np.maximum(seen.v, 1e-9)
    outfit = seen.ratio / np.maximum(seen.answers, 1)
    return {
        name: ItemParameters(
            slip=float(model.slip[k]),
            slip_interval=slip[k],
            slip_from_data=float(sure.slip_share[k]),
            guess=float(model.guess[k]),
            guess_interval=guess[k],
            guess_from_data=float(sure.guess_share[k]),
            minutes=float(time[k]) if np.isfinite(time[k]) else None,
            answers=int(seen.answers[k]),
            infit=float(infit[k]),
            outfit=float(outfit[k]),
        )
        for k, name in enumerate(table.items)
    }


def _intervals(value: Floats, sd: Floats) -> list[Interval]:
    """95 % on the scale of logits, where a probability near zero has a lopsided error."""
    centre = np.log(value / (1 - value))
    reach = 1.96 * sd / (value * (1 - value))
    low, high = sigmoid(centre - reach), sigmoid(centre + reach)
    return list(zip(low.tolist(), high.tolist(), strict=True))


def _requirements(
    table: Table, pairs: Sequence[tuple[int, int]], found: list[Requirement]
) -> tuple[RequirementParameters, ...]:
    mean, sd = pool(found)
    out = []
    for (earlier, later), one in zip(pairs, found, strict=True):
        low, leak, high = shrink(one, mean, sd)
        out.append(
            RequirementParameters(
                table.skills[later], table.skills[earlier], leak, (low, high), one.carry, one.people
            )
        )
    return tuple(out)


def _class_parameters(names: list[tuple[str, str]], model: Model) -> tuple[ClassParameters, ...]:
    c = model.classes
    return tuple(
        ClassParameters(kind, level, *(float(v[k]) for v in (c.slip, c.slip_weight, c.guess, c.guess_weight)))
        for k, (kind, level) in enumerate(names)
    )
