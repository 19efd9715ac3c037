"""Checks of the page on causal masking: what a position can know, found by changing what it must not know."""

from typing import Annotated, Literal

import numpy as np

from cairn.claims import Range, at_least, claim, derivation, equal, failure, figure, outcome, that, use

taught = use("exercises/causal-mask-implement/solution.py")

Length = Annotated[int, Range(2, 24)]
Depth = Annotated[int, Range(1, 6)]
WIDTH = 6


def softmax(scores):
    """The softmax of each row. A row without any finite score becomes NaN."""
    with np.errstate(invalid="ignore"):
        shifted = np.exp(scores - scores.max(axis=-1, keepdims=True))
        return shifted / shifted.sum(axis=-1, keepdims=True)


def future(n, hidden=-np.inf):
    """The causal mask: `hidden` above the diagonal, 0 elsewhere."""
    return np.where(np.arange(n) > np.arange(n)[:, None], hidden, 0.0)


def standardised(z, axis):
    return (z - z.mean(axis=axis, keepdims=True)) / np.sqrt(z.var(axis=axis, keepdims=True) + 1e-5)


def weights_of(rng, depth):
    """Four matrices a layer: queries, keys, values and a feed-forward step."""
    return rng.normal(size=(depth, 4, WIDTH, WIDTH)) / np.sqrt(WIDTH)


def attention(z, w, mask):
    return softmax((z @ w[0]) @ (z @ w[1]).T / np.sqrt(WIDTH) + mask) @ (z @ w[2])


def alone(z, w, axis=1):
    """The rest of a layer: a norm and a feed-forward step. Over features (axis 1) it sees one position at a time."""
    return z + np.tanh(standardised(z, axis) @ w[3])


def stack(x, weights, mask, norm_axis=1):
    for w in weights:
        x = alone(x + attention(x, w, mask), w, norm_axis)
    return x


def leak(rng, n, depth, mask, norm_axis=1):
    """How much outputs before position k change when the input at k changes, and the least change at k or after it."""
    weights, x = weights_of(rng, depth), rng.normal(size=(n, WIDTH))
    plain = stack(x, weights, mask, norm_axis)
    before, after = 0.0, np.inf
    for k in range(1, n):
        moved = x.copy()
        moved[k] += rng.normal(size=WIDTH)
        change = np.abs(stack(moved, weights, mask, norm_axis) - plain).max(axis=1)
        before, after = max(before, change[:k].max()), min(after, change[k])
    return before, after


@claim(
    "no-leak",
    "After any number of layers the output at a position depends only on the inputs at that position and before it.",
    assumes=("every attention gives weight 0 to the keys after the query", "every other layer works on each position alone"),
)
def no_leak(rng, n: Length = 8, depth: Depth = 3):
    before, after = leak(rng, n, depth, future(n))
    return outcome(
        equal("largest change before the changed input", before, 0),
        at_least("least change at the changed input", after, 1e-6),
        message=f"Each of {n} inputs was changed in turn, {depth} layers deep. Nothing earlier moves, not even in the last bit.",
    )


@failure(
    "soft-mask",
    "A finite number in place of minus infinity lets the future through.",
    of="no-leak",
    without="every attention gives weight 0 to the keys after the query",
)
def soft_mask(rng, hidden: Annotated[float, Range(-20, 0)] = -10.0, n: Length = 8, keys: Annotated[int, Range(1, 5000)] = 1000):
    before, _ = leak(rng, n, 1, future(n, hidden))
    return outcome(
        equal("largest change before the changed input", before, 0),
        figure("weight that leaks to the future", keys * np.exp(hidden) / (1 + keys * np.exp(hidden))),
        message=f"One visible key and {keys} hidden ones with equal scores: with {hidden:g} for minus infinity the hidden ones take a share.",
    )


@failure(
    "norm-over-time",
    "A norm over positions tells each position about the later ones, whatever the mask.",
    of="no-leak",
    without="every other layer works on each position alone",
)
def norm_over_time(rng, n: Length = 8, depth: Depth = 3):
    before, _ = leak(rng, n, depth, future(n), norm_axis=0)
    w = weights_of(rng, 1)[0]
    weights = softmax(rng.normal(size=(n, WIDTH)) @ w[0] @ rng.normal(size=(WIDTH, n)) + future(n))
    return outcome(
        equal("largest change before the changed input", before, 0),
        given=[equal("weight above the diagonal", np.triu(weights, 1), np.zeros((n, n)))],
        message="The mask is right. Mean and variance over the positions carry the future past it.",
    )


@claim(
    "weights",
    "Hidden keys get weight exactly 0; the visible ones keep their proportions and share 1.",
    assumes=("the mask is added before the softmax", "each query sees at least one key"),
)
def weights(rng, n: Annotated[int, Range(1, 24)] = 6, spread: Annotated[float, Range(0.1, 30)] = 2.0):
    scores = spread * rng.normal(size=(n, n))
    found = softmax(scores + future(n))
    lower = np.tril(np.exp(scores))
    return outcome(
        equal("sum of the visible weights of each query", np.tril(found).sum(axis=1), np.ones(n), tolerance=1e-12),
        equal("weights above the diagonal", np.triu(found, 1), np.zeros((n, n))),
        equal("against the visible exponentials alone", found, lower / lower.sum(axis=1, keepdims=True), tolerance=1e-10),
        equal("the code of the exercise", taught.causal_softmax(scores), found, tolerance=1e-12),
        equal("visible pairs", np.isfinite(future(n)).sum(), n * (n + 1) / 2),
    )


@failure(
    "mask-after-softmax",
    "Weights set to zero after the softmax no longer sum to one: the hidden scores are still in the denominator.",
    of="weights",
    without="the mask is added before the softmax",
)
def mask_after_softmax(rng, n: Annotated[int, Range(2, 24)] = 6, spread: Annotated[float, Range(0.1, 30)] = 2.0):
    scores = spread * rng.normal(size=(n, n))
    found = np.tril(softmax(scores))
    louder = scores.copy()
    louder[0, -1] += 3
    return outcome(
        equal("sum of the visible weights of each query", found.sum(axis=1), np.ones(n), tolerance=1e-12),
        figure("least sum", found.sum(axis=1).min()),
        figure("weight of the first key for query 1", found[0, 0]),
        figure("the same, after a hidden score grew by 3", softmax(louder)[0, 0]),
        given=[equal("weights above the diagonal", np.triu(found, 1), np.zeros((n, n)))],
        message="The first query sees itself alone and should give it weight 1. A hidden score changes that weight: a leak.",
    )


@failure(
    "left-padding",
    "Fillers on the left see no key; their NaN reaches every position one layer later.",
    of="weights",
    without="each query sees at least one key",
)
def left_padding(rng, fillers: Annotated[int, Range(0, 4)] = 2, n: Annotated[int, Range(6, 24)] = 8, self_seen: bool = False):
    mask = future(n)
    mask[:, :fillers] = -np.inf
    if self_seen:
        mask[np.arange(fillers), np.arange(fillers)] = 0.0
    w = weights_of(rng, 2)
    x = rng.normal(size=(n, WIDTH))
    with np.errstate(invalid="ignore"):
        first = attention(x, w[0], mask)
        second = attention(first, w[1], mask)
    seen = np.tril(softmax((first @ w[1, 0]) @ (first @ w[1, 1]).T + mask))
    return outcome(
        equal("sum of the visible weights of each query", seen.sum(axis=1), np.ones(n), tolerance=1e-12),
        figure("NaN rows after one layer", np.isnan(first).any(axis=1).sum()),
        figure("NaN rows after two layers", np.isnan(second).any(axis=1).sum()),
        given=[that("the mask comes before the softmax", np.isneginf(np.triu(mask, 1)[np.triu_indices(n, 1)]))],
        message=f"{fillers} fillers before {n - fillers} real tokens. When a filler may see itself, the rows are finite again.",
    )


@claim(
    "one-pass",
    "Row t of one masked pass equals the last row of a pass over the first t tokens alone.",
    assumes=("every attention gives weight 0 to the keys after the query", "every other layer works on each position alone"),
)
def one_pass(rng, n: Length = 8, depth: Depth = 3):
    w, x = weights_of(rng, depth), rng.normal(size=(n, WIDTH))
    alone_each = np.array([stack(x[:t], w, future(t))[-1] for t in range(1, n + 1)])
    return outcome(
        equal("rows of one pass, and of n passes", stack(x, w, future(n)), alone_each, tolerance=1e-10),
        figure("positions computed by n passes", n * (n + 1) / 2),
        figure("positions computed by one pass", n),
    )


def mean_loss(tokens, vocabulary, sharp, mask):
    """The loss at the middle position, averaged over all values of its label, for a head that looks one to the right."""
    n = len(tokens)
    look = np.where(np.arange(n) == np.arange(n)[:, None] + 1, sharp, 0.0)
    t, losses = n // 2 - 1, []
    for label in range(vocabulary):
        tokens[t + 1] = label
        mixture = softmax(look + mask) @ np.eye(vocabulary)[tokens]
        losses.append(-np.log(softmax(sharp * mixture)[t, label]))
    return np.mean(losses)


@claim(
    "honest-loss",
    "On uniformly random tokens no model has a mean loss below ln V.",
    assumes=("the prediction does not depend on its label", "tokens are independent and uniform"),
)
def honest_loss(rng, vocabulary: Annotated[int, Range(2, 40)] = 10, sharp: Annotated[float, Range(0, 30)] = 10.0, n: Length = 8):
    tokens = rng.integers(vocabulary, size=n)
    return outcome(
        at_least("mean loss in nats", mean_loss(tokens, vocabulary, sharp, future(n)), np.log(vocabulary), slack=1e-9),
        equal("loss of a model that guesses evenly", mean_loss(tokens, vocabulary, 0.0, future(n)), np.log(vocabulary), tolerance=1e-12),
        message="The loss is averaged over every value the next token may take, so it is exact.",
    )


@failure(
    "no-mask",
    "Without the mask one head copies the next token: the loss falls below what is possible.",
    of="honest-loss",
    without="the prediction does not depend on its label",
)
def no_mask(rng, vocabulary: Annotated[int, Range(2, 40)] = 10, sharp: Annotated[float, Range(4, 30)] = 10.0, n: Length = 8):
    tokens = rng.integers(vocabulary, size=n)
    return outcome(
        at_least("mean loss in nats", mean_loss(tokens, vocabulary, sharp, np.zeros((n, n))), np.log(vocabulary), slack=1e-9),
        figure("ln V", np.log(vocabulary)),
        message="Tokens are drawn at random, so nothing can be predicted. The head looks one position to the right and copies.",
    )


@claim(
    "window-reach",
    "L layers with a causal window of w keys reach back L(w − 1) positions and no further.",
    assumes=("each query sees the w latest keys, itself included", "every other layer works on each position alone"),
)
def window_reach(rng, w: Annotated[int, Range(1, 6)] = 3, depth: Annotated[int, Range(1, 4)] = 2):
    n = depth * (w - 1) + 3
    i = np.arange(n)
    mask = np.where((i > i[:, None]) | (i <= i[:, None] - w), -np.inf, 0.0)
    matrices, x = weights_of(rng, depth), rng.normal(size=(n, WIDTH))
    last = stack(x, matrices, mask)[-1]
    felt = []
    for j in range(n):
        moved = x.copy()
        moved[j] += 1 + rng.normal(size=WIDTH)
        felt.append(not np.array_equal(stack(moved, matrices, mask)[-1], last))
    return outcome(
        equal("distance of the earliest input that is felt", n - 1 - np.argmax(felt), depth * (w - 1)),
        equal("inputs that are felt", np.sum(felt), depth * (w - 1) + 1),
        message=f"{depth} layers with a window of {w}: the last output was compared after a change of each input.",
    )


@claim("worked-numbers", "The numbers of the worked example.")
def worked_numbers(rng):
    scores, v = np.array([[1.0, 2, 0], [0, 0, 3], [1, 0, 1]]), np.array([1.0, 2, 4])
    masked, plain = taught.causal_softmax(scores), softmax(scores)
    late = np.tril(plain)
    hidden = 1000 * np.exp(-10)
    return outcome(
        equal("rows 1 and 2", masked[:2], [[1, 0, 0], [0.5, 0.5, 0]], tolerance=1e-12),
        equal("row 3, first", masked[2, 0], 0.422, tolerance=5e-4), equal("row 3, second", masked[2, 1], 0.155, tolerance=5e-4),
        equal("row 3, as plain softmax", masked[2], plain[2], tolerance=1e-12),
        equal("outputs 1 and 2", (masked @ v)[:2], [1, 1.5], tolerance=1e-12),
        equal("output 3", (masked @ v)[2], 2.422, tolerance=5e-4),
        equal("late, row 1", late[0, 0], 0.245, tolerance=5e-4),
        equal("late, row 2", late[1].sum(), 0.0906, tolerance=5e-5),
        equal("late, output 2", (late @ v)[1], 0.136, tolerance=5e-4),
        equal("with fillers", softmax(np.array([-np.inf, 0.0, -np.inf])), [0, 1, 0], tolerance=1e-12),
        equal("leak of a thousand", 100 * hidden / (1 + hidden), 4.3, tolerance=0.05, unit="%"),
        equal("visible share at 2048", 100 * (2048 + 1) / (2 * 2048), 50.02, tolerance=0.005, unit="%"),
    )  # fmt: skip


def slopes(function, x, h=1e-6):
    """The Jacobian of a function of an (n, d) array, as (n, d, n, d), by central differences."""
    columns = []
    for place in np.ndindex(x.shape):
        step = np.zeros_like(x)
        step[place] = h
        columns.append((function(x + step) - function(x - step)) / (2 * h))
    return np.moveaxis(np.array(columns), 0, -1).reshape(x.shape * 2)


@derivation("induction-steps", "From one masked layer to any number of them.", assumes=("each query sees itself",))
def induction_steps(rng, n: Annotated[int, Range(2, 5)] = 3, kind: Literal["residual", "plain"] = "residual"):
    (w1, w2), x = weights_of(rng, 2), rng.normal(size=(n, WIDTH))
    skip = 1.0 if kind == "residual" else 0.0
    above = np.triu(np.ones((n, n)), 1).astype(bool)

    def first(z):
        return skip * z + attention(z, w1, future(n))

    def second(z):
        return alone(first(z), w2)

    weights_one = softmax((x @ w1[0]) @ (x @ w1[1]).T / np.sqrt(WIDTH) + future(n))
    by_sums = [sum(weights_one[i, j] * (x[j] @ w1[2]) for j in range(i + 1)) for i in range(n)]
    own = slopes(lambda z: alone(z, w2), x).transpose(0, 2, 1, 3)
    chained = np.einsum("iajb,jbkc->iakc", slopes(lambda z: alone(z, w2), first(x)), slopes(first, x))
    whole = slopes(second, x)
    pull = rng.normal(size=WIDTH)
    by_inputs = np.einsum("a,iajb->ijb", pull, whole)
    return outcome(
        equal("weights above the diagonal", weights_one[above], np.zeros(above.sum())),
        equal("sums over j up to i", by_sums, attention(x, w1, future(n)), tolerance=1e-12),
        equal("a position-wise layer, across positions", own[~np.eye(n, dtype=bool)], np.zeros((n * n - n, WIDTH, WIDTH)), tolerance=1e-12),
        equal("the chained Jacobian above the diagonal", chained.transpose(0, 2, 1, 3)[above], np.zeros((above.sum(), WIDTH, WIDTH)), tolerance=1e-12),
        equal("gradient of one loss by later inputs", by_inputs[above], np.zeros((above.sum(), WIDTH)), tolerance=1e-12),
        given=[equal("the chain rule", chained, whole, tolerance=1e-6), at_least("slope of an output by its own input", np.abs(whole[0, :, 0]).max(), 1e-3)],
    )  # fmt: skip
