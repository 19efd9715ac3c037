"""The attention viewer: the weights that the reference solution gives to a typed sentence."""

import re
import zlib
from typing import Annotated

import numpy as np

from cairn.playgrounds import Choice, Grid, Note, Refused, Scene, Slider, Table, Text, Tick, playground, use

attention = use("exercises/attention-numpy/solution.py").attention
causal_mask = use("exercises/causal-mask-implement/solution.py").causal_mask
sinusoidal_encoding = use("exercises/positional-encodings-implement/solution.py").sinusoidal_encoding

MOST_TOKENS = 14
SLOWEST = 50.0  # the paper's 10000 is for thousands of positions; over fourteen it tells neighbours apart badly
WORD = re.compile(r"\w+|[^\w\s]")
HEADS = {
    "spelling": "similar spelling",
    "previous": "the token before",
    "same": "the same token",
    "untrained": "untrained: random matrices",
}
SAYS = {
    "spelling": "Query and key are the same vector, made of the token's letters, so tokens that share letters match.",
    "previous": "The key of a token is its position's sinusoidal code, the query the code of the position before (base 50, for a short text).",
    "same": "Query and key are one random vector for each distinct token, so a token matches its copies.",
    "untrained": "Each token has a random vector; queries and keys are its products with two random matrices.",
}


def vector(name, d):
    """A vector of d independent standard normal components that depends on the name alone."""
    return np.random.default_rng(zlib.crc32(name.encode())).normal(size=d)


def spelt(token, d):
    """A vector of length √d made of the token's letters and pairs of letters."""
    word = token.lower()
    parts = [*word, *(a + b for a, b in zip(word, word[1:]))]
    total = sum(vector(part, d) for part in parts)
    return total * np.sqrt(d) / np.linalg.norm(total)


def queries_and_keys(tokens, head, d):
    """Two matrices of shape (n, d), each row about √d long."""
    n = len(tokens)
    if head == "previous":
        place = np.arange(n)
        scale = np.sqrt(2)  # each of the d/2 pairs of components has length 1, so that a row comes to √d
        return [scale * sinusoidal_encoding(at, d, base=SLOWEST) for at in (place - 1, place)]
    if head == "spelling":
        x = np.array([spelt(t, d) for t in tokens])
        return x, x
    x = np.array([vector("token " + t.lower(), d) for t in tokens])
    if head == "same":
        return x, x
    w_q, w_k = (np.random.default_rng(s).normal(size=(d, d)) / np.sqrt(d) for s in (1, 2))
    return x @ w_q, x @ w_k


def weights(tokens, head, d, *, scaled, causal):
    """The attention weights, shape (n, n): what `attention` returns when the values are the identity matrix."""
    q, k = queries_and_keys(tokens, head, d)
    n = len(tokens)
    mask = causal_mask(n, n) if causal else None
    return attention(q if scaled else q * np.sqrt(d), k, np.eye(n), mask)


def cell(weight):
    """A weight in two digits without the leading zero; nothing where it would read as zero."""
    return "" if weight < 0.005 else "1" if weight >= 0.995 else f"{weight:.2f}"[1:]


@playground(
    "attention-viewer",
    "Who reads whom",
    "Type a sentence and see which token each token reads, with what a head compares, with and without the scale and the mask.",
    after="Statement",
    sources={"paper-attention": "Section 3.2.1, scaled dot-product attention, and Section 3.5, positional encoding"},
)
def attention_viewer(
    text: Annotated[str, Text(120, label="your sentence")] = "the cat sat on the mat because the cat was tired",
    head: Annotated[str, Choice(HEADS, label="what the head compares")] = "spelling",
    d: Annotated[int, Slider(4, 128, step=4, label="width d of queries and keys")] = 16,
    scaled: Annotated[bool, Tick("divide by √d")] = True,
    causal: Annotated[bool, Tick("mask what comes later")] = False,
) -> Scene:
    tokens = WORD.findall(text)
    if not tokens:
        raise Refused("Type at least one word.")
    cut, tokens = len(tokens) > MOST_TOKENS, tokens[:MOST_TOKENS]
    p = weights(tokens, head, d, scaled=scaled, causal=causal)
    entropy = -(p * np.log(np.where(p > 0, p, 1))).sum(axis=1)
    reads = np.exp(entropy)
    others = p.copy()
    np.fill_diagonal(others, 0)
    i, j = np.unravel_index(int(others.argmax()), p.shape)
    says = f"On average a row reads {reads.mean():.1f} of {len(tokens)} tokens, and gives itself {np.diag(p).mean():.0%}."
    if others[i, j] > 0:
        says = f"The strongest tie: “{tokens[i]}” gives {'another' if tokens[i] == tokens[j] else ''} “{tokens[j]}” {others[i, j]:.0%} of its attention. {says}".replace("  ", " ")
    rows = [(f"{t}", f"{top:.2f}", f"{r:.1f}") for t, top, r in zip(tokens, p.max(axis=1), reads)]
    parts = [
        Grid(
            "Attention weights: each row is one query and sums to 1",
            p,
            [[cell(w) for w in row] for row in p],
            f"Attention weights of {len(tokens)} tokens; the darkest cell is row {tokens[i]}, column {tokens[j]}.",
            rows=tokens,
            columns=tokens,
            heads=("query", "key"),
        ),
        Note(SAYS[head] + " Tokens here are words and signs; a language model cuts text into smaller pieces."),
    ]
    if cut:
        parts.append(Note(f"Only the first {MOST_TOKENS} tokens are shown."))
    parts.append(
        Table("How spread out each row is", ("query", "largest weight", "tokens read, e to the entropy"), rows, folded=True)
    )
    return Scene(says, parts)
