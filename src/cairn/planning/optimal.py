"""The exact choice, with HiGHS through SciPy, where the extra `optimal` is installed."""

from __future__ import annotations

from cairn.planning.closure import Selection

SECONDS = 0.8
GAP = 1e-3


def available() -> bool:
    """Whether SciPy's solver is installed."""
    try:
        import scipy.optimize  # noqa: F401, PLC0415
    except ImportError:
        return False
    return True


def exact(
    instance: Selection, start: frozenset[int], seconds: float = SECONDS
) -> tuple[frozenset[int], float] | None:
    """A choice and a proven bound from branch and cut; None if nothing was found in time.

    Nodes that lead to no goal which fits are left out first. Each requirement is its own inequality, which makes
    the relaxation as tight as closed sets allow. The start is used where the solver finds nothing better.
    """
    import numpy as np  # noqa: PLC0415
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415
    from scipy.sparse import csr_array  # noqa: PLC0415

    nodes = sorted(useful(instance))
    if not nodes:
        return start, instance.value(start)
    place = {node: k for k, node in enumerate(nodes)}
    values = np.array([instance.values[i] for i in nodes])
    costs = np.array([[float(instance.costs[i]) for i in nodes]])
    pairs = [(place[i], place[j]) for i in nodes for j in instance.needs[i]]
    limits = [LinearConstraint(costs, ub=float(instance.budget))]
    if pairs:
        rows = np.repeat(np.arange(len(pairs)), 2)
        columns = np.array(pairs).ravel()
        signs = np.tile([1.0, -1.0], len(pairs))
        limits.append(
            LinearConstraint(csr_array((signs, (rows, columns)), shape=(len(pairs), len(nodes))), ub=0.0)
        )
    options = {"time_limit": seconds, "mip_rel_gap": GAP}
    result = milp(
        -values, integrality=np.ones(len(nodes)), bounds=Bounds(0, 1), constraints=limits, options=options
    )
    bound = getattr(result, "mip_dual_bound", None)
    proven = -float(bound) if bound is not None else float(values.sum())
    if result.x is None:
        return start, proven
    found = frozenset(node for node, x in zip(nodes, result.x, strict=True) if x > 0.5)
    return (found, proven) if instance.is_valid(found) else (start, proven)


def useful(instance: Selection) -> set[int]:
    """The nodes that some goal needs which fits into the budget with all it needs."""
    found: set[int] = set()
    for i in reversed(range(len(instance.costs))):
        if instance.values[i] > 0 and i not in found:
            below = instance.below(i)
            if instance.cost(below) <= instance.budget:
                found |= below
    return found
