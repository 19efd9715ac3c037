"""Checks of the page on embeddings, with the code of the exercise."""

from typing import Annotated

import numpy as np

from cairn.claims import Range, at_least, claim, derivation, equal, failure, figure, outcome, that, use

taught = use("exercises/embedding-lookup/solution.py")

Items = Annotated[int, Range(2, 200)]
Width = Annotated[int, Range(1, 32)]
Tokens = Annotated[int, Range(1, 60)]


def one_hot(ids, items):
    """A row for each id with a 1 in its column. An id outside the vocabulary has no column."""
    return (np.asarray(ids)[..., None] == np.arange(items)).astype(float)


@claim(
    "lookup-is-a-product",
    "Looking up rows equals the product of the one-hot rows with the matrix.",
    assumes=("every id lies between 0 and V − 1",),
)
def lookup_is_a_product(rng, items: Items = 50, width: Width = 8, tokens: Tokens = 12):
    table, ids = rng.normal(size=(items, width)), rng.integers(items, size=(2, tokens))
    return outcome(
        equal("rows", taught.embed(table, ids), one_hot(ids, items) @ table, tolerance=1e-12),
        figure("numbers in the one-hot matrix", 2 * tokens * items), figure("ids", 2 * tokens),
        message=f"Output of shape (2, {tokens}, {width}), from ids of shape (2, {tokens}).",
    )  # fmt: skip


@failure(
    "id-outside",
    "A negative id is no error to plain indexing: it reads a row from the end.",
    of="lookup-is-a-product",
    without="every id lies between 0 and V − 1",
)
def id_outside(rng, items: Items = 50, width: Width = 8):
    table, ids = rng.normal(size=(items, width)), np.array([0, -1])
    return outcome(
        equal("rows", table[ids], one_hot(ids, items) @ table, tolerance=1e-12),
        given=[equal("row of the valid id", table[ids][0], table[0])],
        message="Fillers are often marked by −1 or −100. Looked up, they become the last token of the vocabulary or its neighbours.",
    )


def slope(function, at, h=1e-6):
    """The gradient of a function of an array, by central differences."""
    found = np.zeros_like(at)
    for place in np.ndindex(at.shape):
        kept = at[place]
        at[place] = kept + h
        above = function()
        at[place] = kept - h
        found[place] = (above - function()) / (2 * h)
        at[place] = kept
    return found


@claim(
    "rows-collect",
    "The gradient of a row is the sum of the gradients that arrive where its id stands, and 0 for an id that does not occur.",
    assumes=("contributions of one id are added", "the matrix is used for the lookup only"),
)
def rows_collect(rng, items: Annotated[int, Range(2, 20)] = 6, width: Annotated[int, Range(1, 8)] = 3, tokens: Tokens = 10):
    table, ids = rng.normal(size=(items, width)), rng.integers(items - 1, size=tokens)  # the last id never occurs
    pull = rng.normal(size=(tokens, width))
    truth = slope(lambda: np.sum(np.sin(taught.embed(table, ids)) * pull), table)
    found = taught.embed_backward(np.cos(table[ids]) * pull, ids, items)
    return outcome(
        equal("gradient of the matrix", found, truth, tolerance=1e-7),
        equal("gradient of the row that does not occur", found[-1], np.zeros(width)),
        figure("rows that get a gradient", len(set(ids.tolist()))),
    )


@failure(
    "overwritten",
    "In NumPy grad[ids] += g keeps one contribution of each id and loses the others.",
    of="rows-collect",
    without="contributions of one id are added",
)
def overwritten(rng, width: Annotated[int, Range(1, 8)] = 3, repeats: Annotated[int, Range(1, 20)] = 3):
    table, ids = rng.normal(size=(4, width)), np.array([1] * repeats + [2])
    pull = rng.normal(size=(len(ids), width))
    arriving = np.cos(table[ids]) * pull
    found = np.zeros_like(table)
    found[ids] += arriving
    truth = slope(lambda: np.sum(np.sin(table[ids]) * pull), table)
    return outcome(
        equal("gradient of the matrix", found, truth, tolerance=1e-7),
        given=[equal("gradient of the id that occurs once", found[2], truth[2], tolerance=1e-7)],
        message=f"Id 1 stands at {repeats} places, and {repeats - 1} of its contributions are lost. No error is raised.",
    )


def share_of_step(a, b):
    """How much a step on the readout for vector a moves the output at b, as a share of the move at a."""
    weights, rate, error = np.zeros(len(a)), 0.1, 1.0
    stepped = weights - rate * error * a
    return ((stepped - weights) @ b) / ((stepped - weights) @ a)


@claim(
    "sharing",
    "What a linear reader learns from one token also moves its output for similar tokens, in proportion to the cosine.",
    assumes=("similar tokens have vectors of cosine at least one half", "vectors of equal length"),
)
def sharing(rng, width: Annotated[int, Range(2, 200)] = 50, cosine: Annotated[float, Range(0.5, 1)] = 0.8):
    a = rng.normal(size=width)
    a /= np.linalg.norm(a)
    other = rng.normal(size=width)
    other -= (other @ a) * a
    b = cosine * a + np.sqrt(1 - cosine**2) * other / np.linalg.norm(other)
    return outcome(
        at_least("share of the step that the other token gets", share_of_step(a, b), 0.5, slack=1e-9),
        equal("the same share, against the cosine", share_of_step(a, b), cosine, tolerance=1e-9),
    )


@failure(
    "one-hot-shares-nothing",
    "Between one-hot vectors nothing is shared: each token must be learnt from its own occurrences.",
    of="sharing",
    without="similar tokens have vectors of cosine at least one half",
)
def one_hot_shares_nothing(rng, items: Items = 50):
    cat, kitten = np.eye(items)[0], np.eye(items)[1]
    return outcome(
        at_least("share of the step that the other token gets", share_of_step(cat, kitten), 0.5, slack=1e-9),
        given=[equal("lengths", [np.linalg.norm(cat), np.linalg.norm(kitten)], [1, 1])],
    )


def cosines(table):
    unit = table / np.linalg.norm(table, axis=1, keepdims=True)
    return unit @ unit.T


def standardised(z):
    return (z - z.mean(axis=1, keepdims=True)) / z.std(axis=1, keepdims=True)


def random_rotation(rng, d):
    q, r = np.linalg.qr(rng.normal(size=(d, d)))
    return q * np.sign(np.diag(r))


@claim(
    "axes-are-free",
    "Turning all embeddings, and the next layer back, changes neither the model's outputs nor any cosine.",
    assumes=("a linear layer comes next", "the change of basis is a rotation"),
)
def axes_are_free(rng, items: Items = 20, d: Annotated[int, Range(2, 32)] = 8):
    table, layer, turn = rng.normal(size=(items, d)), rng.normal(size=(d, 5)), random_rotation(rng, d)
    return outcome(
        equal("outputs of the next layer", (table @ turn) @ (turn.T @ layer), table @ layer, tolerance=1e-10),
        equal("cosines", cosines(table @ turn), cosines(table), tolerance=1e-10),
        at_least("largest change of a coordinate", np.abs(table @ turn - table).max(), 1e-3),
    )


@failure(
    "stretched-axes",
    "Stretching some axes and shrinking the next layer's weights leaves the model as it was and changes every cosine.",
    of="axes-are-free",
    without="the change of basis is a rotation",
)
def stretched_axes(rng, items: Annotated[int, Range(3, 200)] = 20, d: Annotated[int, Range(2, 32)] = 8, factor: Annotated[float, Range(1, 10)] = 4.0):
    table, layer = rng.normal(size=(items, d)), rng.normal(size=(d, 5))
    size = np.where(np.arange(d) < d / 2, factor, 1.0)
    return outcome(
        equal("cosines", cosines(table * size), cosines(table), tolerance=1e-10),
        given=[equal("outputs of the next layer", (table * size) @ (layer / size[:, None]), table @ layer, tolerance=1e-9)],
        message=f"Half of the axes are {factor:g} times as long. The model is the same; which token is nearest is not.",
    )


@failure(
    "norm-comes-next",
    "Behind a layer norm a rotation changes the outputs: the mean over the features belongs to these axes.",
    of="axes-are-free",
    without="a linear layer comes next",
)
def norm_comes_next(rng, items: Items = 20, d: Annotated[int, Range(3, 32)] = 8):
    table, layer, turn = rng.normal(size=(items, d)), rng.normal(size=(d, 5)), random_rotation(rng, d)
    return outcome(
        equal("outputs of the next layer", standardised(table @ turn) @ (turn.T @ layer), standardised(table) @ layer, tolerance=1e-10),
        given=[equal("cosines", cosines(table @ turn), cosines(table), tolerance=1e-10)],
    )


def trained(rng, items, steps, *, decay=0.0, momentum=0.0, tied=False):
    """A table after some steps on texts in which the last id does not occur, and the row of that id before."""
    table, other = 0.3 * rng.normal(size=(items, 4)), rng.normal(size=(items, 4))
    before, speed = table[-1].copy(), np.zeros_like(table)
    if momentum:
        speed[-1] = 0.1  # the id did occur, in an earlier batch
    for _ in range(steps):
        ids = rng.integers(items - 1, size=16)
        labels = rng.integers(items - 1, size=16)
        out = table if tied else other
        logits = table[ids] @ out.T
        p = np.exp(logits - logits.max(axis=1, keepdims=True))
        p = (p / p.sum(axis=1, keepdims=True) - one_hot(labels, items)) / 16
        grad = taught.embed_backward(p @ out, ids, items)
        if tied:
            grad += p.T @ table[ids]
        speed = momentum * speed + grad
        table -= 0.1 * speed + decay * table
    return table, before


@claim(
    "unused-rows-stay",
    "A row whose token does not occur keeps its initial vector.",
    assumes=("the output layer has weights of its own", "the optimiser moves a row only by its gradient of this step"),
)
def unused_rows_stay(rng, items: Annotated[int, Range(3, 40)] = 12, steps: Annotated[int, Range(1, 100)] = 50):
    table, before = trained(rng, items, steps)
    return outcome(
        equal("row of the token that does not occur", table[-1], before),
        figure("norm of that row", np.linalg.norm(before)),
        message=f"{steps} steps of gradient descent. What such a row is near to, it was near to at the start.",
    )


@failure(
    "decay-and-momentum",
    "Weight decay shrinks rows that no text has used, and momentum goes on moving rows used long ago.",
    of="unused-rows-stay",
    without="the optimiser moves a row only by its gradient of this step",
)
def decay_and_momentum(rng, decay: Annotated[float, Range(0.0001, 0.1)] = 0.01, momentum: Annotated[float, Range(0, 0.99)] = 0.0, steps: Annotated[int, Range(1, 100)] = 50):
    table, before = trained(rng, 12, steps, decay=decay, momentum=momentum)
    plain, start = trained(rng, 12, steps, decay=decay)
    return outcome(
        equal("row of the token that does not occur", table[-1], before),
        figure("length of the row, against the start", np.linalg.norm(table[-1]) / np.linalg.norm(before)),
        given=[equal("row after decay alone, against (1 − λ)ⁿ of its start", plain[-1], (1 - decay) ** steps * start, tolerance=1e-9)],
        message=f"With decay alone the length falls to (1 − {decay:g})^{steps} = {(1 - decay) ** steps:.3f} of the start.",
    )


@failure(
    "tied-output",
    "With a tied output layer every row gets a gradient at every step: absent tokens are pushed away.",
    of="unused-rows-stay",
    without="the output layer has weights of its own",
)
def tied_output(rng, items: Annotated[int, Range(3, 40)] = 12, steps: Annotated[int, Range(1, 100)] = 50):
    table, before = trained(rng, items, steps, tied=True)
    return outcome(equal("row of the token that does not occur", table[-1], before))


@claim("worked-numbers", "The numbers of the worked example.")
def worked_numbers(rng):
    table = np.array([[1.0, 0], [0, 1], [2, 1], [-1, 3]])
    ids, g = np.array([2, 0, 2]), np.array([[0.1, 0.0], [0.3, -0.2], [0.4, 0.5]])
    wrong = np.zeros((4, 2))
    wrong[ids] += g
    small, large = 50257 * 768, 50257 * 12288
    return outcome(
        equal("lookup", taught.embed(table, ids), [[2, 1], [1, 0], [2, 1]]),
        equal("gradient", taught.embed_backward(g, ids, 4), [[0.3, -0.2], [0, 0], [0.5, 0.5], [0, 0]], tolerance=1e-12),
        equal("row 2, overwritten", wrong[2], [0.4, 0.5], tolerance=1e-12),
        equal("GPT-2 small", small, 38597376), equal("its share", 100 * small / 124439808, 31.0, tolerance=0.05, unit="%"),
        equal("GPT-3", large / 1e6, 617.6, tolerance=0.05, unit="million"), equal("its share of 175 billion", 100 * large / 175e9, 0.35, tolerance=5e-3, unit="%"),
        equal("one-hot of 8192 tokens", 8192 * 50257 * 4 / 1e9, 1.65, tolerance=5e-3, unit="GB"),
        equal("row after 10000 steps", (1 - 1e-3 * 0.1) ** 10000, 0.368, tolerance=5e-4),
    )  # fmt: skip


@derivation(
    "gradient-steps",
    "The gradient of the embedding matrix, for a free and for a tied output layer.",
    assumes=("the loss is a mean over the tokens",),
)
def gradient_steps(rng, items: Annotated[int, Range(3, 10)] = 5, d: Annotated[int, Range(1, 6)] = 3, tokens: Annotated[int, Range(1, 12)] = 6):
    table, out = rng.normal(size=(items, d)), rng.normal(size=(items, d))
    ids, labels = rng.integers(items - 1, size=tokens), rng.integers(items, size=tokens)
    x, y = one_hot(ids, items), one_hot(labels, items)

    def loss(into, back):
        logits = np.tanh(into[ids]) @ back.T
        top = logits.max(axis=1, keepdims=True)
        return np.mean(np.log(np.exp(logits - top).sum(axis=1)) + top[:, 0] - (y * logits).sum(axis=1))

    def arriving(back):
        hidden = np.tanh(table[ids])
        logits = hidden @ back.T
        p = np.exp(logits - logits.max(axis=1, keepdims=True))
        error = (p / p.sum(axis=1, keepdims=True) - y) / tokens
        return error, (error @ back) * (1 - hidden**2), hidden

    _, g, _ = arriving(out)
    by_rows = np.array([sum((g[t] for t in range(tokens) if ids[t] == i), start=np.zeros(d)) for i in range(items)])
    error, g_tied, hidden = arriving(table)
    return outcome(
        equal("H = XE", x @ table, table[ids]),
        equal("by the matrix, as a product", x.T @ g, slope(lambda: loss(table, out), table), tolerance=1e-7),
        equal("row by row", by_rows, x.T @ g, tolerance=1e-12),
        equal("gradient of absent ids", np.abs(by_rows[~x.any(axis=0)]).sum(), 0),
        equal("tied, both uses", x.T @ g_tied + error.T @ hidden, slope(lambda: loss(table, table), table), tolerance=1e-7),
        given=[that("the last row has a gradient through the output", np.abs((error.T @ hidden)[-1]).max() > 0)],
    )
