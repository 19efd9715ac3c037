"""How the cost grows: counted operations or bytes at several sizes and the exponent fitted to them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from cairn.judge.checks.check import setting
from cairn.judge.checks.compare import failed
from cairn.judge.checks.sampling import raised
from cairn.judge.outcome import LearnerError

_SLACK = 0.35
UNITS = {"operations": 0, "bytes": 1}


def exponent(sizes: Sequence[float], costs: Sequence[float]) -> float:
    """The slope of log cost over log size, by least squares over the larger half, where it has settled."""
    half = max(2, (len(sizes) + 1) // 2)
    x, y = np.log(np.asarray(sizes[-half:], dtype=float)), np.log(np.maximum(costs[-half:], 1.0))
    return float(np.polyfit(x, y, 1)[0])


def cost(
    function: Any,
    make: Callable[[int], Any],
    *,
    at_most: float,
    sizes: Sequence[int] = (16, 32, 64, 128),
    of: str = "operations",
) -> None:
    """Check how the cost of a call grows with its input.

    Counted, not timed: an operation is a line of the learner's code or an element that NumPy worked through
    for it; bytes are the peak of what was allocated. The numbers are told by the learner's process.

    Args:
        function: the learner's.
        make: gives the arguments (one value or a tuple) for a size.
        at_most: the largest exponent that will do: 1 for linear, 2 for quadratic.
        sizes: ascending; the larger half decides.
        of: "operations" or "bytes".

    Raises:
        CheckFailed: with the counts and the fitted exponent.
    """
    costs: list[int] = []
    for size in sizes:
        made = make(size)
        args = made if isinstance(made, tuple) else (made,)
        try:
            _, seen = function.watch((args, {}), "cost")
        except LearnerError as error:
            raise raised(error, args) from error
        counted = seen.get("cost")
        told = counted[UNITS[of]] if isinstance(counted, tuple) and len(counted) == 2 else 0
        costs.append(told if isinstance(told, int) else 0)
        if setting().late and len(costs) >= 3:
            break
    sizes = sizes[: len(costs)]
    grown = exponent(sizes, costs)
    if not math.isfinite(grown) or grown > at_most + _SLACK:
        table = [{"size": n, of: c} for n, c in zip(sizes, costs, strict=True)]
        message = (
            f"The {of} grow like n^{grown:.1f}, where n^{at_most:g} is enough:"
            f" {costs[-2]} at n = {sizes[-2]}, {costs[-1]} at n = {sizes[-1]}."
        )
        detail = {"exponent": round(grown, 3), "at_most": at_most, "counts": table}
        raise failed(f"the {of} grow no faster than n^{at_most:g}", message, detail=detail)
