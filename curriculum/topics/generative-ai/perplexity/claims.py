"""Checks of the page on perplexity: exact expectations over small processes, and the code of the exercise."""

from typing import Annotated

import numpy as np

from cairn.claims import Plot, Points, Range, at_least, at_most, claim, derivation, equal, failure, figure, outcome, use

taught = use("exercises/perplexity-compute/solution.py")

Tokens = Annotated[int, Range(1, 300)]
Signs = Annotated[int, Range(2, 40)]


def ppl(chances):
    """The perplexity of a text whose tokens got these probabilities, by the code of the exercise."""
    logs = np.log(np.asarray(chances, dtype=float))
    return taught.perplexity(logs, np.ones(len(logs), dtype=bool))


@claim(
    "geometric-mean",
    "Perplexity is one over the geometric mean of the probabilities: at least 1, and V for an even guess over V tokens.",
    assumes=("every token of the text got a positive probability",),
)
def geometric_mean(rng, tokens: Tokens = 50, signs: Signs = 20):
    chances = rng.uniform(0.01, 1, size=tokens)
    return outcome(
        equal("against the root of the product", ppl(chances), np.prod(chances ** (-1 / tokens)), relative=1e-10),
        at_least("perplexity", ppl(chances), 1),
        at_least("the same, against one over the arithmetic mean", ppl(chances), 1 / chances.mean(), slack=1e-9),
        equal("an even guess", ppl(np.full(tokens, 1 / signs)), signs, relative=1e-12),
        equal("a certain and right guess", ppl(np.ones(tokens)), 1, tolerance=1e-12),
    )


def chain(rng, signs, sharp=1.5):
    """A Markov chain: its transitions and its stationary distribution."""
    p = np.exp(sharp * rng.normal(size=(signs, signs)))
    p /= p.sum(axis=1, keepdims=True)
    system = np.vstack([p.T - np.eye(signs), np.ones(signs)])
    pi = np.linalg.lstsq(system, np.append(np.zeros(signs), 1), rcond=None)[0]
    return p, pi


def rates(p, pi, q):
    """Entropy rate, KL rate and expected loss of a model q of the chain, in nats a token."""
    entropy = -np.sum(pi[:, None] * p * np.log(p))
    loss = -np.sum(pi[:, None] * p * np.log(q))
    return entropy, np.sum(pi[:, None] * p * np.log(p / q)), loss


@claim(
    "entropy-floor",
    "The logarithm of the perplexity tends to h + d, so no model's perplexity stays below e^h.",
    assumes=("the text comes from a stationary ergodic process with entropy rate h", "the model was fixed before the text was drawn"),
)
def entropy_floor(rng, signs: Signs = 10, mixed: Annotated[float, Range(0, 1)] = 0.5):
    p, pi = chain(rng, signs)
    q = (1 - mixed) * p + mixed * chain(rng, signs)[0]  # 0: the model is the process itself, where the floor is reached
    h, d, loss = rates(p, pi, q)
    return outcome(
        equal("expected loss", loss, h + d, tolerance=1e-10),
        at_least("perplexity, against e^h", np.exp(loss), np.exp(h), slack=1e-9),
        figure("excess, as a factor", np.exp(d)), figure("e^h", np.exp(h)),
        given=[equal("total of the stationary distribution", pi.sum(), 1, tolerance=1e-9), equal("stationary", pi @ p, pi, tolerance=1e-9)],
        message="A Markov chain and a model of it. The expectation is exact; a long text comes close to it.",
    )  # fmt: skip


@failure(
    "leaked-text",
    "A model that has seen the text beats the floor on it, and has learnt nothing: the tokens are random.",
    of="entropy-floor",
    without="the model was fixed before the text was drawn",
)
def leaked_text(rng, tokens: Annotated[int, Range(20, 200)] = 100, signs: Annotated[int, Range(5, 40)] = 10):
    text, fresh = rng.integers(signs, size=(2, tokens))
    counts = np.full((signs, signs), 0.1)  # pairs of the text itself, and a little for pairs it does not have
    np.add.at(counts, (text[:-1], text[1:]), 1)
    q = counts / counts.sum(axis=1, keepdims=True)
    return outcome(
        at_least("perplexity, against e^h", ppl(q[text[:-1], text[1:]]), signs, slack=1e-9),
        figure("perplexity on a fresh text", ppl(q[fresh[:-1], fresh[1:]])),
        given=[equal("rows of the model", q.sum(axis=1), np.ones(signs), tolerance=1e-12)],
        message=f"{tokens} independent draws from {signs} equally likely signs, so e^h = {signs}. The model counted pairs in this very text.",
    )


@claim(
    "same-bits",
    "Two ways to cut a text that give it the same probability have the same bits per byte.",
    assumes=("the sum of logarithms is divided by the bytes",),
)
def same_bits(rng, tokens: Annotated[int, Range(1, 200)] = 60, size: Annotated[int, Range(1, 8)] = 3):
    fine, coarse, n_bytes = two_cuts(rng, tokens, size)
    bits = [taught.bits_per_byte(logs, np.ones(len(logs), dtype=bool), n_bytes) for logs in (fine, coarse)]
    by_perplexity = len(fine) / n_bytes * np.log2(ppl(np.exp(fine)))
    return outcome(
        equal("bits per byte of the coarse cut", bits[1], bits[0], tolerance=1e-10),
        equal("T/B · log₂ PPL", by_perplexity, bits[0], tolerance=1e-10),
        message=f"{tokens * size} fine tokens, or {tokens} coarse ones of {size} each, over {n_bytes} bytes.",
    )


def two_cuts(rng, tokens, size):
    """Log-probabilities of fine tokens, of coarse ones made of them, and the bytes of the text."""
    fine = np.log(rng.uniform(0.05, 0.9, size=(tokens, size)))
    return fine.ravel(), fine.sum(axis=1), int(rng.integers(1, 4, size=tokens * size).sum())


@failure(
    "divided-by-tokens",
    "Per token, the cut with longer tokens looks worse, though both give the text the same probability.",
    of="same-bits",
    without="the sum of logarithms is divided by the bytes",
)
def divided_by_tokens(rng, tokens: Annotated[int, Range(1, 200)] = 60, size: Annotated[int, Range(2, 8)] = 3):
    fine, coarse, _ = two_cuts(rng, tokens, size)
    return outcome(
        equal("bits per byte of the coarse cut", -coarse.mean() / np.log(2), -fine.mean() / np.log(2), tolerance=1e-10),
        figure("perplexity of the fine cut", ppl(np.exp(fine))), figure("perplexity of the coarse cut", ppl(np.exp(coarse))),
        given=[equal("logarithm of the text's probability", coarse.sum(), fine.sum(), tolerance=1e-9)],
    )  # fmt: skip


@claim(
    "one-cut-of-many",
    "The probability of one segmentation bounds that of the text from below, so bits per byte are overstated, if at all.",
    assumes=("the text's probability is the sum over its segmentations",),
)
def one_cut_of_many(rng, length: Annotated[int, Range(2, 30)] = 12, stop: Annotated[float, Range(0.05, 0.5)] = 0.2):
    text = "".join(rng.choice(list("ab"), size=length))
    pieces = ["a", "b", "ab", "ba", "aa", "bb", "aba"]
    chances = dict(zip(pieces, (1 - stop) * rng.dirichlet(np.ones(len(pieces)))))
    total, best = np.zeros(length + 1), np.zeros(length + 1)
    total[0] = best[0] = 1.0
    for end in range(1, length + 1):
        for piece, p in chances.items():
            if text[:end].endswith(piece):
                total[end] += p * total[end - len(piece)]
                best[end] = max(best[end], p * best[end - len(piece)])
    return outcome(
        at_most("best single segmentation", best[-1], total[-1]),
        at_least("the same, against sign by sign", best[-1], np.prod([chances[c] for c in text]) * (1 - 1e-9)),
        at_most("bits per byte of the text", -np.log2(total[-1] * stop) / length, -np.log2(best[-1] * stop) / length),
        figure("share of the best segmentation", best[-1] / total[-1]),
        message=f"All segmentations of {text} under a model of independent pieces, summed.",
    )


def context_losses(most, bias):
    """Expected loss of the best prediction from the last j tokens, j = 0 … most, for texts by one of two biased coins."""
    losses = []
    for j in range(most + 1):
        k = np.arange(j + 1)
        ways = np.array([1.0])
        for _ in range(j):
            ways = np.convolve(ways, [1, 1])
        one, two = ways * bias**k * (1 - bias) ** (j - k) / 2, ways * (1 - bias) ** k * bias ** (j - k) / 2
        seen = one + two
        p = (one * bias + two * (1 - bias)) / seen
        losses.append(-np.sum(seen * (p * np.log(p) + (1 - p) * np.log1p(-p))))
    return np.array(losses)


@claim(
    "more-context",
    "Windows of width c that overlap give a lower perplexity, the more the smaller the step.",
    assumes=("the model predicts as well as its context allows", "the text is stationary"),
)
def more_context(rng, width: Annotated[int, Range(2, 40)] = 16, bias: Annotated[float, Range(0.55, 0.95)] = 0.8):
    losses = context_losses(width - 1, bias)
    steps = np.arange(1, width + 1)
    by_step = np.array([np.exp(losses[width - s :].mean()) for s in steps])
    return outcome(
        equal("loss without context", losses[0], np.log(2), tolerance=1e-12),
        at_least("loss, against that of who knows the coin", losses, -bias * np.log(bias) - (1 - bias) * np.log1p(-bias)),
        at_most("loss with one more token of context", losses[1:], losses[:-1], slack=1e-12),
        at_least("perplexity, against that of the next smaller step", by_step[1:], by_step[:-1], slack=1e-12),
        figure("disjoint windows", by_step[-1]), figure("step 1", by_step[0]),
        message=f"Each text is made by one of two coins, which the context must find out. Windows of {width} tokens.",
        plot=Plot(
            "step between windows", "perplexity",
            (Points("expected", steps, by_step),),
            "The perplexity rises with the step between windows and is largest when windows do not overlap.",
        ),
    )  # fmt: skip


@claim(
    "pooled",
    "The perplexity of a collection counts every token once, so cutting its texts elsewhere changes nothing.",
    assumes=("log-probabilities are summed over all texts and divided once",),
)
def pooled(rng, short: Annotated[int, Range(1, 50)] = 5, long: Annotated[int, Range(60, 500)] = 200):
    logs = texts(rng, short, long)
    whole = np.concatenate(logs)
    return outcome(equal("perplexity of the collection", by_texts(logs), np.exp(-whole.mean()), relative=1e-10))


def texts(rng, short, long):
    """Log-probabilities of a short text, which is hard since it has little context, and of a long one."""
    return [np.log(rng.uniform(0.001, 0.1, size=short)), np.log(rng.uniform(0.1, 0.9, size=long))]


def by_texts(logs):
    """The perplexity from sums and lengths of texts: summed, divided once."""
    return np.exp(-sum(t.sum() for t in logs) / sum(len(t) for t in logs))


@failure(
    "mean-of-means",
    "Averaged over texts, a text of five tokens counts as much as one of two hundred.",
    of="pooled",
    without="log-probabilities are summed over all texts and divided once",
)
def mean_of_means(rng, short: Annotated[int, Range(1, 50)] = 5, long: Annotated[int, Range(60, 500)] = 200):
    logs = texts(rng, short, long)
    own = [np.exp(-t.mean()) for t in logs]
    return outcome(
        equal("perplexity of the collection", np.mean(own), by_texts(logs), relative=1e-10),
        figure("the short text", own[0]), figure("the long text", own[1]),
    )  # fmt: skip


@claim("worked-numbers", "The numbers of the worked example.")
def worked_numbers(rng):
    fine, coarse = [1 / 2, 1 / 4, 1 / 8, 1 / 4], [1 / 8, 1 / 32]
    bits = taught.bits_per_byte(np.log(fine), np.ones(4, dtype=bool), 10)
    slip = [0.05] * 99 + [1e-6]
    return outcome(
        equal("text", np.prod(fine), 1 / 256), equal("perplexity", ppl(fine), 4, tolerance=1e-12),
        equal("bits of the text", -np.log2(fine).sum(), 8, tolerance=1e-12), equal("bits per token", -np.log2(fine).mean(), 2, tolerance=1e-12),
        equal("bits per byte", bits, 0.8, tolerance=1e-12), equal("perplexity, coarse", ppl(coarse), 16, tolerance=1e-9),
        equal("bits per byte, coarse", taught.bits_per_byte(np.log(coarse), np.ones(2, dtype=bool), 10), 0.8, tolerance=1e-12),
        equal("loss in nats", -np.log(fine).mean(), 1.386, tolerance=5e-4), equal("two to the nats", 2 ** -np.log(fine).mean(), 2.61, tolerance=5e-3),
        equal("one over the arithmetic mean", 1 / np.mean(fine), 3.56, tolerance=5e-3),
        equal("one bad token", ppl(slip) / 20, 1.114, tolerance=5e-4),
        equal("perplexity 20 at 4.4 bytes", np.log2(20) / 4.4, 0.98, tolerance=5e-3),
        equal("right with 51%", -np.log(0.51), 0.673, tolerance=5e-4), equal("right with 99%", -np.log(0.99), 0.0101, tolerance=5e-5),
    )  # fmt: skip


@derivation("floor-steps", "From the loss to the entropy floor, and to bits per byte.", assumes=("the text comes from a stationary Markov chain",))
def floor_steps(rng, signs: Annotated[int, Range(2, 12)] = 5, tokens: Annotated[int, Range(2, 60)] = 20):
    (p, pi), q = chain(rng, signs), chain(rng, signs)[0]
    text = rng.integers(signs, size=tokens)
    logs = np.log(q[text[:-1], text[1:]])
    i, n_bytes = 0, 3 * tokens
    h, d, loss = rates(p, pi, q)
    row = -p[i] @ np.log(q[i])
    return outcome(
        equal("ln PPL", np.log(ppl(np.exp(logs))), -logs.mean(), tolerance=1e-10),
        equal("after one past", row, -p[i] @ np.log(p[i]) + p[i] @ np.log(p[i] / q[i]), tolerance=1e-10),
        equal("over all pasts", loss, h + d, tolerance=1e-10),
        at_least("d", d, 0),
        equal("bits per byte", -logs.sum() / (n_bytes * np.log(2)), len(logs) / n_bytes * np.log2(ppl(np.exp(logs))), tolerance=1e-10),
    )
