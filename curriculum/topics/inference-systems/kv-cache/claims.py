"""Checks of the page on the KV cache: generation with and without it, its size, its work and its traffic."""

from typing import Annotated, Literal

import numpy as np

from cairn.claims import Line, Plot, Range, at_least, at_most, claim, derivation, equal, failure, figure, outcome, use

taught = use("exercises/write-kv-cache/solution.py")
rotary = use("exercises/write-rope/solution.py")
places = use("exercises/positional-encodings-implement/solution.py")

Prompt = Annotated[int, Range(1, 12)]
New = Annotated[int, Range(1, 12)]
Depth = Annotated[int, Range(1, 4)]
HEADS, WIDTH = 2, 8


def softmax(scores):
    shifted = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return shifted / shifted.sum(axis=-1, keepdims=True)


def weights_of(rng, depth):
    """Five matrices a layer: W_Q, W_K, W_V, W_O and a feed-forward step."""
    return rng.normal(size=(depth, 5, WIDTH, WIDTH)) / np.sqrt(WIDTH)


def alone(z, w):
    """What a layer does at each position by itself."""
    return z + np.tanh(z / np.sqrt((z**2).mean(axis=-1, keepdims=True)) @ w)


def placed(x, first):
    """Inputs with the position vectors of places first, first + 1, …"""
    return x + places.sinusoidal_encoding(np.arange(first, first + len(x)), WIDTH)


def full_pass(x, layers, *, causal=True):
    """All rows of a stack of layers, without any cache."""
    z = placed(x, 0)
    n, size = len(z), WIDTH // HEADS
    mask = np.where(np.tri(n) == 1, 0.0, -np.inf) if causal else np.zeros((n, n))
    for w in layers:
        heads = []
        for p in np.split(np.arange(WIDTH), HEADS):
            scores = (z @ w[0][:, p]) @ (z @ w[1][:, p]).T / np.sqrt(size)
            heads.append(softmax(scores + mask) @ (z @ w[2][:, p]))
        z = alone(z + np.concatenate(heads, axis=1) @ w[3], w[4])
    return z


class Generator:
    """The same stack with a cache in every layer, by the code of the exercise."""

    def __init__(self, layers):
        self.layers = layers
        self.caches = [taught.CachedAttention(*w[:4], HEADS) for w in layers]

    def feed(self, x, first):
        z = placed(x, first)
        for w, cache in zip(self.layers, self.caches):
            z = alone(z + cache.step(z), w[4])
        return z


def cached_rows(x, layers, prompt, *, restart=False):
    """The rows of the prompt in one pass and of each later token by itself."""
    model = Generator(layers)
    rows = [model.feed(x[:prompt], 0)]
    for t in range(prompt, len(x)):
        rows.append(model.feed(x[t : t + 1], 0 if restart else t))
    return np.concatenate(rows)


@claim(
    "agree",
    "Generation with a cache computes the same rows as a full pass over the whole text.",
    assumes=("every layer is causal", "each new token gets the position after the cached ones", "the past is not changed"),
)
def agree(rng, prompt: Prompt = 4, new: New = 5, depth: Depth = 3):
    x, layers = rng.normal(size=(prompt + new, WIDTH)), weights_of(rng, depth)
    return outcome(
        equal("rows with and without a cache", cached_rows(x, layers, prompt), full_pass(x, layers), tolerance=1e-9),
        message=f"A prompt of {prompt}, then {new} tokens one by one, through {depth} layers with {HEADS} heads. Only rounding differs.",
    )


@failure(
    "two-way-model",
    "In a model without causal mask every new token changes all rows: what was kept is out of date.",
    of="agree",
    without="every layer is causal",
)
def two_way_model(rng, prompt: Prompt = 4, new: New = 5, depth: Depth = 3):
    x, layers = rng.normal(size=(prompt + new, WIDTH)), weights_of(rng, depth)
    whole = full_pass(x, layers, causal=False)
    return outcome(
        equal("rows with and without a cache", cached_rows(x, layers, prompt), whole, tolerance=1e-9),
        figure("change of the prompt's rows when text is appended", np.abs(whole[:prompt] - full_pass(x[:prompt], layers, causal=False)).max()),
    )


@failure(
    "position-restarts",
    "Fed at position 0, a new token takes itself for the first word.",
    of="agree",
    without="each new token gets the position after the cached ones",
)
def position_restarts(rng, prompt: Prompt = 4, new: New = 5, depth: Depth = 3):
    x, layers = rng.normal(size=(prompt + new, WIDTH)), weights_of(rng, depth)
    wrong, right = cached_rows(x, layers, prompt, restart=True), full_pass(x, layers)
    return outcome(
        equal("rows with and without a cache", wrong, right, tolerance=1e-9),
        given=[equal("rows of the prompt", wrong[:prompt], right[:prompt], tolerance=1e-9)],
    )


@failure(
    "edited-past",
    "An early token is changed and the cache is kept: all later rows still speak of the old one.",
    of="agree",
    without="the past is not changed",
)
def edited_past(rng, prompt: Annotated[int, Range(2, 12)] = 4, new: New = 5, depth: Annotated[int, Range(2, 4)] = 3):
    x, layers = rng.normal(size=(prompt + new, WIDTH)), weights_of(rng, depth)
    kept = cached_rows(x, layers, prompt)
    x[0] = rng.normal(size=WIDTH)
    right = full_pass(x, layers)
    felt = np.abs(right - kept).max(axis=1)
    return outcome(
        equal("rows with and without a cache", kept, right, tolerance=1e-9),
        figure("rows that are out of date", (felt > 1e-9).sum()),
        given=[equal("a new cache", cached_rows(x, layers, prompt), right, tolerance=1e-9)],
        message=f"Token 1 of {prompt + new} was replaced. Entries after it are wrong in every layer but the first.",
    )


def cache_bytes(layers, groups, width, size, tokens, batch):
    """The formula of the page."""
    return 2 * layers * groups * width * size * tokens * batch


def stored(layers, groups, width, kind, tokens, batch):
    """The bytes of the arrays themselves, token by token."""
    one = np.zeros((2, groups, width), dtype=kind)  # a key and a value for each key-value head
    return sum(one.nbytes for _ in range(layers) for _ in range(tokens)) * batch


@claim(
    "size",
    "The cache holds 2·L·g·d·s·n·b bytes.",
    assumes=("g counts key-value heads", "s counts the bytes of one stored number"),
)
def size(rng, layers: Annotated[int, Range(1, 40)] = 32, groups: Annotated[int, Range(1, 32)] = 8, tokens: Annotated[int, Range(1, 500)] = 100, batch: Annotated[int, Range(1, 64)] = 4, kind: Literal["float16", "float32"] = "float16"):
    bytes_each = {"float16": 2, "float32": 4}[kind]
    return outcome(
        equal("bytes of the arrays", stored(layers, groups, 128, kind, tokens, batch), cache_bytes(layers, groups, 128, bytes_each, tokens, batch)),
        figure("KiB for each token", cache_bytes(layers, groups, 128, bytes_each, 1, 1) / 1024),
    )


@failure(
    "query-heads-counted",
    "Counted with query heads, the cache of a model with grouped heads is overstated by the size of a group.",
    of="size",
    without="g counts key-value heads",
)
def query_heads_counted(rng, heads: Annotated[int, Range(2, 64)] = 64, share: Annotated[int, Range(1, 8)] = 8, tokens: Annotated[int, Range(1, 500)] = 100):
    groups = max(1, heads // share)
    return outcome(
        equal("bytes of the arrays", stored(80, groups, 128, "float16", tokens, 1), cache_bytes(80, heads, 128, 2, tokens, 1)),
        message=f"{heads} query heads share {groups} key-value heads.",
    )


def work(tokens, width, *, cached):
    """Multiplications of one layer (12·d² a token, and scores and mixtures over the past) to generate this many tokens."""
    if cached:
        return sum(12 * width**2 + 2 * t * width for t in range(1, tokens + 1))
    return sum(12 * t * width**2 + 2 * t * t * width for t in range(1, tokens + 1))


@claim(
    "work",
    "To generate T tokens a layer takes 6T(T + 1)d² + T(T + 1)(2T + 1)d/3 multiplications without a cache and 12Td² + T(T + 1)d with it.",
    assumes=("a feed-forward network of four times the width", "the mask saves no work"),
)
def the_work(rng, tokens: Annotated[int, Range(1, 600)] = 500, width: Annotated[int, Range(1, 4096)] = 512):
    t, d = tokens, width
    lengths = np.unique(np.geomspace(1, max(tokens, 2), 20).astype(int))
    return outcome(
        equal("without a cache", work(t, d, cached=False), 6 * t * (t + 1) * d**2 + t * (t + 1) * (2 * t + 1) * d / 3, relative=1e-12),
        equal("with a cache", work(t, d, cached=True), 12 * t * d**2 + t * (t + 1) * d, relative=1e-12),
        figure("times as much without", work(t, d, cached=False) / work(t, d, cached=True)),
        plot=Plot(
            "tokens generated", "multiplications of a layer",
            (Line("without", lengths, [work(int(n), d, cached=False) for n in lengths]), Line("with", lengths, [work(int(n), d, cached=True) for n in lengths])),
            "On logarithmic axes both curves rise, the one without a cache about twice as steeply.",
            log_x=True, log_y=True,
        ),
    )  # fmt: skip


def intensity(batch, size, *, shared):
    """Operations for each byte read in a decoding step: weights shared by the batch, or a cache of each sequence's own."""
    numbers = 1000 if shared else 1000 * batch  # read once, or once for each sequence
    return 2 * 1000 * batch / (numbers * size)


@claim(
    "weights-are-shared",
    "A decoding step does 2b/s operations for each byte of weights: a larger batch uses the same traffic better.",
    assumes=("the numbers that are read serve every sequence of the batch",),
)
def weights_are_shared(rng, batch: Annotated[int, Range(1, 512)] = 16, size: Literal["1", "2", "4"] = "2"):
    s = int(size)
    w, x = np.zeros((40, 25)), np.zeros((batch, 40))
    operations = 2 * x.shape[0] * w.shape[0] * w.shape[1]
    return outcome(
        equal("operations for each byte", intensity(batch, s, shared=True), 2 * batch / s),
        equal("counted on a product of matrices", operations / (w.size * s), 2 * batch / s),
    )


@failure(
    "cache-is-not-shared",
    "Each sequence reads its own cache: there a larger batch gains nothing.",
    of="weights-are-shared",
    without="the numbers that are read serve every sequence of the batch",
)
def cache_is_not_shared(rng, batch: Annotated[int, Range(1, 512)] = 16, size: Literal["1", "2", "4"] = "2"):
    s = int(size)
    return outcome(
        equal("operations for each byte", intensity(batch, s, shared=False), 2 * batch / s),
        message=f"{2 / s:g} operations a byte at every batch. Heads that share keys and values raise it by the size of their group.",
    )


@claim("worked-numbers", "The numbers of the worked example.")
def worked_numbers(rng):
    token_7b, token_70b = cache_bytes(32, 32, 128, 2, 1, 1), cache_bytes(80, 8, 128, 2, 1, 1)
    weights = 6.74e9 * 2
    return outcome(
        equal("7B, bytes for each token", token_7b, 524288), equal("7B, one sequence", token_7b * 4096 / 2**30, 2, unit="GiB"),
        equal("7B, sixteen sequences", token_7b * 4096 * 16 / 2**30, 32, unit="GiB"), equal("7B, weights", weights / 2**30, 12.6, tolerance=0.05, unit="GiB"),
        equal("70B, KiB for each token", token_70b / 1024, 320), equal("70B with all heads", cache_bytes(80, 64, 128, 2, 1, 1) / 2**20, 2.5, unit="MiB"),
        equal("operations a byte, H100", 989e12 / 3.35e12, 295, tolerance=0.5),
        equal("milliseconds to read the weights", weights / 3.35e12 * 1000, 4.02, tolerance=5e-3),
        equal("tokens a second at most", 3.35e12 / weights, 249, tolerance=0.5),
        equal("sixteen caches, milliseconds", token_7b * 4096 * 16 / 3.35e12 * 1000, 10.3, tolerance=0.05),
        equal("rows computed for 500 tokens", 500 * 501 / 2, 125250),
        equal("times as much work", work(500, 4096, cached=False) / work(500, 4096, cached=True), 251, tolerance=0.5),
    )  # fmt: skip


@derivation("cache-steps", "Why old keys stay, why one row is enough, and what is saved.", assumes=("every layer is causal",))
def cache_steps(rng, prompt: Prompt = 4, depth: Depth = 2, batch: Annotated[int, Range(1, 64)] = 8):
    x, layers = rng.normal(size=(prompt + 1, WIDTH)), weights_of(rng, depth)
    before, after = Generator(layers), Generator(layers)
    before.feed(x[:prompt], 0)
    after.feed(x, 0)
    row = before.feed(x[prompt:], prompt)
    cache, w = after.caches[0], layers[0]
    z = placed(x, 0)
    q = (z[-1] @ w[0]).reshape(HEADS, -1)
    scores = np.einsum("hd,htd->ht", q, cache.keys) / np.sqrt(WIDTH // HEADS)
    mixed = np.einsum("ht,htd->hd", softmax(scores), cache.values).reshape(-1) @ w[3]
    t, d = 7, 16
    return outcome(
        equal("old keys of all layers", [c.keys[:, :prompt] for c in after.caches], [c.keys[:, :prompt] for c in before.caches], tolerance=1e-10),
        equal("the new row of one layer", mixed, taught_full(z, w)[-1], tolerance=1e-10),
        equal("the new row of the stack", row[0], full_pass(x, layers)[-1], tolerance=1e-10),
        equal("work without a cache", work(t, d, cached=False), 6 * t * (t + 1) * d**2 + t * (t + 1) * (2 * t + 1) * d / 3, relative=1e-12),
        equal("work with a cache", work(t, d, cached=True), 12 * t * d**2 + t * (t + 1) * d, relative=1e-12),
        equal("operations a byte", intensity(batch, 2, shared=True), 2 * batch / 2),
    )


def taught_full(z, w):
    """One masked attention layer over all rows, by the exercise's code on an empty cache."""
    return taught.CachedAttention(*w[:4], HEADS).step(z)


@claim(
    "keys-after-rotation",
    "Keys may be cached after rotation: the scores are those of rotating everything anew.",
    assumes=("each key is rotated by its own index",),
)
def keys_after_rotation(rng, n: Annotated[int, Range(1, 60)] = 10, dropped: Annotated[int, Range(0, 20)] = 0):
    q, k = rng.normal(size=WIDTH), rng.normal(size=(n + dropped, WIDTH))
    kept = np.array([rotary.rope(row[None], [i])[0] for i, row in enumerate(k)])[dropped:]
    now = kept @ rotary.rope(q[None], [n + dropped])[0]
    anew = rotary.rope(k[dropped:], np.arange(n)) @ rotary.rope(q[None], [n])[0]
    return outcome(
        equal("scores of the new token", now, anew, tolerance=1e-9),
        at_least("length of the kept keys", np.linalg.norm(kept), 1e-6),
        at_most("change of a key's length", np.abs(np.linalg.norm(kept, axis=1) - np.linalg.norm(k[dropped:], axis=1)), 1e-9),
        message=f"{dropped} old tokens were dropped and the others kept their index: offsets, and so scores, are as if counted anew.",
    )
