"""What the DPO loss and its gradient must be, whatever the code looks like."""

import numpy as np

from cairn.judge import checks as c

N, T = c.dim(1, 4), c.dim(1, 5)
PAIRS = [c.arrays((N,), low=-6, high=0) for _ in range(4)]
BETA = c.sampled(0.5, 0.1, 2.0)


def at(*margins):
    """Log-probabilities whose margin is as given when beta is 1."""
    z = np.array(margins)
    zero = np.zeros(len(z))
    return np.minimum(z, 0), -np.maximum(z, 0), zero, zero


@c.check("an answer's log-probability is the sum over its tokens")
def sums(learner, reference, rng):
    def holds(logps, mask):
        """the log-probabilities of the answer's tokens are added"""
        mask = mask == 1
        c.close(
            learner.sequence_log_probability(logps, mask), (logps * mask).sum(axis=1), inputs=(logps, mask),
            what="the log-probabilities", message="The probability of an answer is the product over its tokens.",
        )  # fmt: skip

    c.property(holds, c.arrays((N, T), low=-3, high=0), c.arrays((N, T), integers=True, low=0, high=1), examples=8)


@c.check("masked tokens do not count", axis="stable")
def masked(learner, reference, rng):
    logps = np.array([[-1.0, -np.inf, -2.0], [np.nan, -3.0, 5.0], [np.nan, -np.inf, np.nan]])
    mask = np.array([[True, False, True], [False, True, False], [False, False, False]])
    c.close(
        learner.sequence_log_probability(logps, mask), [-3.0, -3.0, 0.0], inputs=(logps, mask),
        what="the log-probabilities", message="What stands at a masked place must not reach the sum, not even times 0.",
    )  # fmt: skip


@c.check("the loss follows the formula")
def formula(learner, reference, rng):
    c.same_as_reference(learner.dpo_loss, reference.dpo_loss, *PAIRS, BETA, examples=12)
    pair = [np.array([v]) for v in (-40.0, -60.0, -45.0, -45.0)]
    c.close(learner.dpo_loss(*pair), reference.dpo_loss(*pair), inputs=pair, what="the loss with beta left out")


@c.check("a policy equal to its reference loses ln 2")
def start(learner, reference, rng):
    def holds(chosen, rejected, beta):
        """the loss at the start does not depend on the pairs"""
        got = learner.dpo_loss(chosen, rejected, chosen, rejected, beta)
        c.close(
            got, np.log(2), inputs=(chosen, rejected, beta), what="the loss",
            message="While policy and reference agree both log-ratios are 0, whatever the answers are.",
        )  # fmt: skip

    c.property(holds, *PAIRS[:2], BETA, examples=5)


@c.check("preferring the chosen answer lowers the loss")
def sign(learner, reference, rng):
    better, worse = learner.dpo_loss(*at(2.0), 1.0), learner.dpo_loss(*at(-2.0), 1.0)
    c.close(
        [better, worse], np.log1p(np.exp([-2.0, 2.0])), what="the losses at margins 2 and -2",
        message="The loss falls as the policy moves towards the chosen answer.",
    )  # fmt: skip


@c.check("the gradient is that of the mean loss")
def slopes(learner, reference, rng):
    for beta in (0.5, 2.0):
        for n in (1, 3):
            fixed = [rng.normal(size=n) - 4 for _ in range(2)]
            c.gradient(
                lambda chosen, rejected, fixed=fixed, beta=beta: reference.dpo_loss(chosen, rejected, *fixed, beta),
                lambda chosen, rejected, fixed=fixed, beta=beta: learner.dpo_gradient(chosen, rejected, *fixed, beta),
                {"chosen": rng.normal(size=n) - 4, "rejected": rng.normal(size=n) - 4},
                wrt=("chosen", "rejected"),
            )  # fmt: skip
    pair = [np.array([v]) for v in (-40.0, -60.0, -45.0, -45.0)]
    c.close(
        list(learner.dpo_gradient(*pair)), list(reference.dpo_gradient(*pair)), inputs=pair,
        what="the gradient with beta left out",
    )  # fmt: skip


@c.check("large margins do no harm", axis="stable")
def large(learner, reference, rng):
    for z in (-800.0, 800.0, -1e5, 1e5, 40.0, 100.0):
        pair = at(z)
        c.close(
            learner.dpo_loss(*pair, 1.0), reference.dpo_loss(*pair, 1.0), rtol=1e-6, atol=0, inputs=(*pair, 1.0),
            what="the loss",
        )  # fmt: skip
        c.close(
            list(learner.dpo_gradient(*pair, 1.0)), list(reference.dpo_gradient(*pair, 1.0)), rtol=1e-6, atol=1e-300,
            inputs=(*pair, 1.0), what="the gradient",
        )  # fmt: skip


@c.check("the arguments stay as they are")
def untouched(learner, reference, rng):
    pairs = [rng.normal(size=3) for _ in range(4)]
    c.no_mutation(learner.dpo_loss, *pairs)
    c.no_mutation(learner.dpo_gradient, *pairs)
    c.no_mutation(learner.sequence_log_probability, np.array([[-1.0, -2.0]]), np.array([[True, False]]))
