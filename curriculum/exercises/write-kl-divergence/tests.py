"""What a KL divergence of categorical distributions must do."""

import numpy as np

from cairn.judge import checks as c

N, K = c.dim(1, 4), c.dim(2, 6)


class Distributions(c.Strategy):
    """Rows that sum to one: simple fractions, and some entries 0 where `zeros` allows it."""

    def __init__(self, shape, zeros=False):
        self.shape, self.zeros = shape, zeros

    def dims(self):
        return [n for n in self.shape if not isinstance(n, int)]

    def draw(self, rng, sizes, turn):
        shape = [sizes.get(n, n) for n in self.shape]
        return normalised(rng.integers(0 if self.zeros else 1, 5, size=shape).astype(np.float64))

    def resize(self, value, sizes):
        return normalised(value[tuple(slice(sizes.get(n, n)) for n in self.shape)])


def normalised(weights):
    """Rows divided by their sums; a row of zeros becomes certain of its first outcome."""
    weights = weights.copy()
    weights[..., 0] += weights.sum(axis=-1) == 0
    return weights / weights.sum(axis=-1, keepdims=True)


@c.check("agrees with the definition")
def matches_the_definition(learner, reference, rng):
    c.same_as_reference(learner.kl_divergence, reference.kl_divergence, Distributions((K,)), Distributions((K,)))


@c.check("it is zero for equal distributions and above zero for others")
def zero_only_for_equals(learner, reference, rng):
    def holds(p, q):
        c.close(
            learner.kl_divergence(p, p), 0.0, what="KL(p, p)", inputs=(p,),
            message="Who bets on the true distribution pays nothing extra.",
        )  # fmt: skip
        if np.abs(p - q).max() > 0.01:
            got = learner.kl_divergence(p, q)
            assert got > 0, f"A wrong belief costs something: KL(p, q) should be above 0, not {got:.6g}."

    c.property(holds, Distributions((K,)), Distributions((K,)), examples=6)


@c.check("an outcome that never happens is free")
def what_never_happens_is_free(learner, reference, rng):
    def holds(p, q):
        shut = np.concatenate([p, [0.0, 0.0]])
        for tail in ([0.0, 0.0], [0.5, 0.0]):
            belief = np.concatenate([q * (1 - sum(tail)), tail])
            c.close(
                learner.kl_divergence(shut, belief), reference.kl_divergence(shut, belief),
                what="the divergence", inputs=(shut, belief),
                message="Where p is 0 the term is 0, also where q is 0.",
            )  # fmt: skip

    c.property(holds, Distributions((K,), zeros=True), Distributions((K,)), examples=6)


@c.check("a broken promise costs infinity")
def broken_promise_is_infinite(learner, reference, rng):
    def holds(p, q):
        q = q.copy()
        q[0] = 0.0
        q = normalised(q)
        got = learner.kl_divergence(p, q)
        if np.shape(got) != () or got != np.inf:
            message = "q says that the first outcome cannot happen, and p says that it does."
            raise c.failed("a broken promise costs infinity", message, args=(p, q), got=got, expected=np.inf)

    c.property(holds, Distributions((K,)), Distributions((K,)), examples=6)


@c.check("a tiny probability is neither 0 nor some floor", axis="stable")
def tiny(learner, reference, rng):
    for small in (1e-9, 1e-15, 1e-30, 1e-200):
        p, q = np.array([0.5, 0.5]), np.array([1.0, small])
        for one, other in ((p, q), (q, p)):
            c.close(
                learner.kl_divergence(one, other), reference.kl_divergence(one, other),
                what="the divergence", inputs=(one, other),
                message=f"The probability {small:g} has the logarithm {np.log(small):.4g}.",
            )  # fmt: skip


@c.check("each row is a distribution by itself")
def each_row_by_itself(learner, reference, rng):
    for shape in ((N, K), (2, N, K)):
        c.same_as_reference(
            learner.kl_divergence, reference.kl_divergence,
            Distributions(shape, zeros=True), Distributions(shape), examples=6,
        )  # fmt: skip


@c.check("divergences of independent parts add up")
def independent_parts(learner, reference, rng):
    def holds(p, q, r, s):
        joint = learner.kl_divergence(np.outer(p, r).ravel(), np.outer(q, s).ravel())
        c.close(
            joint, learner.kl_divergence(p, q) + learner.kl_divergence(r, s), what="the divergence of the pair",
            inputs=(p, q, r, s), message="Of two independent draws each brings its own divergence.",
        )  # fmt: skip

    two, three = Distributions((2,)), Distributions((3,))
    c.property(holds, two, two, three, three, examples=4)


@c.check("the inputs stay as they are")
def inputs_unchanged(learner, reference, rng):
    p, q = normalised(rng.integers(0, 4, size=(3, 4)) + 0.0), normalised(rng.integers(0, 4, size=(3, 4)) + 0.0)
    c.no_mutation(learner.kl_divergence, p, q)
