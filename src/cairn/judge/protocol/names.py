"""What an expression that travels may use, on either side."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from typing import Any

import numpy as np


class CallBudgetError(RuntimeError):
    """A function that was lent for some calls was called once more."""


def names() -> dict[str, Any]:
    """The namespace of an expression: `np`, `math`, `at_most`, and `torch` where it is loaded."""
    return {"np": np, "math": math, "torch": sys.modules.get("torch"), "at_most": at_most}


def at_most(calls: int, function: Callable[..., object]) -> Callable[..., object]:
    """The function for so many calls; each further one raises `CallBudgetError`."""
    left = [calls]

    def lent(*args: object, **kwargs: object) -> object:
        if not left[0]:
            often = "once" if calls == 1 else f"{calls} times"
            raise CallBudgetError(
                f"The function that your code was given may be called {often} here and was called once more: "
                "keep a result that is needed again"
            )
        left[0] -= 1
        return function(*args, **kwargs)

    return lent
