"""What is right for one variant, and what each foreseen wrong answer means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from cairn.curriculum.items.algebra import Node
from cairn.curriculum.skill import Skill


@dataclass(frozen=True, slots=True)
class NumericKey:
    """A number, vector or matrix. `value` is a float or an array of floats."""

    value: Any
    rtol: float
    atol: float
    unit: str | None


@dataclass(frozen=True, slots=True)
class ExpressionKey:
    """A formula with the points at which it is compared: for each point, or for all at once, the names' values."""

    node: Node
    text: str
    names: tuple[str, ...]
    points: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class ShapeKey:
    """Sizes as whole numbers or as formulas over the symbols; None where the operation fails."""

    sizes: tuple[str, ...] | None
    symbols: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChoiceKey:
    """The keys of the right options."""

    right: frozenset[str]
    multiple: bool


@dataclass(frozen=True, slots=True)
class OrderKey:
    """The steps that belong, in one right order, and the pairs whose order counts."""

    steps: tuple[str, ...]
    before: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class OutputKey:
    """What the program prints."""

    text: str


@dataclass(frozen=True, slots=True)
class FreeKey:
    """The rubric's keys, and how many of them make the answer right."""

    points: tuple[str, ...]
    passes: int


Key: TypeAlias = NumericKey | ExpressionKey | ShapeKey | ChoiceKey | OrderKey | OutputKey | FreeKey


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A wrong answer that the author foresaw.

    Attributes:
        key: the wrong value as a key of the item's kind; for options and steps the option's key.
        misconception: the name of the wrong idea.
        says: what is wrong with it.
        repairs: the page section that repairs it, as topic#section, or None.
        lacks: the prerequisite that is probably missing, or None.
    """

    key: Key | str
    misconception: str
    says: str
    repairs: str | None
    lacks: Skill | None
