"""Values that the protocol has a tag for and Python has no type for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True, slots=True)
class Reference:
    """An object that stays in the learner's process, spoken of by number.

    Attributes:
        number: its number there.
        kind: "object", "function", "class" or "callable" (an object with a state that can be called).
        name: the name of its class, or its own name; untrusted text.
    """

    number: int
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Code:
    """A Python expression the learner's process evaluates: how a learner's function is given a function."""

    source: str


@dataclass(frozen=True, slots=True)
class Generator:
    """A NumPy generator with this seed, made afresh where it arrives."""

    seed: int


@dataclass(frozen=True, slots=True, eq=False)
class Tensor:
    """A torch tensor as an array. `brain` is true for bfloat16, whose numbers travel as float32."""

    array: np.ndarray[Any, Any]
    brain: bool = False
