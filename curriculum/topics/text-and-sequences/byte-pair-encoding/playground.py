"""Byte pair encoding, merge by merge, with the reference solutions of training and of encoding."""

import re
from collections import Counter
from typing import Annotated

from cairn.playgrounds import Note, Pieces, Refused, Scene, Slider, Table, Text, playground, use

bpe = use("exercises/bpe-from-scratch/solution.py")
encoder = use("exercises/write-bpe-encoder/solution.py")

MOST_WORDS = 12
TEXT = "low low low low low lower lower newest newest newest newest newest newest widest widest widest"


def token_bytes(merges):
    """The bytes of each token: 256 single ones, then one for each merge."""
    made = [bytes([b]) for b in range(256)]
    for left, right in merges:
        made.append(made[left] + made[right])
    return made


def shown(data):
    """Bytes as text; those that are no whole character in hexadecimal."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return "".join(f"‹{b:02X}›" for b in data)


def counted(words, merges):
    """How often each pair of neighbours occurs after some merges; words with their counts."""
    pairs = Counter()
    for word, count in words.items():
        ids = encoder.bpe_encode(word, merges)
        for pair in zip(ids, ids[1:]):
            pairs[pair] += count
    return pairs


@playground(
    "byte-pair-encoding-steps",
    "Byte pair encoding, merge by merge",
    "Type a text, merge its most frequent pair again and again, and see how a word it never saw is cut.",
    after="Statement",
    sources={"paper-bpe": "Section 3.2 and Algorithm 1", "paper-gpt2": "Section 2.2, the form on bytes"},
)
def steps(
    text: Annotated[str, Text(300, label="text to learn from")] = TEXT,
    merges: Annotated[int, Slider(0, 40, label="merges", plays=True)] = 6,
    new: Annotated[str, Text(60, label="words to cut")] = "lowest slowest new",
) -> Scene:
    words = Counter(re.findall(r"\S+", text))
    if not words:
        raise Refused("Type a text with at least one word to learn from.")
    learnt = bpe.train_bpe(words, merges)
    tokens = [shown(t) for t in token_bytes(learnt)]
    rows = []
    for k, (left, right) in enumerate(learnt):
        count = counted(words, learnt[:k])[left, right]
        rows.append((str(k + 1), f"{tokens[left]} + {tokens[right]}", tokens[256 + k], str(count)))
    newest = 255 + len(learnt) if learnt else -1

    def cut(word):
        return [("*" if i == newest else "") + tokens[i] for i in encoder.bpe_encode(word, learnt)]

    before = sum(len(w.encode()) * c for w, c in words.items())
    after = sum(len(encoder.bpe_encode(w, learnt)) * c for w, c in words.items())
    if learnt:
        left, right = learnt[-1]
        says = f"Merge {len(learnt)} joins “{tokens[left]}” and “{tokens[right]}”, together {rows[-1][3]} times: "
    else:
        says = "No merge yet, every byte is a token: "
    says += f"{before} bytes are now {after} tokens, {before / after:.2f} bytes each."
    parts = []
    if len(learnt) < merges:
        says += f" After {len(learnt)} merges every word is one token, and nothing is left to join."
    else:
        ahead = counted(words, learnt)
        if ahead:
            pair = min(ahead, key=lambda p: (-ahead[p], p))
            tied = sum(c == ahead[pair] for c in ahead.values()) - 1
            tie = f" {tied} other pair{'s occur' if tied > 1 else ' occurs'} as often; the smaller ids win." if tied else ""
            parts.append(
                Note(f"Next: “{tokens[pair[0]]}” and “{tokens[pair[1]]}”, {ahead[pair]} times.{tie}")
            )
    listed = list(words.items())[:MOST_WORDS]
    more = f", the first {MOST_WORDS} of {len(words)}" if len(words) > MOST_WORDS else ""
    parts.append(Pieces(f"The distinct words{more}", [(f"{c} × {w[:24]}", cut(w)[:40]) for w, c in listed]))
    fresh = re.findall(r"\S+", new)[:MOST_WORDS]
    if fresh:
        parts.append(Pieces("The same merges, in the order they were learnt, on your words", [(w[:24], cut(w)) for w in fresh]))
    if rows:
        parts.append(Table("All merges so far", ("merge", "pair", "new token", "times"), rows, folded=True))
    return Scene(says, parts)
