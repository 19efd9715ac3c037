"""Checks of the page on byte-pair encoding, with the training and the encoder of the exercises."""

from collections import Counter
from typing import Annotated

import numpy as np

from cairn.claims import (
    Plot, Points, Range, at_least, at_most, claim, derivation, equal, failure, figure, outcome, that, use,
)

train = use("exercises/bpe-from-scratch/solution.py")
coder = use("exercises/write-bpe-encoder/solution.py")

Merges = Annotated[int, Range(0, 60)]
Words = Annotated[int, Range(5, 60)]
SYLLABLES = ["lo", "w", "er", "st", "an", "ing", "é", "ko", "ß", "語", "re", "t", "s", "aa", "ab"]


def corpus(rng, words):
    """Made-up words of one to four syllables, with counts as in a text: few frequent ones, many rare ones."""
    counts = {}
    for rank in range(1, words + 1):
        word = "".join(rng.choice(SYLLABLES, size=rng.integers(1, 5)))
        counts[word] = counts.get(word, 0) + 1 + 60 // rank
    return counts


def splits(counts, merges):
    """How training itself has split each word, once all merges are made."""
    words = {word: list(word.encode()) for word in counts}
    for k, pair in enumerate(merges):
        words = {word: train.merge(ids, pair, 256 + k) for word, ids in words.items()}
    return words


@claim(
    "lossless",
    "Decoding undoes encoding, for every text and every list of merges.",
    assumes=("all 256 bytes are base symbols", "the bytes of all tokens are joined before they are read as text", "nothing is dropped before encoding"),
)
def lossless(rng, words: Words = 30, merges: Merges = 30, length: Annotated[int, Range(0, 60)] = 20):
    learnt = train.train_bpe(corpus(rng, words), merges)
    text = "".join(rng.choice([*SYLLABLES, "ξ", " ", "🙂", "\n", "7"], size=length)) if length else ""
    ids = coder.bpe_encode(text, learnt)
    return outcome(
        that("decode(encode(text)) is the text", coder.bpe_decode(ids, learnt) == text),
        at_most("tokens, against bytes", len(ids), len(text.encode())),
        message=f"{len(text)} characters, {len(text.encode())} bytes, {len(ids)} tokens, with signs that training never met.",
    )


@failure(
    "token-by-token",
    "Decoded one by one, tokens that hold part of a character come out as question marks.",
    of="lossless",
    without="the bytes of all tokens are joined before they are read as text",
)
def token_by_token(rng, merges: Annotated[int, Range(0, 20)] = 10):
    learnt = train.train_bpe({"lower": 5, "stern": 3}, merges)
    text = "語 🙂"
    ids = coder.bpe_encode(text, learnt)
    alone = "".join(coder.bpe_decode([i], learnt) for i in ids)
    return outcome(
        that("decode(encode(text)) is the text", alone == text),
        figure("tokens", len(ids)), figure("signs that say: unreadable", alone.count("\N{REPLACEMENT CHARACTER}")),
        given=[that("joined first, it is", coder.bpe_decode(ids, learnt) == text)],
        message="Each of the two signs takes several bytes, and no merge joins them.",
    )  # fmt: skip


@failure(
    "characters-as-base",
    "With the characters of the corpus as base, a new character cannot be written.",
    of="lossless",
    without="all 256 bytes are base symbols",
)
def characters_as_base(rng, words: Words = 30):
    base = {c for word in corpus(rng, words) for c in word}
    text = "low ξ"
    written = "".join(c if c in base else "\N{REPLACEMENT CHARACTER}" for c in text)
    return outcome(
        that("decode(encode(text)) is the text", written == text),
        figure("characters known", len(base)),
        message=f"Of {text!r} there remains {written!r}.",
    )


@claim(
    "as-in-training",
    "The encoder splits every word of the corpus as training left it, and replaying the merges one after another does the same.",
    assumes=("the merge that was learnt first is applied first", "each merge is applied from left to right at all its places"),
)
def as_in_training(rng, words: Words = 30, merges: Merges = 30):
    counts = corpus(rng, words)
    learnt = train.train_bpe(counts, merges)
    left = splits(counts, learnt)
    return outcome(
        equal("words that are split otherwise", sum(coder.bpe_encode(w, learnt) != ids for w, ids in left.items()), 0),
        figure("merges", len(learnt)), figure("words", len(left)),
    )  # fmt: skip


def longest_match(word, merges):
    """The longest known token from the left, again and again: how WordPiece reads, not BPE."""
    tokens = {coder.bpe_decode([256 + k], merges).encode(): 256 + k for k in range(len(merges))}
    tokens |= {bytes([b]): b for b in range(256)}
    data, ids = word.encode(), []
    while data:
        size = max(n for n in range(1, len(data) + 1) if data[:n] in tokens)
        ids.append(tokens[data[:size]])
        data = data[size:]
    return ids


@failure(
    "longest-match",
    "Taking the longest known piece from the left gives other tokens than training did.",
    of="as-in-training",
    without="the merge that was learnt first is applied first",
)
def by_longest_match(rng, merges: Annotated[int, Range(1, 3)] = 2):
    counts = {"an": 12, "ba": 9, "ban": 5}
    learnt = train.train_bpe(counts, merges)
    left = splits(counts, learnt)
    other = {w: longest_match(w, learnt) for w in left}
    changed = [w for w in left if other[w] != left[w]]
    return outcome(
        equal("words that are split otherwise", len(changed), 0),
        given=[that("both keep the bytes", [coder.bpe_decode(ids, learnt) == w for w, ids in other.items()])],
        message=f"Pieces known: {', '.join(coder.bpe_decode([256 + k], learnt) for k in range(merges))}. "
        f"Split otherwise: {', '.join(changed) or 'none'}. Training left b + an; the longest match from the left is ba + n.",
    )


@claim(
    "one-list",
    "The merge list does not depend on the order in which the words are read.",
    assumes=("ties are broken by a fixed rule on the pairs",),
)
def one_list(rng, words: Words = 30, merges: Merges = 30):
    counts = corpus(rng, words)
    names = list(counts)
    other = {names[i]: counts[names[i]] for i in rng.permutation(len(names))}
    return outcome(that("both lists are equal", train.train_bpe(counts, merges) == train.train_bpe(other, merges)))


def first_seen(counts, merges):
    """Training in which the pair seen first wins a tie."""
    words, learnt = [(list(w.encode()), c) for w, c in counts.items()], []
    for new in range(256, 256 + merges):
        pairs = Counter()
        for ids, count in words:
            for pair in zip(ids, ids[1:]):
                pairs[pair] += count
        if not pairs:
            break
        learnt.append(max(pairs, key=pairs.get))
        words = [(train.merge(ids, learnt[-1], new), c) for ids, c in words]
    return learnt


@failure(
    "no-tie-rule",
    "Where the pair seen first wins a tie, two orders of the same corpus give two lists.",
    of="one-list",
    without="ties are broken by a fixed rule on the pairs",
)
def no_tie_rule(rng, merges: Annotated[int, Range(1, 60)] = 10):
    counts = {"tree": 4, "lamp": 4, "rose": 4}
    backwards = dict(reversed(counts.items()))
    one, two = first_seen(counts, merges), first_seen(backwards, merges)
    return outcome(
        that("both lists are equal", one == two),
        figure("merges in which they differ", sum(a != b for a, b in zip(one, two))),
        given=[equal("distinct merges", len(set(one)), len(one))],
        message="All pairs are equally frequent at first, so the order of reading decides, and all ids after it differ.",
    )


def tokens_after(counts, merges):
    """The number of tokens of the corpus before any merge and after each, and the count of each merged pair."""
    words, totals, seen = [(list(w.encode()), c) for w, c in counts.items()], [], []
    totals.append(sum(len(ids) * c for ids, c in words))
    for k, pair in enumerate(merges):
        seen.append(sum(c * sum(p == pair for p in zip(ids, ids[1:])) for ids, c in words))
        words = [(train.merge(ids, pair, 256 + k), c) for ids, c in words]
        totals.append(sum(len(ids) * c for ids, c in words))
    return np.array(totals), np.array(seen)


@claim(
    "fewer-and-fewer",
    "Each merge shortens the corpus, by at most its count, and the counts never rise from one merge to the next.",
    assumes=("the most frequent pair is merged",),
)
def fewer_and_fewer(rng, words: Words = 40, merges: Annotated[int, Range(2, 60)] = 40):
    counts = corpus(rng, words)
    totals, seen = tokens_after(counts, train.train_bpe(counts, merges))
    return outcome(
        at_most("tokens saved, against the count of the pair", -np.diff(totals), seen),
        at_least("tokens saved", -np.diff(totals), 1),
        at_most("rise of the count", np.diff(seen), 0),
        figure("tokens saved in all", 100 * (1 - totals[-1] / totals[0]), unit="%"),
        plot=Plot(
            "merges", "tokens of the corpus",
            (Points("tokens", np.arange(len(totals)), totals),),
            "The number of tokens of the corpus falls quickly with the first merges and ever more slowly after.",
        ),
    )  # fmt: skip


def best_saving(ids, merges, new=256):
    """The most tokens that any list of so many merges can save on one string, by trying all lists."""
    pairs = set(zip(ids, ids[1:]))
    if merges == 0 or not pairs:
        return 0
    shorter = [train.merge(ids, pair, new) for pair in pairs]
    return max(len(ids) - len(s) + best_saving(s, merges - 1, new + 1) for s in shorter)


@claim(
    "greedy-is-close",
    "On one string, greedy merging saves at least a third of what the best list of as many merges saves.",
    assumes=("the most frequent pair is merged",),
)
def greedy_is_close(rng, length: Annotated[int, Range(2, 16)] = 14, letters: Annotated[int, Range(1, 4)] = 3):
    texts = ["".join(rng.choice(list("abcd")[:letters], size=length)) for _ in range(6)]
    shares = []
    for text in texts:
        totals, _ = tokens_after({text: 1}, train.train_bpe({text: 1}, 2))
        shares.append((totals[0] - totals[-1]) / best_saving(list(text.encode()), 2))
    return outcome(
        at_least("saved, as a share of the best", min(shares), 1 / 3),
        at_most("the same, for the luckiest text", max(shares), 1),
        message=f"Two merges on {len(texts)} random strings of {length} letters, against every possible list.",
    )


def local_training(counts, merges, *, update=True):
    """Training that changes only the counts beside a merge. Also returns how many symbols were looked at."""
    words = [(list(w.encode()), c) for w, c in counts.items()]
    pairs, where, looked = Counter(), {}, 0
    for i, (ids, c) in enumerate(words):
        looked += len(ids)
        for pair in zip(ids, ids[1:]):
            pairs[pair] += c
            where.setdefault(pair, set()).add(i)
    learnt = []
    for new in range(256, 256 + merges):
        alive = {p: c for p, c in pairs.items() if c > 0 and p not in learnt}
        if not alive:
            break
        best = min(alive, key=lambda p: (-alive[p], p))
        learnt.append(best)
        for i in where[best]:
            ids, c = words[i]
            looked += len(ids)
            after = train.merge(ids, best, new)
            if update:
                for pair in zip(ids, ids[1:]):
                    pairs[pair] -= c
                for pair in zip(after, after[1:]):
                    pairs[pair] += c
                    where.setdefault(pair, set()).add(i)
            words[i] = (after, c)
    return learnt, looked


@claim(
    "local-counts",
    "Changing the counts only in the words that hold the merged pair gives the same list as counting everything again.",
    assumes=("counts are updated after each merge",),
)
def local_counts(rng, words: Words = 40, merges: Merges = 30):
    counts = corpus(rng, words)
    again = train.train_bpe(counts, merges)
    learnt, looked = local_training(counts, merges)
    totals = sum(len(ids) for k in range(len(again) + 1) for ids in splits(counts, again[:k]).values())
    return outcome(
        that("both lists are equal", learnt == again),
        figure("symbols looked at, counting everything again", totals), figure("symbols looked at, locally", looked),
    )  # fmt: skip


@failure(
    "stale-counts",
    "Counted once and taken in turn, pairs are merged that hardly exist any more, and no symbol is ever joined again.",
    of="local-counts",
    without="counts are updated after each merge",
)
def stale_counts(rng, merges: Annotated[int, Range(2, 5)] = 3):
    counts = {"low": 5, "lot": 3, "slow": 2}
    learnt, _ = local_training(counts, merges, update=False)
    again = train.train_bpe(counts, merges)
    return outcome(
        that("both lists are equal", learnt == again),
        figure("longest token", max(len(coder.bpe_decode([256 + k], learnt)) for k in range(len(learnt)))),
        figure("longest token with fresh counts", max(len(coder.bpe_decode([256 + k], again)) for k in range(len(again)))),
        given=[that("the first merge is right", learnt[0] == again[0])],
    )  # fmt: skip


@claim("worked-numbers", "The numbers of the worked example.")
def worked_numbers(rng):
    counts = {"low": 5, "lot": 3, "slow": 2}
    learnt = train.train_bpe(counts, 3)
    totals, seen = tokens_after(counts, learnt)
    tokens = [coder.bpe_decode([256 + k], learnt) for k in range(3)]
    rare = {"aab": 1, "aaa": 3}
    return outcome(
        that("merges", tokens == ["lo", "low", "lot"]),
        equal("count of lo", seen[0], 10), equal("count of low", seen[1], 7), equal("count of lot", seen[2], 3),
        equal("tokens at first", totals[0], 32), equal("tokens after 1", totals[1], 22),
        equal("tokens after 2", totals[2], 15), equal("tokens after 3", totals[3], 12),
        that("slot", [coder.bpe_decode([i], learnt) for i in coder.bpe_encode("slot", learnt)] == ["s", "lot"]),
        that("slow", [coder.bpe_decode([i], learnt) for i in coder.bpe_encode("slow", learnt)] == ["s", "low"]),
        equal("vocabulary", 256 + 3, 259), equal("GPT-2", 256 + 50000 + 1, 50257),
        equal("pairs aa in aab and three aaa", tokens_after(rare, [(97, 97)])[1][0], 7),
        equal("tokens they save", -np.diff(tokens_after(rare, [(97, 97)])[0])[0], 4),
    )  # fmt: skip


@derivation("lossless-steps", "Why nothing is lost, why encoding ends, and what a count is worth.", assumes=("the base symbols are the 256 bytes",))
def lossless_steps(rng, words: Words = 20, merges: Annotated[int, Range(1, 60)] = 20):
    counts = corpus(rng, words)
    learnt = train.train_bpe(counts, merges)
    token = [bytes([b]) for b in range(256)]
    for left, right in learnt:
        token.append(token[left] + token[right])
    word = max(counts, key=len)
    stages = [list(word.encode())]
    for k, pair in enumerate(learnt):
        stages.append(train.merge(stages[-1], pair, 256 + k))
    lengths = np.array([len(s) for s in stages])
    ids = coder.bpe_encode(word, learnt)
    totals, seen = tokens_after(counts, learnt)
    apart = np.array([a != b for a, b in learnt])
    return outcome(
        equal("bytes of a token, against its parts", [len(t) for t in token[256:]], [len(token[a]) + len(token[b]) for a, b in learnt]),
        that("the bytes stay at every merge", [b"".join(token[i] for i in s) == word.encode() for s in stages]),
        at_most("tokens, against the ones before", np.diff(lengths), 0),
        that("decode(encode(s)) = s", coder.bpe_decode(ids, learnt) == word),
        equal("tokens saved, against the count", -np.diff(totals)[apart], seen[apart]),
    )
