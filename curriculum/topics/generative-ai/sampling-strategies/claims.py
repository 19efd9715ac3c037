"""Checks of the page on sampling strategies: all texts of a small model, enumerated, and the code of the exercise."""

from itertools import product
from math import prod
from typing import Annotated, Literal

import numpy as np

from cairn.claims import Line, Plot, Range, at_least, claim, derivation, equal, failure, figure, outcome, use

taught = use("exercises/sampling-strategies-implement/solution.py")

Length = Annotated[int, Range(1, 5)]
Vocabulary = Annotated[int, Range(2, 4)]


def model(rng, vocabulary, length):
    """The logits of a random model after every prefix shorter than the length."""
    prefixes = (p for n in range(length) for p in product(range(vocabulary), repeat=n))
    return {p: 1.5 * rng.normal(size=vocabulary) for p in prefixes}


def softmax(z):
    e = np.exp(z - z.max())
    return e / e.sum()


def distribution(logits, rule, vocabulary, length):
    """The probability of every text, if each token is drawn by a rule from the logits of its prefix."""
    steps = {prefix: rule(z).tolist() for prefix, z in logits.items()}
    return {
        text: prod(steps[text[:t]][text[t]] for t in range(length))
        for text in product(range(vocabulary), repeat=length)
    }


RULES = {
    "temperature 0.7": lambda z: taught.sampling_probabilities(z, temperature=0.7),
    "top-k 2": lambda z: taught.sampling_probabilities(z, top_k=2),
    "top-p 0.8": lambda z: taught.sampling_probabilities(z, top_p=0.8),
    "none": taught.sampling_probabilities,
}


@claim(
    "pure-sampling",
    "Drawn token by token from the unchanged softmax, texts follow the model's own distribution.",
    assumes=("each token is drawn from the unchanged softmax",),
)
def pure_sampling(rng, vocabulary: Vocabulary = 3, length: Length = 4):
    logits = model(rng, vocabulary, length)
    got = distribution(logits, RULES["none"], vocabulary, length)
    true = {x: np.exp(sum(np.log(softmax(logits[x[:t]])[x[t]]) for t in range(length))) for x in got}
    return outcome(
        equal("distance of the two distributions of texts", apart(got, true), 0, tolerance=1e-12),
        equal("total probability", sum(got.values()), 1, tolerance=1e-12),
        message=f"All {vocabulary**length} texts of {length} tokens over {vocabulary} signs.",
    )


def apart(p, q):
    """The total variation distance: the share of texts that would have to be replaced."""
    return 0.5 * sum(abs(p[x] - q[x]) for x in p)


@failure(
    "changed-rule",
    "With a temperature or a cut, texts follow another distribution, which is nobody's model.",
    of="pure-sampling",
    without="each token is drawn from the unchanged softmax",
)
def changed_rule(rng, rule: Literal["temperature 0.7", "top-k 2", "top-p 0.8"] = "temperature 0.7", length: Annotated[int, Range(2, 5)] = 4):
    logits = model(rng, 4, length)
    got, true = (distribution(logits, RULES[r], 4, length) for r in (rule, "none"))
    powers = {x: p ** (1 / 0.7) for x, p in true.items()}
    total = sum(powers.values())
    return outcome(
        equal("distance of the two distributions of texts", apart(got, true), 0, tolerance=1e-12),
        figure("distance from p(text)^(1/0.7), normalised", apart(got, {x: p / total for x, p in powers.items()})),
        given=[equal("total probability", sum(got.values()), 1, tolerance=1e-12)],
        message=f"Rule: {rule}, {length} tokens. Not even a temperature for each token is a temperature for the text.",
    )


def greedy(logits, length):
    text = ()
    for _ in range(length):
        text += (int(np.argmax(logits[text])),)
    return text


@claim(
    "greedy-if-independent",
    "Greedy choice finds the most likely text.",
    assumes=("the probabilities of the next token do not depend on the tokens before it",),
)
def greedy_if_independent(rng, vocabulary: Vocabulary = 3, length: Length = 4):
    places = 1.5 * rng.normal(size=(length, vocabulary))
    logits = {p: places[len(p)] for n in range(length) for p in product(range(vocabulary), repeat=n)}
    true = distribution(logits, RULES["none"], vocabulary, length)
    return outcome(equal("probability of the greedy text", true[greedy(logits, length)], max(true.values()), tolerance=1e-15))


@failure(
    "greedy-trap",
    "An early best choice may lead to where all continuations are unlikely.",
    of="greedy-if-independent",
    without="the probabilities of the next token do not depend on the tokens before it",
)
def greedy_trap(rng, first: Annotated[float, Range(0.5, 0.95)] = 0.6):
    logits = {(): np.log([first, 1 - first, 1e-9]), (0,): np.log([0.4, 0.3, 0.3]), (1,): np.log([0.9, 0.05, 0.05]), (2,): np.zeros(3)}
    true = distribution(logits, RULES["none"], 3, 2)
    text = greedy(logits, 2)
    return outcome(
        equal("probability of the greedy text", true[text], max(true.values()), tolerance=1e-12),
        figure("probability of the best text", max(true.values())),
        given=[equal("total probability", sum(true.values()), 1, tolerance=1e-9)],
        message=f"First sign: {first:g} against {1 - first:g}; then 0.4 at best, or 0.9. Above 0.69 the greedy text is the best after all.",
    )


def valid(text):
    """A small grammar: the first sign occurs an even number of times."""
    return text.count(0) % 2 == 0


def futures(logits, vocabulary, length):
    """The probability that a valid text follows, for every prefix."""
    h = {x: float(valid(x)) for x in product(range(vocabulary), repeat=length)}
    for n in range(length - 1, -1, -1):
        for prefix in product(range(vocabulary), repeat=n):
            h[prefix] = float(softmax(logits[prefix]) @ [h[prefix + (v,)] for v in range(vocabulary)])
    return h


def constrained(logits, vocabulary, length, *, look_ahead):
    """The distribution of texts if each token is weighted by the chance of a valid text, or only masked where it is 0."""
    h, steps = futures(logits, vocabulary, length), {}
    for prefix, z in logits.items():
        after = np.array([h[prefix + (v,)] for v in range(vocabulary)])
        weights = softmax(z) * (after if look_ahead else after > 0)
        steps[prefix] = (weights / weights.sum()).tolist() if weights.any() else weights.tolist()
    return {
        text: prod(steps[text[:t]][text[t]] for t in range(length))
        for text in product(range(vocabulary), repeat=length)
    }


def conditional(logits, vocabulary, length):
    true = distribution(logits, RULES["none"], vocabulary, length)
    mass = sum(p for x, p in true.items() if valid(x))
    return {x: p / mass if valid(x) else 0.0 for x, p in true.items()}


@claim(
    "look-ahead",
    "Weighted by the chance that a valid text follows, tokens give exactly the model's distribution over valid texts.",
    assumes=("each token is weighted by the probability that a valid text follows it",),
)
def look_ahead(rng, vocabulary: Vocabulary = 3, length: Length = 4):
    logits = model(rng, vocabulary, length)
    got = constrained(logits, vocabulary, length, look_ahead=True)
    return outcome(
        equal("distance from p(text | valid)", apart(got, conditional(logits, vocabulary, length)), 0, tolerance=1e-12),
        equal("probability of invalid texts", sum(p for x, p in got.items() if not valid(x)), 0),
        message="Valid here: the first sign occurs an even number of times.",
    )


@failure(
    "mask-only",
    "A mask that only forbids dead ends gives valid texts with the wrong probabilities.",
    of="look-ahead",
    without="each token is weighted by the probability that a valid text follows it",
)
def mask_only(rng, vocabulary: Vocabulary = 3, length: Annotated[int, Range(2, 5)] = 4):
    logits = model(rng, vocabulary, length)
    got = constrained(logits, vocabulary, length, look_ahead=False)
    true = conditional(logits, vocabulary, length)
    ratios = [got[x] / true[x] for x in got if true[x] > 0]
    return outcome(
        equal("distance from p(text | valid)", apart(got, true), 0, tolerance=1e-12),
        figure("most overrated text, times its share", max(ratios)), figure("most underrated text, times its share", min(ratios)),
        given=[equal("probability of invalid texts", sum(p for x, p in got.items() if not valid(x)), 0)],
        message="All texts are valid. Those behind a likely token with few valid continuations come too often.",
    )  # fmt: skip


def tail(temperature, head=100, vocabulary=50_000):
    """The probability beyond the best tokens, for logits −2 ln(rank)."""
    logits = -2 * np.log(np.arange(1, vocabulary + 1))
    return 1 - taught.sampling_probabilities(logits, temperature=temperature)[:head].sum()


@claim(
    "clean-text",
    "With tail mass ε at a step, n draws avoid the tail with probability (1 − ε)ⁿ, which is at least 1 − nε.",
    assumes=("the temperature is 1",),
)
def clean_text(rng, n: Annotated[int, Range(1, 150)] = 50):
    clean = (1 - tail(1.0)) ** n
    temperatures = np.linspace(0.6, 1.8, 9)
    tails = np.array([tail(t) for t in temperatures])
    return outcome(
        at_least("probability of a clean text", clean, 1 - n * tail(1.0), slack=1e-12),
        equal("the same, from its logarithm", np.log(clean), n * np.log1p(-tail(1.0)), tolerance=1e-9),
        figure("tail mass at each step", tail(1.0)),
        message=f"{n} tokens from 50000 with probability proportional to 1/rank²; the tail begins behind the first 100.",
        plot=Plot(
            "temperature", "probability",
            (Line("tail mass", temperatures, tails), Line(f"{n} tokens without a slip", temperatures, (1 - tails) ** n)),
            "The tail mass rises with the temperature, and the chance of a text without any tail token falls from nearly one to zero.",
        ),
    )  # fmt: skip


@failure(
    "hot-tail",
    "At a high temperature without a cut the tail gains mass, and hardly a text stays clean.",
    of="clean-text",
    without="the temperature is 1",
)
def hot_tail(rng, n: Annotated[int, Range(1, 150)] = 50, temperature: Annotated[float, Range(1.2, 2)] = 1.5):
    return outcome(
        at_least("probability of a clean text", (1 - tail(temperature)) ** n, 1 - n * tail(1.0), slack=1e-12),
        figure("tail mass at each step", tail(temperature)), figure("tail mass at temperature 1", tail(1.0)),
    )  # fmt: skip


@claim(
    "order-matters",
    "Applied after a temperature above 1, top-p keeps at least as many tokens as applied before it.",
    assumes=("the temperature is at least 1",),
)
def order_matters(rng, temperature: Annotated[float, Range(1, 5)] = 2.0, p: Annotated[float, Range(0.05, 0.99)] = 0.8, vocabulary: Annotated[int, Range(2, 200)] = 50):
    z = 2 * rng.normal(size=vocabulary)
    after = np.count_nonzero(taught.sampling_probabilities(z, temperature=temperature, top_p=p))
    before = np.count_nonzero(taught.sampling_probabilities(z, top_p=p))
    top, warm = (np.cumsum(np.sort(softmax(z / t))[::-1]) for t in (1.0, temperature))
    return outcome(
        at_least("tokens kept", after, before),
        at_least("mass of the j best tokens, cold against warm", top, warm, slack=1e-12),
        message=f"Temperature first: {after} tokens. Cut first: {before}.",
    )


def penalised(z, seen, penalty=1.3):
    """A common repetition penalty: positive logits of seen tokens are divided, negative ones multiplied."""
    out = z.copy()
    out[seen] = np.where(z[seen] > 0, z[seen] / penalty, z[seen] * penalty)
    return out


@claim(
    "shift-free",
    "Adding the same number to all logits changes no probability.",
    assumes=("the rules use differences of logits only",),
)
def shift_free(rng, shift: Annotated[float, Range(-50, 50)] = 5.0, rule: Literal["temperature 0.7", "top-k 2", "top-p 0.8"] = "top-p 0.8"):
    z = 2 * rng.normal(size=12)
    return outcome(equal("probabilities", RULES[rule](z + shift), RULES[rule](z), tolerance=1e-9))


@failure(
    "penalty-by-division",
    "A repetition penalty that divides logits depends on where their zero lies, which the model never fixed.",
    of="shift-free",
    without="the rules use differences of logits only",
)
def penalty_by_division(rng, shift: Annotated[float, Range(-50, 50)] = 5.0):
    z, seen = 2 * rng.normal(size=12), [0, 3]
    here, there = softmax(penalised(z, seen)), softmax(penalised(z + shift, seen))
    return outcome(
        equal("probabilities", there, here, tolerance=1e-9),
        figure("mass of the seen tokens", here[seen].sum()), figure("the same, all logits shifted", there[seen].sum()),
        given=[equal("without the penalty", softmax(z + shift), softmax(z), tolerance=1e-9)],
    )  # fmt: skip


@claim("worked-numbers", "The numbers of the worked example.")
def worked_numbers(rng):
    z = np.log([0.5, 0.3, 0.15, 0.05])
    warm = softmax(z / 2)
    cut = taught.sampling_probabilities(z, top_p=0.75)
    return outcome(
        equal("greedy text", 0.6 * 0.4, 0.24, tolerance=1e-12), equal("best text", 0.4 * 0.9, 0.36, tolerance=1e-12),
        equal("mask, A", 0.9, 0.9), equal("conditioned, A", 0.9 * 0.1 / (0.9 * 0.1 + 0.1 * 1), 0.474, tolerance=5e-4),
        equal("warm 1", warm[0], 0.379, tolerance=5e-4), equal("warm 2", warm[1], 0.294, tolerance=5e-4),
        equal("warm 3", warm[2], 0.208, tolerance=5e-4), equal("warm 4", warm[3], 0.120, tolerance=5e-4),
        equal("kept, cut first", np.count_nonzero(cut), 2), equal("share of the best, cut first", cut[0], 0.625, tolerance=1e-12),
        equal("kept, temperature first", np.count_nonzero(taught.sampling_probabilities(z, temperature=2, top_p=0.75)), 3),
        equal("tail at 1", 100 * tail(1.0), 0.60, tolerance=5e-3, unit="%"), equal("tail at 1.5", 100 * tail(1.5), 16.0, tolerance=0.05, unit="%"),
        equal("clean at 1", (1 - tail(1.0)) ** 50, 0.739, tolerance=5e-4), equal("clean at 1.5", 1e4 * (1 - tail(1.5)) ** 50, 1.6, tolerance=0.05, unit="in 10 000"),
    )  # fmt: skip


@derivation("condition-steps", "What true conditioning asks of each token, and what a mask leaves out.", assumes=("some valid text has positive probability",))
def condition_steps(rng, vocabulary: Vocabulary = 3, length: Annotated[int, Range(2, 5)] = 4):
    logits = model(rng, vocabulary, length)
    true, h = distribution(logits, RULES["none"], vocabulary, length), futures(logits, vocabulary, length)
    goal, masked = conditional(logits, vocabulary, length), constrained(logits, vocabulary, length, look_ahead=False)
    mass = sum(p for x, p in true.items() if valid(x))
    text = max(goal, key=goal.get)
    p = [softmax(logits[text[:t]])[text[t]] for t in range(length)]
    steps = [p[t] * h[text[: t + 1]] / h[text[:t]] for t in range(length)]
    prefix = text[:1]
    after = {v: sum(q for x, q in goal.items() if x[:2] == prefix + (v,)) for v in range(vocabulary)}
    z = [sum(softmax(logits[text[:t]])[v] for v in range(vocabulary) if h[text[:t] + (v,)] > 0) for t in range(length)]
    return outcome(
        equal("p(x | valid) p(valid)", goal[text] * mass, true[text], tolerance=1e-12),
        equal("h(prefix), one step ahead", h[()], softmax(logits[()]) @ [h[(v,)] for v in range(vocabulary)], tolerance=1e-12),
        equal("share of the next token among valid texts", after[text[1]] / sum(after.values()), steps[1], tolerance=1e-12),
        equal("product of the steps", np.prod(steps), goal[text], tolerance=1e-12),
        equal("masked, against conditional", masked[text] / goal[text], mass / np.prod(z), relative=1e-9),
        given=[equal("h of the empty prefix", h[()], mass, tolerance=1e-12)],
    )
