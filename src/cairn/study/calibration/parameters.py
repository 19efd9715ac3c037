"""The file of fitted parameters: what belief reads instead of its defaults. Evidence is never changed by it."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cairn.study.errors import CalibrationError

FORMAT = 1
FILE = "parameters.json"
_AGAIN = "make it again with: cairn calibrate"

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class ItemParameters:
    """One item.

    Attributes:
        slip, guess: P(wrong | skill known), P(right | skill not known).
        slip_interval, guess_interval: 95 % of the posterior.
        slip_from_data, guess_from_data: share of what is known that comes from this item's own answers.
        minutes: median time of the average person, or None.
        answers: how many it rests on.
        infit, outfit: mean squared residuals, by information and plain; 1 is what the model expects.
    """

    slip: float
    slip_interval: Interval
    slip_from_data: float
    guess: float
    guess_interval: Interval
    guess_from_data: float
    minutes: float | None
    answers: int
    infit: float
    outfit: float


@dataclass(frozen=True, slots=True)
class SkillParameters:
    """One skill: log odds that it is known, `bias + slope * ability` with ability standard normal."""

    bias: float
    slope: float


@dataclass(frozen=True, slots=True)
class RequirementParameters:
    """One requirement: leak is P(skill known | required skill not known), carry the same given it is known."""

    skill: str
    requires: str
    leak: float
    interval: Interval
    carry: float
    people: int


@dataclass(frozen=True, slots=True)
class ClassParameters:
    """Items of a kind and level: means of slip and guess, and how many answers they count as for a new item."""

    kind: str
    level: str
    slip: float
    slip_weight: float
    guess: float
    guess_weight: float


@dataclass(frozen=True, slots=True)
class Parameters:
    """Everything fitted. `made` is an ISO time; the predictor is a plain mapping (see `predictor`)."""

    made: str
    people: int
    answers: int
    items: Mapping[str, ItemParameters]
    skills: Mapping[str, SkillParameters]
    requirements: tuple[RequirementParameters, ...]
    classes: tuple[ClassParameters, ...]
    predictor: Mapping[str, Any] | None = field(default=None)

    def document(self) -> dict[str, Any]:
        """As JSON values, with the version of the format."""
        return {
            "format": FORMAT,
            "made": self.made,
            "people": self.people,
            "answers": self.answers,
            "items": {name: _plain(one) for name, one in self.items.items()},
            "skills": {name: _plain(one) for name, one in self.skills.items()},
            "requirements": [_plain(one) for one in self.requirements],
            "classes": [_plain(one) for one in self.classes],
            "predictor": self.predictor,
        }


def _plain(one: Any) -> dict[str, Any]:  # noqa: ANN401  # any of the classes above
    values = {name: getattr(one, name) for name in one.__dataclass_fields__}
    return {name: _short(value) for name, value in values.items()}


def _short(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, tuple):
        return [_short(v) for v in value]
    return round(value, 6) if isinstance(value, float) else value


def save(parameters: Parameters, path: Path) -> None:
    """Write the file whole or not at all.

    Raises:
        OSError: the place cannot be written to.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text(json.dumps(parameters.document(), indent=1, sort_keys=True), encoding="utf-8")
    draft.replace(path)


def load(path: Path) -> Parameters:
    """Read the file.

    Raises:
        CalibrationError: it is damaged, or of another version; the message names the place.
        OSError: it cannot be read.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise CalibrationError(f"{path} is not JSON: {error}", _AGAIN) from None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        version = found.get("format") if isinstance(found, dict) else None
        raise CalibrationError(f"{path} has format {version!r}; this Cairn reads {FORMAT}", _AGAIN)
    try:
        return _parse(found)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        what = f"{error} is missing" if isinstance(error, KeyError) else str(error)
        raise CalibrationError(f"{path}: {what}", _AGAIN) from None


def _parse(found: dict[str, Any]) -> Parameters:
    items = {}
    for name, one in found["items"].items():
        for key in ("slip", "guess"):
            if not 0 <= float(one[key]) <= 1:
                msg = f"items: {name}: {key} is {one[key]}, not a probability"
                raise ValueError(msg)
        items[name] = ItemParameters(**{k: _tuple(v) for k, v in one.items()})
    requirements = []
    for one in found["requirements"]:
        if not 0 <= float(one["leak"]) <= 1:
            msg = f"requirements: {one['skill']}: leak is {one['leak']}, not a probability"
            raise ValueError(msg)
        requirements.append(RequirementParameters(**{k: _tuple(v) for k, v in one.items()}))
    skills = {
        name: SkillParameters(float(one["bias"]), float(one["slope"]))
        for name, one in found["skills"].items()
    }
    for name, skill in skills.items():
        if not (math.isfinite(skill.bias) and math.isfinite(skill.slope)):
            msg = f"skills: {name}: bias and slope must be finite"
            raise ValueError(msg)
    return Parameters(
        made=str(found["made"]),
        people=int(found["people"]),
        answers=int(found["answers"]),
        items=items,
        skills=skills,
        requirements=tuple(requirements),
        classes=tuple(ClassParameters(**one) for one in found["classes"]),
        predictor=found.get("predictor"),
    )


def _tuple(value: Any) -> Any:  # noqa: ANN401
    return tuple(value) if isinstance(value, list) else value
