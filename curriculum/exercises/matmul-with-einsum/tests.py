"""What four products written with einsum must do."""

import ast
from fnmatch import fnmatch

import numpy as np

from cairn.judge import checks as c
from cairn.judge.checks.check import setting

FORBIDDEN = (
    "operator.matmul", "numpy.matmul", "numpy.dot", "numpy.vdot", "numpy.inner", "numpy.outer", "numpy.vecdot",
    "numpy.matvec", "numpy.vecmat", "numpy.tensordot", "numpy.trace", "numpy.kron", "numpy.linalg.*",
    "numpy.multiply.outer", "numpy.ndarray.dot", "numpy.ndarray.trace",
)  # fmt: skip
n, i, j, k, s, t = (c.dim(1, 3), c.dim(1, 4), c.dim(1, 4), c.dim(1, 4), c.dim(1, 4), c.dim(1, 4))


@c.check("batched_matmul multiplies pair by pair")
def batched(learner, reference, rng):
    c.same_as_reference(
        learner.batched_matmul, lambda a, b: a @ b, c.arrays(shape=(n, i, k)), c.arrays(shape=(n, k, j)), examples=16
    )


@c.check("sizes that do not fit are refused")
def sizes(learner, reference, rng):
    shapes = [
        ((2, 3, 4), (2, 1, 2)), ((2, 3, 1), (2, 4, 2)), ((2, 3, 4), (2, 3, 2)), ((1, 2, 3), (2, 3, 2)),
        ((3, 2, 3), (1, 3, 2)), ((2, 3), (2, 3, 2)), ((2, 2, 3), (2, 3)), ((1, 2, 2, 3), (2, 3, 2)),
    ]  # fmt: skip
    for one, other in shapes:
        c.raises(learner.batched_matmul, np.ones(one), np.ones(other))


@c.check("outer_products keeps the examples apart")
def outer(learner, reference, rng):
    c.same_as_reference(
        learner.outer_products, lambda x, y: x[:, :, None] * y[:, None, :],
        c.arrays(shape=(n, i)), c.arrays(shape=(n, j)), examples=16,
    )  # fmt: skip


@c.check("trace_of_product is the trace of AB")
def trace(learner, reference, rng):
    square, wide = (c.arrays(shape=(i, i)), c.arrays(shape=(i, i))), (c.arrays(shape=(i, j)), c.arrays(shape=(j, i)))
    for pair in (square, wide):
        c.same_as_reference(learner.trace_of_product, lambda a, b: np.trace(a @ b), *pair, examples=10)


@c.check("attention_scores are dot products over the root of d")
def scores(learner, reference, rng):
    def right(q, k):
        return q @ k.swapaxes(2, 3) / np.sqrt(q.shape[3])

    q, keys = c.arrays(shape=(n, s, i, k)), c.arrays(shape=(n, s, j, k))
    c.same_as_reference(learner.attention_scores, right, q, keys, examples=16)


@c.check("the trace costs one multiplication for each entry", axis="efficient")
def cheap(learner, reference, rng):
    c.cost(learner.trace_of_product, lambda m: (np.ones((m, m)), np.ones((m, m))), at_most=2)


@c.check("the arguments are left as they were")
def untouched(learner, reference, rng):
    a, b = rng.normal(size=(2, 3, 4)), rng.normal(size=(2, 4, 3))
    c.no_mutation(learner.batched_matmul, a, b)
    c.no_mutation(learner.outer_products, a[0], a[0])
    c.no_mutation(learner.trace_of_product, np.eye(3), np.eye(3))
    c.no_mutation(learner.attention_scores, a[None], a[None])


@c.check("every product is an einsum with an arrow", axis="from scratch")
def scratch(learner, reference, rng):
    a, b = rng.normal(size=(2, 3, 4)), rng.normal(size=(2, 4, 3))
    calls = {
        "batched_matmul": (a, b), "outer_products": (a[0], a[0]), "trace_of_product": (np.eye(3), np.eye(3)),
        "attention_scores": (a[None], a[None]),
    }  # fmt: skip
    c.from_scratch(learner.outer_products, a[0], a[0], forbid=FORBIDDEN)
    for name, args in calls.items():
        _, seen = getattr(learner, name).watch((args, {}), "calls")
        called = [str(n) for n in seen.get("calls", ())]
        ready = sorted(n for n in called for pattern in FORBIDDEN if fnmatch(n, pattern))
        if ready:
            raise c.failed("every product is an einsum", f"{name} calls {ready[0]}. Write it as an einsum.")
        if not any("einsum" in n for n in called):
            raise c.failed("every product is an einsum", f"{name} does not call np.einsum.")
    for node in ast.walk(ast.parse(setting().source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("einsum") and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and "->" not in str(first.value):
                text = f"Line {node.lineno}: without an arrow the axes of the result follow the alphabet. Write it."
                raise c.failed("every string has an arrow", text)
