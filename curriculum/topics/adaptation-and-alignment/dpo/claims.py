"""Checks of the page on direct preference optimisation: its optimum, its gradient, and where both go wrong."""

from typing import Annotated

import numpy as np

from cairn.claims import (
    Line, Plot, Range, at_least, at_most, claim, derivation, equal, failure, figure, outcome, use,
)

taught = use("exercises/write-dpo-loss/solution.py")

Beta = Annotated[float, Range(0.2, 2)]
Count = Annotated[int, Range(3, 8)]


def sigmoid(u):
    return 1 / (1 + np.exp(-u))


def normalised(logits):
    """Log-probabilities from logits."""
    top = logits.max()
    return logits - top - np.log(np.sum(np.exp(logits - top)))


def world(rng, n):
    """Rewards and reference log-probabilities of all n responses to one prompt."""
    return rng.normal(size=n), normalised(rng.normal(size=n))


def optimum(reward, reference, beta):
    """ln π*, with π* = π_ref exp(r/β) / Z."""
    return normalised(reference + reward / beta)


def objective(policy, reward, reference, beta):
    """E_π[r] − β KL(π ‖ π_ref), from log-probabilities."""
    p = np.exp(policy)
    return p @ reward - beta * p @ (policy - reference)


def population_loss(policy, reference, wins, beta):
    """The DPO loss when response i beats response j with probability wins[i, j], over all ordered pairs i ≠ j."""
    i, j = np.nonzero(~np.eye(len(policy), dtype=bool))
    one = [taught.dpo_loss(policy[[a]], policy[[b]], reference[[a]], reference[[b]], beta) for a, b in zip(i, j, strict=True)]
    return wins[i, j] @ np.array(one) / wins[i, j].sum()


def fit(reference, wins, beta, features):
    """The minimum of the DPO loss over policies ln π = ln π_ref + features·θ + constant, by Newton's method."""
    theta = np.zeros(features.shape[1])
    i, j = np.nonzero(~np.eye(len(reference), dtype=bool))
    d = beta * (features[i] - features[j])
    for _ in range(40):
        q = sigmoid(d @ theta)
        slope = -(wins[i, j] * (1 - q)) @ d
        curve = (d * (wins[i, j] * q * (1 - q))[:, None]).T @ d
        theta = theta - np.linalg.pinv(curve, rcond=1e-10) @ slope
    return normalised(reference + features @ theta)


def as_the_best(found, best):
    return equal("fitted policy, against the best of its class", np.exp(found), np.exp(best), tolerance=1e-6)


BRADLEY_TERRY = "choices follow Bradley–Terry with one reward"
COVERED = "every response is compared"
SUMS = "log-probabilities are sums over tokens"
FREE = "the policy can be any distribution"


@claim(
    "optimum",
    "Over all policies, the DPO loss is least at π* ∝ π_ref exp(r/β), the optimum of reward minus β times KL.",
    assumes=(BRADLEY_TERRY, COVERED, SUMS, FREE, "π_ref > 0 everywhere"),
)
def same_optimum(rng, n: Count = 5, beta: Beta = 0.5):
    reward, reference = world(rng, n)
    wins = sigmoid(reward[:, None] - reward)
    best, found = optimum(reward, reference, beta), fit(reference, wins, beta, np.eye(n))
    others = [normalised(best + size * rng.normal(size=n)) for size in (0.01, 0.1, 1, 3) for _ in range(5)]
    return outcome(
        as_the_best(found, best),
        at_least("DPO loss of other policies, above its", [population_loss(o, reference, wins, beta) - population_loss(best, reference, wins, beta) for o in others], 0, slack=1e-12),
        at_most("objective of other policies", [objective(o, reward, reference, beta) for o in others], objective(best, reward, reference, beta), slack=1e-12),
        equal("loss at the start", population_loss(reference, reference, wins, beta), np.log(2), tolerance=1e-12),
        figure("KL of the optimum from the reference", np.exp(best) @ (best - reference)),
        message=f"One prompt with {n} possible responses, all pairs compared without end.",
    )  # fmt: skip


@failure(
    "uncompared",
    "Two losses equal, two policies: the mass may go to a response that no pair contains.",
    of="optimum",
    without=COVERED,
)
def uncompared(rng, n: Count = 5, beta: Beta = 0.5, shift: Annotated[float, Range(-4, 0)] = -2.0):
    reward, reference = world(rng, n)
    wins = sigmoid(reward[:, None] - reward)
    wins[-1], wins[:, -1] = 0, 0
    fitted = fit(reference, wins, beta, np.eye(n))
    moved = normalised(np.append(fitted[:-1] + shift, fitted[-1]))
    fall = (moved - fitted)[:-1]
    return outcome(
        as_the_best(moved, optimum(reward, reference, beta)),
        figure("change in log-probability of every judged response", fall[0]),
        figure("probability of the response that nobody judged", np.exp(moved[-1])),
        figure("that under the reference", np.exp(reference[-1])),
        given=[equal("loss, against the least possible", population_loss(moved, reference, wins, beta), population_loss(fitted, reference, wins, beta), tolerance=1e-9),
               at_most("change in the judged log-probabilities", fall, 0, slack=1e-9)],
        message="All judged responses lost the same factor. The loss sees differences among them and did not change.",
    )  # fmt: skip


@failure(
    "sure-preferences",
    "If the better response always wins, the margin grows without end and β no longer holds it.",
    of="optimum",
    without=BRADLEY_TERRY,
)
def sure_preferences(rng, beta: Beta = 0.5, gap: Annotated[float, Range(0.5, 2)] = 1.0, steps: Annotated[int, Range(1000, 5000)] = 3000):
    reference, log_ratio, path = normalised(np.array([0.0, 0.0])), 0.0, []
    for _ in range(steps):
        path.append(log_ratio)
        slope = taught.dpo_gradient(np.array([log_ratio]), np.zeros(1), np.zeros(1), np.zeros(1), beta)[0][0]
        log_ratio -= 2.0 / beta * slope
    found = normalised(reference + np.array([log_ratio, 0]))
    shown = np.unique(np.geomspace(1, steps, 60).astype(int))
    return outcome(
        as_the_best(found, optimum(np.array([gap, 0]), reference, beta)),
        figure("log-ratio margin at the end", log_ratio), figure("margin of the optimum", gap / beta),
        figure("margin at which IPO stops, with τ = β", 1 / (2 * beta)),
        given=[equal("loss at the start", taught.dpo_loss(*np.zeros((4, 1)), beta), np.log(2), tolerance=1e-12),
               at_least("margin at the end, against the optimum's", log_ratio, gap / beta)],
        message="The likelihood of choices that never vary is largest at an infinite margin.",
        plot=Plot("step", "margin of log-ratios", (
            Line("DPO", shown, np.array(path)[shown - 1]), Line("optimum for the true reward", shown, np.full(len(shown), gap / beta)),
            Line("IPO's target", shown, np.full(len(shown), 1 / (2 * beta)))),
            "The margin under DPO rises past both level lines and keeps rising, ever more slowly."),
    )  # fmt: skip


@failure(
    "averaged",
    "With log-probabilities averaged over tokens the same loss has another optimum.",
    of="optimum",
    without=SUMS,
)
def averaged(rng, n: Count = 5, beta: Beta = 0.5):
    reward, reference = world(rng, n)
    length, wins = rng.integers(2, 9, size=n), sigmoid(reward[:, None] - reward)

    def policy(c):
        return reference + length * (reward / beta + c)

    low, high = -60.0, 60.0
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if np.sum(np.exp(policy(middle))) < 1 else (low, middle)
    found = policy(low)
    return outcome(
        as_the_best(found, optimum(reward, reference, beta)),
        figure("length of the response whose log-ratio is largest in size", length[np.argmax(np.abs(found - reference))]),
        figure("mean length", length.mean()),
        given=[equal("loss of the averages, against the least possible", population_loss(found / length, reference / length, wins, beta),
                     population_loss(optimum(reward, reference, beta), reference, wins, beta), tolerance=1e-9),
               equal("sum of probabilities", np.exp(found).sum(), 1, tolerance=1e-9)],
        message="Now every log-ratio is multiplied by a length: ln π/π_ref = length × (r/β + c).",
    )  # fmt: skip


def best_of_class(reward, reference, beta, features):
    """The policy of a class with one parameter whose objective is largest: a coarse grid, then finer ones round its best."""
    centre, width = 0.0, 60.0
    for _ in range(4):
        grid = centre + np.linspace(-width, width, 2001)
        values = [objective(normalised(reference + features[:, 0] * x), reward, reference, beta) for x in grid]
        centre, width = grid[np.argmax(values)], width / 500
    return normalised(reference + features[:, 0] * centre)


@failure(
    "small-class",
    "If the policy cannot be any distribution, DPO and the objective of RLHF choose different policies.",
    of="optimum",
    without=FREE,
)
def small_class(rng, n: Count = 5, beta: Beta = 0.5):
    reward, reference = world(rng, n)
    features = rng.normal(size=(n, 1))
    found = fit(reference, sigmoid(reward[:, None] - reward), beta, features)
    best = best_of_class(reward, reference, beta, features)
    return outcome(
        as_the_best(found, best),
        figure("objective of the policy that DPO finds", objective(found, reward, reference, beta)),
        figure("best objective in the class", objective(best, reward, reference, beta)),
        given=[at_least("best objective, above that of DPO", objective(best, reward, reference, beta) - objective(found, reward, reference, beta), 0, slack=1e-9)],
        message="A policy with one parameter. DPO weighs pairs as they were collected, the objective weighs what the policy writes.",
    )  # fmt: skip


@claim(
    "gradient",
    "∂L/∂ln π(y_w) = −β σ(r̂_l − r̂_w), and the opposite for y_l: a pair ordered wrongly weighs more than one ordered rightly.",
    assumes=("natural logarithms",),
)
def gradient(rng, beta: Beta = 0.5, margin: Annotated[float, Range(-8, 8)] = 2.0):
    reference = -np.abs(rng.normal(30, 5, size=(2, 1)))
    w, l_ = reference[0] + margin, reference[1] + 0.0
    h = 1e-5

    def slope(dw, dl):
        high = taught.dpo_loss(w + h * dw, l_ + h * dl, *reference, beta)
        low = taught.dpo_loss(w - h * dw, l_ - h * dl, *reference, beta)
        return (high - low) / (2 * h)

    weight = 1 / (1 + np.exp(beta * margin))
    return outcome(
        equal("slope in ln π of the preferred", slope(1, 0), -beta * weight, tolerance=1e-8),
        equal("slope in ln π of the rejected", slope(0, 1), beta * weight, tolerance=1e-8),
        equal("slope when both move together", slope(1, 1), 0, tolerance=1e-8),
        figure("weight of this pair", weight), figure("weight of the pair the other way round", 1 - weight),
    )  # fmt: skip


def pair(chosen, rejected, beta=0.1):
    """Margin and loss of one pair, from (policy, reference) log-probabilities."""
    policy, reference = (np.array([x]) for x in chosen), (np.array([x]) for x in rejected)
    (cp, cr), (rp, rr) = policy, reference
    return float(taught.margin(cp, rp, cr, rr, beta)[0]), taught.dpo_loss(cp, rp, cr, rr, beta)


@claim("worked-numbers", "The numbers of the worked example.")
def worked_numbers(rng):
    margin, loss = pair((-20.0, -22.0), (-31.0, -30.0))
    later_margin, later = pair((-25.0, -22.0), (-40.0, -30.0))
    ref, reward = np.array([0.6, 0.3, 0.1]), np.array([0.0, 1.0, 2.0])
    weights = ref * np.exp(reward)
    best = np.exp(optimum(reward, np.log(ref), 1.0))
    near, far = np.exp(optimum(reward, np.log(ref), 4.0)), np.exp(optimum(reward, np.log(ref), 0.25))
    return outcome(
        equal("loss at the start", pair((-22.0, -22.0), (-30.0, -30.0))[1], 0.693, tolerance=5e-4),
        equal("margin", margin, 0.3, tolerance=1e-9), equal("loss", loss, 0.554, tolerance=5e-4),
        equal("weight", sigmoid(-margin), 0.426, tolerance=5e-4), equal("slope", -0.1 * sigmoid(-margin), -0.0426, tolerance=5e-5),
        equal("later margin", later_margin, 0.7, tolerance=1e-9), equal("later loss", later, 0.403, tolerance=5e-4),
        equal("factor lost by the preferred", np.exp(-3), 0.05, tolerance=5e-4),
        equal("weights", weights, [0.6, 0.815, 0.739], tolerance=5e-4), equal("Z", weights.sum(), 2.154, tolerance=5e-4),
        equal("optimum, first", best[0], 0.279, tolerance=5e-4), equal("optimum, second", best[1], 0.379, tolerance=5e-4),
        equal("optimum, third", best[2], 0.343, tolerance=5e-4),
        equal("log-ratio, third", np.log(best[2] / ref[2]), 1.232, tolerance=5e-4), equal("log-ratio, first", np.log(best[0] / ref[0]), -0.768, tolerance=5e-4),
        equal("implied difference", np.log(best[2] / ref[2]) - np.log(best[0] / ref[0]), 2, tolerance=1e-9),
        equal("chance that the third wins", sigmoid(2), 0.881, tolerance=5e-4),
        equal("third at β = 4", near[2], 0.143, tolerance=5e-4), equal("third at β = 0.25", far[2], 0.946, tolerance=5e-4),
    )  # fmt: skip


@derivation("dpo-steps", "From the objective of RLHF to the DPO loss.",
            assumes=(BRADLEY_TERRY, "π_ref > 0 everywhere", "β > 0"))  # fmt: skip
def dpo_steps(rng, n: Count = 5, beta: Beta = 0.5):
    reward, reference = world(rng, n)
    policy = normalised(rng.normal(size=n))
    z = np.sum(np.exp(reference) * np.exp(reward / beta))
    best = np.log(np.exp(reference) * np.exp(reward / beta) / z)
    kl = np.exp(policy) @ (policy - best)
    w, l_ = rng.permutation(n)[:2]
    implied = beta * (best - reference)
    pairs = rng.integers(n, size=(2, 6))
    hat = beta * (policy - reference)
    likelihood = -np.mean(np.log(sigmoid(hat[pairs[0]] - hat[pairs[1]])))
    return outcome(
        equal("objective", objective(policy, reward, reference, beta), beta * np.log(z) - beta * kl, tolerance=1e-9),
        equal("objective at π*", objective(best, reward, reference, beta), beta * np.log(z), tolerance=1e-9),
        equal("reward from the policy", reward, implied + beta * np.log(z), tolerance=1e-9),
        equal("chance of a choice", sigmoid(reward[w] - reward[l_]), sigmoid(implied[w] - implied[l_]), tolerance=1e-9),
        equal("loss", taught.dpo_loss(policy[pairs[0]], policy[pairs[1]], reference[pairs[0]], reference[pairs[1]], beta), likelihood, tolerance=1e-9),
        given=[at_least("KL", kl, 0), equal("sum of π*", np.exp(best).sum(), 1, tolerance=1e-9)],
    )  # fmt: skip
