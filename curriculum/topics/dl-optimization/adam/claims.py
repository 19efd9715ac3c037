"""Checks of the page on Adam: the averages by their weights, the largest step, and the cycle on which it fails."""

from itertools import product
from typing import Annotated, Literal

import numpy as np

from cairn.claims import (
    Line, Plot, Range, at_least, at_most, claim, derivation, equal, failure, figure, outcome,
)

Beta1 = Annotated[float, Range(0.05, 0.95)]
Beta2 = Annotated[float, Range(0.91, 0.9999)]
Time = Annotated[int, Range(1, 300)]
Large = Annotated[float, Range(2.5, 20)]


def averages(gradients, beta1=0.9, beta2=0.999, corrected=True):
    """The two averages after each gradient, one row a step."""
    m, v, found = 0.0, 0.0, []
    for t, g in enumerate(gradients, start=1):
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        found.append((m / (1 - beta1**t), v / (1 - beta2**t)) if corrected else (m, v))
    return np.array(found)


def ratios(gradients, beta1=0.9, beta2=0.999, corrected=True):
    """The steps, in units of α, for ε = 0."""
    found = averages(gradients, beta1, beta2, corrected)
    return found[:, 0] / np.sqrt(found[:, 1])


def expected(law, chances, steps, beta1, beta2, tilt=0.0):
    """E m̂ and E v̂, by listing every sequence of gradients from a law with a few values, which may drift."""
    total = np.zeros(2)
    for path in product(range(len(law)), repeat=steps):
        gradients = law[list(path)] + tilt * np.arange(steps)
        total += np.prod(chances[list(path)]) * averages(gradients, beta1, beta2)[-1]
    return total


@claim(
    "bias-correction",
    "E[m̂_t] = E[g] and E[v̂_t] = E[g²] at every t, from the first step on.",
    assumes=("E[g] is the same in every step", "E[g²] is the same in every step", "both averages are corrected"),
)
def bias_correction(rng, steps: Annotated[int, Range(1, 6)] = 4, beta1: Beta1 = 0.9, beta2: Beta2 = 0.999):
    law, chances = rng.normal(size=3) + 1, rng.dirichlet(np.full(3, 3.0))
    m, v = expected(law, chances, steps, beta1, beta2)
    return outcome(
        equal("E m̂", m, chances @ law, tolerance=1e-9),
        equal("E v̂", v, chances @ law**2, tolerance=1e-9),
        figure("weight still on the start, first average", beta1**steps),
        figure("weight still on the start, second average", beta2**steps),
        message=f"All {3**steps} sequences of {steps} gradients with three values each.",
    )


@claim(
    "scale-free",
    "Multiplying the loss by a constant changes no step.",
    assumes=("ε = 0",),
)
def scale_free(rng, scale: Annotated[float, Range(0.001, 1000)] = 50.0, steps: Time = 30):
    gradients = rng.normal(size=(steps, 4))
    return outcome(
        equal("steps", ratios(scale * gradients), ratios(gradients), tolerance=1e-9),
        figure("largest step, in units of α", np.abs(ratios(gradients)).max()),
    )


def largest(t, beta1, beta2):
    """The largest m̂/√v̂ that t gradients can give, by the Cauchy–Schwarz inequality."""
    q = beta1**2 / beta2
    plain = (1 - beta1) / np.sqrt(1 - beta2) * np.sqrt((1 - q**t) / (1 - q))
    return plain * np.sqrt(1 - beta2**t) / (1 - beta1**t)


def limit(beta1, beta2):
    """The same bound for long runs."""
    return (1 - beta1) / np.sqrt((1 - beta2) * (1 - beta1**2 / beta2))


@claim(
    "largest-step",
    "A step is at most α(1 − β₁)/√((1 − β₂)(1 − β₁²/β₂)) once t is large; gradients that grow by β₂/β₁ a step attain it.",
    assumes=("β₁² < β₂", "ε ≥ 0"),
)
def largest_step(
    rng, t: Time = 200, beta1: Beta1 = 0.9, beta2: Beta2 = 0.999, kind: Literal["random", "growing"] = "growing"
):
    back = np.arange(t)[::-1]
    growing = np.maximum((beta1 / beta2) ** back, 1e-120)  # what is smaller has a square that underflows
    gradients = growing if kind == "growing" else rng.standard_t(2, size=t)
    steps = ratios(gradients, beta1, beta2)
    bounds = np.array([largest(k, beta1, beta2) for k in range(1, t + 1)])
    tight = [equal("last step, in units of α", steps[-1], bounds[-1], relative=1e-6)] if kind == "growing" else []
    return outcome(
        at_most("steps, in units of α", np.abs(steps), bounds, slack=1e-9),
        equal("the bound after 100 000 steps", largest(100_000, beta1, beta2), limit(beta1, beta2), relative=1e-4),
        *tight,
        figure("bound at the defaults", limit(0.9, 0.999)),
        figure("after a long silence, at the defaults", 0.1 / np.sqrt(0.001)),
    )


@claim(
    "unit-step",
    "If all gradients have one size, no step is longer than α; if their signs agree too, every step is α.",
    assumes=("all gradients have the same size", "both averages are corrected", "ε = 0"),
)
def unit_step(rng, t: Time = 100, size: Annotated[float, Range(0.001, 1000)] = 0.2, beta1: Beta1 = 0.9):
    signs = rng.choice([-1.0, 1.0], size=t)
    flipping = ratios(size * (-1.0) ** np.arange(t), beta1)
    return outcome(
        at_most("steps with random signs, in units of α", np.abs(ratios(size * signs, beta1)), 1, slack=1e-9),
        equal("steps with one sign", ratios(np.full(t, -size), beta1), -np.ones(t), tolerance=1e-9),
        figure("last step with alternating signs", abs(flipping[-1])),
        message="The first step is α against the sign of the gradient, however small the gradient is.",
    )


def drift(big, beta2):
    """The net move of a cycle in units of the step: gradients C, −1, −1, squares averaged with β₂, β₁ = 0."""
    share = (1 - beta2) / (1 - beta2**3)
    after = [share * (big**2 + beta2 + beta2**2), share * (1 + beta2 * big**2 + beta2**2), share * (1 + beta2 + beta2**2 * big**2)]
    return -big / np.sqrt(after[0]) + 1 / np.sqrt(after[1]) + 1 / np.sqrt(after[2])


def run_cycle(big, beta1, beta2, start=0.0, rate=0.5, cycles=1500, keep_maximum=False):
    """Projected Adam (or AMSGrad) with steps α/√t on the losses Cθ, −θ, −θ in turn, θ in [−1, 1]."""
    theta, m, v, top, path = start, 0.0, 0.0, 0.0, []
    for t in range(1, 3 * cycles + 1):
        g = big if t % 3 == 1 else -1.0
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g * g
        top = max(top, v)
        scale = top if keep_maximum else v / (1 - beta2**t)
        theta = min(1.0, max(-1.0, theta - rate / t**0.5 * m / (1 - beta1**t) / scale**0.5))
        path.append(theta)
    return np.array(path)


def threshold(big):
    """The β₂ below which Adam with β₁ = 0 leaves the cycle on the wrong side."""
    low, high = 1 / (1 + big**2), 1 - 1e-9
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if drift(big, middle) > 0 else (low, middle)
    return low


@claim(
    "cycle",
    "On the losses Cθ, −θ, −θ in turn, θ in [−1, 1], C > 2, Adam and AMSGrad end at the best point −1.",
    assumes=("β₂ is close enough to 1 for this C, or v is replaced by its maximum", "the steps are α/√t"),
)
def cycle(rng, big: Annotated[float, Range(2.8, 8)] = 3.0, method: Literal["Adam", "Adam, defaults", "AMSGrad"] = "Adam"):
    short = 1 / (1 + big**2)
    beta1, beta2 = {"Adam": (0.0, 1 - (1 - threshold(big)) / 4), "Adam, defaults": (0.9, 0.999), "AMSGrad": (0.0, short)}[method]
    path = run_cycle(big, beta1, beta2, start=rng.uniform(-1, 1), keep_maximum=method == "AMSGrad")
    return outcome(
        at_most("θ over the last cycle", path[-3:].max(), -0.8),
        at_most("net move of a cycle with β₁ = 0", drift(big, 1 - (1 - threshold(big)) / 4), 0),
        figure("threshold of β₂", threshold(big)),
        message=f"{method}, β₁ = {beta1:g}, β₂ = {beta2:.3g}.",
        plot=Plot("step", "θ", (Line("θ", np.arange(1, len(path) + 1), path),),
                  "The iterate moves to minus one and stays close to it.", log_x=True),
    )  # fmt: skip


@claim(
    "worked-numbers",
    "The numbers of the worked example and of the text.",
    assumes=("the default coefficients",),
)
def worked_numbers(rng):
    g = np.array([0.2, 0.1, -0.3])
    plain, corrected = averages(g, corrected=False), averages(g)
    spike = np.array([1e-30] * 12000 + [1.0] + [0.0] * 60)  # a long silence, one gradient, silence again
    kicks = np.abs(ratios(spike, corrected=False))[12000:]
    cycle = [(1 - 0.1) / (1 - 0.1**3) * s for s in (9.11, 1.91, 1.19)]
    return outcome(
        equal("m1", plain[0, 0], 0.02, tolerance=1e-12), equal("v1", plain[0, 1], 4e-5, tolerance=1e-12),
        equal("corrected m1", corrected[0, 0], 0.2, tolerance=1e-12), equal("corrected v1", corrected[0, 1], 0.04, tolerance=1e-12),
        equal("m2", plain[1, 0], 0.028, tolerance=1e-12), equal("v2", plain[1, 1], 4.996e-5, tolerance=1e-12),
        equal("corrected m2", corrected[1, 0], 0.1474, tolerance=5e-5), equal("corrected v2", corrected[1, 1], 0.02499, tolerance=5e-6),
        equal("step 2", ratios(g)[1], 0.932, tolerance=5e-4),
        equal("m3", plain[2, 0], -0.0048, tolerance=1e-12), equal("corrected m3", corrected[2, 0], -0.0177, tolerance=5e-5),
        equal("corrected v3", corrected[2, 1], 0.0467, tolerance=5e-5), equal("step 3", ratios(g)[2], -0.082, tolerance=5e-4),
        equal("first step without correction", ratios(g, corrected=False)[0], 3.16, tolerance=5e-3),
        equal("steps until a constant gradient's uncorrected step is below 1.1 α",
              np.argmax(np.abs(ratios(np.ones(4000), corrected=False)[1000:]) < 1.1) + 1001, 1751, tolerance=0.5),
        equal("longest uncorrected step", ratios(np.ones(100), corrected=False).max(), 6.57, tolerance=5e-3),
        equal("bound at the defaults", limit(0.9, 0.999), 7.27, tolerance=5e-3),
        equal("kick after silence", kicks[0], 3.16, tolerance=5e-3), equal("all that one gradient moves", kicks.sum(), 32, tolerance=0.5),
        equal("averages of squares on the cycle", cycle, [8.21, 1.72, 1.07], tolerance=5e-3),
        equal("right step", 3 / np.sqrt(cycle[0]), 1.05, tolerance=5e-3),
        equal("first wrong step", 1 / np.sqrt(cycle[1]), 0.76, tolerance=5e-3),
        equal("second wrong step", 1 / np.sqrt(cycle[2]), 0.97, tolerance=5e-3),
        equal("net move", drift(3.0, 0.1), 0.68, tolerance=5e-3),
        equal("threshold of β₂ for C = 3", threshold(3.0), 0.472, tolerance=5e-4),
        equal("changes of sign of the net move for C = 3", np.abs(np.diff(np.sign([drift(3.0, b) for b in np.linspace(0.01, 0.999, 400)]))).sum() / 2, 1),
    )  # fmt: skip


@derivation(
    "bias-steps",
    "Why the averages are too small at first, and by how much.",
    assumes=("E[g] is the same in every step", "E[g²] is the same in every step"),
)
def bias_steps(rng, t: Time = 12, beta1: Beta1 = 0.9, beta2: Beta2 = 0.999):
    g = rng.normal(size=t)
    weights = (1 - beta1) * beta1 ** np.arange(t)[::-1]
    squares = (1 - beta2) * beta2 ** np.arange(t)[::-1]
    m, v = averages(g, beta1, beta2, corrected=False)[-1]
    short, law = min(t, 4), np.array([-1.0, 2.0])
    half = np.array([0.5, 0.5])
    return outcome(
        equal("m_t, unrolled", weights @ g, m, tolerance=1e-9),
        equal("sum of the weights", weights.sum(), 1 - beta1**t, tolerance=1e-9),
        equal("E m̂", expected(law, half, short, beta1, beta2)[0], half @ law, tolerance=1e-9),
        equal("v_t, unrolled", [squares @ g**2, squares.sum()], [v, 1 - beta2**t], tolerance=1e-9),
        equal("first step", averages(g, beta1, beta2)[0], [g[0], g[0] ** 2], tolerance=1e-12),
    )


@derivation(
    "bound-steps",
    "How long a step can be.",
    assumes=("β₁² < β₂", "ε ≥ 0"),
    after={4: (2,)},
)
def bound_steps(rng, t: Time = 60, beta1: Beta1 = 0.9, beta2: Beta2 = 0.999):
    back = np.arange(t)[::-1]
    g = rng.normal(size=t)
    m, v = averages(g, beta1, beta2, corrected=False)[-1]
    left = (1 - beta1) * (beta1 / np.sqrt(beta2)) ** back
    q = beta1**2 / beta2
    worst = averages((beta1 / beta2) ** back, beta1, beta2, corrected=False)[-1]
    return outcome(
        equal("m_t as a product", left @ (np.sqrt(beta2) ** back * g), m, tolerance=1e-9),
        at_most("m_t²", m**2, np.sum(left**2) * np.sum(beta2**back * g**2), slack=1e-12),
        equal("the two sums", [np.sum(left**2), np.sum(beta2**back * g**2)],
              [(1 - beta1) ** 2 * (1 - q**t) / (1 - q), v / (1 - beta2)], relative=1e-6),
        equal("equality", worst[0] / np.sqrt(worst[1]), limit(beta1, beta2) * np.sqrt(1 - q**t), relative=1e-6),
    )  # fmt: skip


@derivation(
    "cycle-steps",
    "Where one cycle of the losses Cθ, −θ, −θ takes Adam with β₁ = 0.",
    assumes=("β₁ = 0", "t is large, so that v repeats and α/√t hardly changes"),
    after={4: (2,)},
)
def cycle_steps(rng, big: Large = 3.0, beta2: Annotated[float, Range(0.0, 0.95)] = 0.1):
    v = averages([big, -1.0, -1.0] * 300, 0.0, beta2, corrected=False)[-3:, 1]
    share = (1 - beta2) / (1 - beta2**3)
    short = 1 / (1 + big**2)
    grid = np.linspace(2.0, 50, 2000)
    return outcome(
        equal("v after each gradient", v, [share * (big**2 + beta2 + beta2**2), share * (1 + beta2 * big**2 + beta2**2),
                                           share * (1 + beta2 + beta2**2 * big**2)], relative=1e-6),
        equal("net move", -big / np.sqrt(v[0]) + 1 / np.sqrt(v[1]) + 1 / np.sqrt(v[2]), drift(big, beta2), relative=1e-6, tolerance=1e-9),
        at_least("net move for β₂ = 1/(1 + C²)", np.array([drift(c, 1 / (1 + c**2)) for c in grid] + [drift(big, short)]), 0.5),
        equal("net move as β₂ → 1", drift(big, 1 - 1e-7), -(big - 2) / np.sqrt((big**2 + 2) / 3), tolerance=1e-5),
    )  # fmt: skip


@failure(
    "no-correction",
    "Without the correction the steps are three times too long at first, and longer soon after.",
    of="unit-step",
    without="both averages are corrected",
)
def no_correction(rng, t: Annotated[int, Range(2, 300)] = 100, beta2: Beta2 = 0.999):
    steps = ratios(np.full(t, -0.2), 0.9, beta2, corrected=False)
    return outcome(
        at_most("steps with one sign, in units of α", np.abs(steps), 1, slack=1e-9),
        figure("first step", abs(steps[0])), figure("longest step", np.abs(steps).max()),
        given=[equal("corrected steps", ratios(np.full(t, -0.2), 0.9, beta2), -np.ones(t), tolerance=1e-9)],
        message="Both averages start at 0, but the root of the second is further behind than the first.",
        plot=Plot("step", "length, in units of α",
                  (Line("without", np.arange(1, t + 1), np.abs(steps)), Line("with correction", [1, t], [1, 1])),
                  "Without correction the length rises from about three to over six and comes down slowly; with it, it is one."),
    )  # fmt: skip


@failure(
    "quiet-parameter",
    "After a long silence one gradient moves a parameter by many times α.",
    of="unit-step",
    without="all gradients have the same size",
)
def quiet_parameter(
    rng, silence: Annotated[int, Range(1, 6000)] = 3000, level: Annotated[float, Range(0.0001, 1.0)] = 0.001
):
    gradients = np.concatenate([level * rng.choice([-1.0, 1.0], size=silence), np.ones(1), np.zeros(40)])
    steps = ratios(gradients)
    return outcome(
        at_most("steps, in units of α", np.abs(steps), 1, slack=1e-9),
        figure("step at the large gradient", steps[silence]),
        figure("sum of that step and the forty after it", steps[silence:].sum()),
        given=[at_most("steps during the silence", np.abs(steps[:silence]), 1, slack=1e-9)],
        message=f"{silence} gradients of size {level:g}, then a single 1, then zeros.",
    )


@failure(
    "drifting-gradients",
    "If the gradient shrinks on the way, the averages lag behind: the second by far more than the first.",
    of="bias-correction",
    without="E[g²] is the same in every step",
)
def drifting_gradients(rng, change: Annotated[float, Range(-0.5, 0.5)] = -0.2, steps: Annotated[int, Range(2, 6)] = 5):
    law, chances = np.array([0.9, 1.1]), np.array([0.5, 0.5])
    m, v = expected(law, chances, steps, 0.9, 0.999, tilt=change)
    now = law + change * (steps - 1)
    return outcome(
        equal("E v̂", v, chances @ now**2, tolerance=1e-9),
        figure("E m̂", m), figure("E[g] now", chances @ now),
        given=[equal("E v̂, if nothing drifts", expected(law, chances, steps, 0.9, 0.999)[1], chances @ law**2, tolerance=1e-9)],
        message=f"The mean gradient changes by {change:g} a step. The correction removes the bias of the start, not the lag.",
    )  # fmt: skip


@failure(
    "short-memory",
    "With β₂ = 1/(1 + C²) Adam goes to the worst point, +1, whatever its start.",
    of="cycle",
    without="β₂ is close enough to 1 for this C, or v is replaced by its maximum",
)
def short_memory(rng, big: Large = 3.0, rate: Annotated[float, Range(0.1, 0.9)] = 0.5):
    beta2 = 1 / (1 + big**2)
    path = run_cycle(big, 0.0, beta2, start=-1.0, rate=rate)
    best = run_cycle(big, 0.0, beta2, start=-1.0, rate=rate, keep_maximum=True)
    return outcome(
        at_most("θ over the last cycle", path[-3:].max(), -0.8),
        figure("net move of a cycle, in units of the step", drift(big, beta2)),
        figure("threshold of β₂", threshold(big)),
        figure("θ with AMSGrad, last cycle", best[-3:].max()),
        given=[at_least("sum of the three slopes", big - 2, 0)],
        message=f"Started at the best point. C = {big:g}, β₂ = {beta2:.3g}: the informative gradient is divided by its own size and forgotten.",
        plot=Plot("step", "θ", (Line("Adam", np.arange(1, len(path) + 1), path), Line("AMSGrad", np.arange(1, len(best) + 1), best)),
                  "Adam climbs from minus one to plus one; AMSGrad stays close to minus one.", log_x=True),
    )  # fmt: skip
