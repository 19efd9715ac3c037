"""What authors write checks with: `from cairn.judge import checks as c` in an exercise's `tests.py`.

Every function here raises `CheckFailed` with a `Finding` where something does not hold, and returns nothing
where it does.
"""

from cairn.judge.checks.check import Axis, Check, Setting, check, setting
from cairn.judge.checks.compare import close, difference, dtype, equal, failed, shape
from cairn.judge.checks.conduct import deterministic, from_scratch, no_mutation, parameter_count, raises
from cairn.judge.checks.cost import cost
from cairn.judge.checks.finding import CheckFailed, Finding, Shown, Witness, show
from cairn.judge.checks.given import function, generator
from cairn.judge.checks.gradient import gradient, numerical
from cairn.judge.checks.inputs import Dim, Strategy, arrays, dim, floats, integers, just, lists, sampled, text
from cairn.judge.checks.invariants import (
    batch_independent,
    causal,
    idempotent,
    invariant,
    linear,
    permutation_equivariant,
    permutation_invariant,
    rows_sum_to_one,
)
from cairn.judge.checks.no_autograd import no_autograd
from cairn.judge.checks.sampling import property, same_as_reference, same_behaviour  # noqa: A004
from cairn.judge.checks.stable import stable
from cairn.judge.checks.statistical import statistical
from cairn.judge.outcome import LearnerError

__all__ = [
    "Axis",
    "Check",
    "CheckFailed",
    "Dim",
    "Finding",
    "LearnerError",
    "Setting",
    "Shown",
    "Strategy",
    "Witness",
    "arrays",
    "batch_independent",
    "causal",
    "check",
    "close",
    "cost",
    "deterministic",
    "difference",
    "dim",
    "dtype",
    "equal",
    "failed",
    "floats",
    "from_scratch",
    "function",
    "generator",
    "gradient",
    "idempotent",
    "integers",
    "invariant",
    "just",
    "linear",
    "lists",
    "no_autograd",
    "no_mutation",
    "numerical",
    "parameter_count",
    "permutation_equivariant",
    "permutation_invariant",
    "property",
    "raises",
    "rows_sum_to_one",
    "same_as_reference",
    "same_behaviour",
    "sampled",
    "setting",
    "shape",
    "show",
    "stable",
    "statistical",
    "text",
]
