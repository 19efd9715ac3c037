"""What beam search finds, and how often it asks."""

import numpy as np

from cairn.judge import checks as c

# Log-probabilities of four tokens that depend on all ids; the stop token 3 is likely now and then.
MIXED = c.function(
    "lambda ids: (lambda z: z - np.log(np.exp(z).sum()))"
    "(2 * np.sin((1 + np.arange(4)) * (0.37 + sum((i + 2) * (1.3 * t + 1) for i, t in enumerate(ids)))))"
)
# The worked example: the better first token leads to the worse pair.
TRAP = c.function(
    "lambda ids: np.log([0.6, 0.399, 0.0005, 0.0005]) if len(ids) == 1 else"
    " np.log([0.5, 0.3, 0.1, 0.1]) if ids[-1] == 0 else np.log([0.04, 0.04, 0.9, 0.02])"
)
PROMPT = c.lists(c.integers(0, 3), min_size=1, max_size=4)


def compared(learner, reference, args, message):
    """The same tokens and the same score."""
    tokens, score = learner.beam_search(*args)
    wanted, best = reference.beam_search(*args)
    c.close(tokens, wanted, inputs=args[1:], what="the list of tokens", message=message)
    c.close(score, best, inputs=args[1:], what="the score", message=message)


@c.check("width one is greedy decoding")
def greedy(learner, reference, rng):
    def holds(prompt, most):
        tokens, score = learner.beam_search(MIXED, prompt, 3, 1, most, 0.0)
        wanted, total = [], 0.0
        while len(wanted) < most and 3 not in wanted:
            z = MIXED([*prompt, *wanted])
            wanted.append(int(np.argmax(z)))
            total += float(z[wanted[-1]])
        c.close(tokens, wanted, inputs=(prompt, most), what="the list of tokens")
        c.close(score, total, inputs=(prompt, most), what="the score")

    c.property(holds, PROMPT, c.integers(1, 4), examples=8, name="a beam of width one decodes greedily")


@c.check("a wide beam takes a worse first token for a better text")
def trap(learner, reference, rng):
    for width in (1, 2, 3):
        compared(
            learner, reference, (TRAP, [0], 9, width, 2, 0.0),
            "Tokens 0 and then the best have 0.6 * 0.5; 1 and then 2 have 0.399 * 0.9, which width 2 finds.",
        )  # fmt: skip


@c.check("the candidates of all hypotheses compete")
def together(learner, reference, rng):
    # No stop token and no normalisation: only the selection is at work.
    c.same_as_reference(
        learner.beam_search, reference.beam_search, MIXED, PROMPT, 9, c.integers(2, 4), c.integers(2, 4), 0.0, examples=10
    )


@c.check("a beam that holds everything finds the best text")
def exhaustive(learner, reference, rng):
    def holds(prompt):
        tokens, score = learner.beam_search(MIXED, prompt, 9, 64, 3, 1.0)
        every = []
        for a in range(4):
            first = MIXED([*prompt, a])
            every += [MIXED([*prompt])[a] + first[b] + MIXED([*prompt, a, b]).max() for b in range(4)]
        c.close(score, float(max(every)) / 3, inputs=(prompt,), what="the score of a beam of width 64")

    c.property(holds, PROMPT, examples=2, name="a beam as wide as the tree finds the best text")


@c.check("finished hypotheses are remembered")
def remembered(learner, reference, rng):
    # The text that stops at once has 0.5, the best other token 0.3. From there on the best token has 0.3, and stopping
    # early was right, or 0.99, and by the normalised score it was not.
    for p in (0.3, 0.99):
        rest = (1 - p) / 3
        model = c.function(
            f"lambda ids: np.log([0.3, 0.15, 0.05, 0.5]) if len(ids) == 2 else"
            f" np.log([{p}, {rest + 0.01}, {rest - 0.004}, {rest - 0.006}] if {p} < 0.9 else [{p}, 0.005, 0.003, 0.002])"
        )
        for alpha in (0.0, 1.0):
            compared(
                learner, reference, (model, [1, 1], 3, 2, 4, alpha),
                "The text that stopped early and the text that went on are compared at the end, by their scores.",
            )  # fmt: skip


@c.check("finished hypotheses grow no more")
def closed(learner, reference, rng):
    # After the stop token this model is certain, so a hypothesis that went on would keep its place in the beam.
    model = c.function(
        "lambda ids: np.log([0.97, 0.01, 0.01, 0.01]) if 3 in ids else np.log([0.3, 0.19, 0.11, 0.4])"
    )
    for width in (1, 2, 3):
        for alpha in (0.0, 1.0):
            compared(
                learner, reference, (model, [1], 3, width, 4, alpha),
                "A hypothesis that ends in the stop token is complete: it is not extended, and its place is free.",
            )  # fmt: skip


@c.check("the score is normalised by the length")
def normalised(learner, reference, rng):
    c.same_as_reference(
        learner.beam_search, reference.beam_search, MIXED, PROMPT, 3, c.integers(1, 4), c.integers(1, 5),
        c.sampled(0.0, 0.5, 1.0, 2.0), examples=16,
    )  # fmt: skip


@c.check("impossible tokens are never taken")
def impossible(learner, reference, rng):
    # From each token two ways lead on, so a beam of width 5 is not full at first.
    model = c.function(
        "lambda ids: np.array([[-np.inf, -0.5, -0.9, -np.inf], [-1.1, -np.inf, -np.inf, -0.4], [-0.3, -1.4, -np.inf,"
        " -np.inf], [-np.inf] * 4])[ids[-1]]"
    )
    for most in (1, 2, 3):
        compared(
            learner, reference, (model, [0], 3, 5, most, 1.0),
            "A token of log-probability -inf cannot follow, even when the beam has room.",
        )  # fmt: skip


@c.check("the model is called once per live hypothesis", axis="efficient")
def calls(learner, reference, rng):
    # A model that fails when it is asked more often than there are hypotheses to extend.
    for stop, most, budget in ((9, 4, 1 + 2 + 2 + 2), (2, 6, 1 + 1)):
        model = c.function(
            "lambda ids: np.log([0.001, 0.3, 0.699]) if len(ids) < 2 else np.log([0.05, 0.1, 0.85])"
            f" if {stop} == 9 else np.array([-np.inf, -np.inf, 0.0])",
            calls=budget,
        )
        tokens, _ = learner.beam_search(model, [0], stop, 2, most, 0.0)
        c.close(
            len(tokens), 4 if stop == 9 else 1, what="the length of the text",
            message=f"A model that allows {budget} calls is enough for this search.",
        )  # fmt: skip


@c.check("the prompt stays as it is")
def untouched(learner, reference, rng):
    c.no_mutation(learner.beam_search, MIXED, [0, 1], 3, 2, 3, 1.0)
