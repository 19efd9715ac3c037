"""The numbers of attention, byte-pair encoding and sampling, against computations that share nothing with them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from cairn.playgrounds import Grid, Pieces, Table
from tests.playgrounds.reading import parts, scene


@pytest.mark.parametrize("head", ["spelling", "previous", "same", "untrained"])
@pytest.mark.parametrize(("scaled", "causal"), [(True, False), (False, True)])
def test_attention_weights(shipped, head, scaled, causal):
    """Each weight is the exponential of its own score over the sum of those that the query may see."""
    names, _ = shipped["scaled-dot-product-attention"]
    tokens = ["a", "cat", "sat", "on", "a", "mat"]
    q, k = names["queries_and_keys"](tokens, head, 8)
    want = np.zeros((6, 6))
    for i in range(6):
        seen = range(i + 1) if causal else range(6)
        scores = {j: sum(q[i][c] * k[j][c] for c in range(8)) / (math.sqrt(8) if scaled else 1) for j in seen}
        top = max(scores.values())
        total = math.fsum(math.exp(s - top) for s in scores.values())
        for j, s in scores.items():
            want[i, j] = math.exp(s - top) / total
    found = scene(
        shipped,
        "scaled-dot-product-attention",
        text="a cat sat on a mat",
        head=head,
        d=8,
        scaled=scaled,
        causal=causal,
    )

    np.testing.assert_allclose(parts(found, Grid)[0].values, want, atol=6e-4)
    rows = parts(found, Table)[0].rows
    assert [float(r[1]) for r in rows] == pytest.approx(want.max(axis=1), abs=6e-3)
    assert [float(r[2]) for r in rows] == pytest.approx([math.exp(stats.entropy(r)) for r in want], abs=0.06)


def merged_by_hand(words, steps):
    """The merges on plain texts: the most frequent pair, of equals the one whose tokens were made first."""
    age = {chr(i): i for i in range(256)}
    cut = {w: list(w) for w in words}
    made = []
    for _ in range(steps):
        count = {}
        for word, times in words.items():
            for a, b in zip(cut[word], cut[word][1:], strict=False):
                count[a, b] = count.get((a, b), 0) + times
        if not count:
            break
        best = min(count, key=lambda p: (-count[p], age[p[0]], age[p[1]]))
        made.append((*best, count[best]))
        age[best[0] + best[1]] = 256 + len(made) - 1
        for tokens in cut.values():
            i = 0
            while i < len(tokens) - 1:
                if (tokens[i], tokens[i + 1]) == best:
                    tokens[i : i + 2] = ["".join(best)]
                i += 1
    return made, cut


@pytest.mark.parametrize("text", ["low low lower newest newest widest", "aaaa aaa aa banana bandana", "x"])
@pytest.mark.parametrize("steps", [0, 1, 5, 40])
def test_merges(shipped, text, steps):
    """Every merge, its count, every cut word, and the number of tokens."""
    words = {w: text.split().count(w) for w in text.split()}
    made, cut = merged_by_hand(words, steps)
    found = scene(shipped, "byte-pair-encoding", text=text, merges=steps, new="")

    table = [p for p in parts(found, Table) if "merges" in p.caption]
    assert [(r[1], r[3]) for r in (table[0].rows if table else ())] == [
        (f"{a} + {b}", str(n)) for a, b, n in made
    ]
    shown = {
        name.split(" × ")[1]: [p.removeprefix("*") for p in pieces]
        for name, pieces in parts(found, Pieces)[0].lines
    }
    assert shown == cut
    before, after = (sum(len(x) * words[w] for w, x in c.items()) for c in ({w: w for w in words}, cut))
    assert f"{before} bytes are now {after} tokens, {before / after:.2f} bytes each" in found.says


@pytest.mark.parametrize("scores", ["sure", "torn", "flat"])
@pytest.mark.parametrize(
    ("t", "k", "p"), [(1.0, 12, 1.0), (0.5, 12, 0.9), (2.0, 4, 1.0), (3.0, 7, 0.3), (0.1, 1, 0.05)]
)
def test_probabilities(shipped, scores, t, k, p):
    """Temperature, then the k best, then the fewest that hold the mass p, each renormalised."""
    names, _ = shipped["sampling-strategies"]
    z = names["SCORES"][scores]
    heated = [math.exp(s / t) for s in z]
    kept = sorted(range(12), key=lambda i: -z[i])[:k]
    share = {i: heated[i] / sum(heated[j] for j in kept) for i in kept}
    mass, nucleus = 0.0, []
    for i in kept:
        if mass >= p:
            break
        nucleus.append(i)
        mass += share[i]
    want = {i: share[i] / mass for i in nucleus}
    found = scene(shipped, "sampling-strategies", scores=scores, temperature=t, top_k=k, top_p=p, seed=3)

    rows = parts(found, Table)[0].rows
    assert [r[4] for r in rows] == [f"{want[i]:.3f}" if i in want else "cut" for i in range(12)]
    assert [float(r[3]) for r in rows] == pytest.approx([h / sum(heated) for h in heated], abs=6e-4)
    assert set(parts(found, Pieces)[0].lines[0][1]) <= {names["TOKENS"][i] for i in want}
    assert f"entropy {stats.entropy(list(want.values()), base=2) + 0.0:.2f} bits" in found.says
