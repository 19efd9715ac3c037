"""Checks of the page on maximum likelihood estimation. Laws of estimates are exact sums wherever they can be."""

from typing import Annotated

import numpy as np

from cairn.claims import (
    Line, Plot, Range, at_least, at_most, claim, derivation, equal, failure, figure, outcome, that,
)

Count = Annotated[int, Range(2, 200)]
Rate = Annotated[float, Range(0.1, 0.9)]
SHARES = np.linspace(0.0005, 0.9995, 2000)


def binomial(n, p):
    """The law of the number of successes, through logarithms so that large n do not underflow."""
    logs = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, n + 1)))])
    k = np.arange(n + 1)
    return np.exp(logs[n] - logs[k] - logs[n - k] + k * np.log(p) + (n - k) * np.log1p(-p))


def carried_over(objective, objective_of_logit, best):
    """Invariance: the maximiser over the log-odds is the log-odds of the maximiser over the share."""
    logits = np.log(SHARES / (1 - SHARES))
    found = logits[np.argmax(objective_of_logit(logits))]
    return (
        equal("best share", SHARES[np.argmax(objective(SHARES))], best, tolerance=5e-4),
        equal("share at the best log-odds", 1 / (1 + np.exp(-found)), best, tolerance=5e-4),
    )


@claim(
    "invariance",
    "The best share is k/n, and the best log-odds are its log-odds.",
    assumes=("the likelihood alone is maximised", "successes and failures both occur"),
)
def invariance(rng, successes: Annotated[int, Range(1, 50)] = 7, failures: Annotated[int, Range(1, 50)] = 3):
    def log_likelihood(t):
        return successes * np.log(t) + failures * np.log(1 - t)

    def by_logit(z):
        return -successes * np.log1p(np.exp(-z)) - failures * np.log1p(np.exp(z))

    best = successes / (successes + failures)
    return outcome(
        *carried_over(log_likelihood, by_logit, best),
        at_most("log-likelihood elsewhere", log_likelihood(SHARES), log_likelihood(best)),
    )


@failure(
    "map-moves",
    "With a prior density in the product the maximiser depends on the scale: uniform shares are no uniform log-odds.",
    of="invariance",
    without="the likelihood alone is maximised",
)
def map_moves(rng, successes: Annotated[int, Range(1, 50)] = 7, failures: Annotated[int, Range(0, 4)] = 3):
    def posterior(t):  # a uniform prior: its density is 1
        return successes * np.log(t) + failures * np.log(1 - t)

    def posterior_of_logit(z):  # the same prior as a density of the log-odds: t(1 − t)
        return -(successes + 1) * np.log1p(np.exp(-z)) - (failures + 1) * np.log1p(np.exp(z))

    best = successes / (successes + failures)
    z = np.linspace(-30, 30, 6001)
    prior = 1 / ((1 + np.exp(-z)) * (1 + np.exp(z)))
    return outcome(
        *carried_over(posterior, posterior_of_logit, best),
        figure("(k + 1)/(n + 2)", (successes + 1) / (successes + failures + 2)),
        given=[equal("mass of the prior on the log-odds", np.trapezoid(prior, z), 1, tolerance=1e-6)],
        message="The same prior and the same data; only the name of the parameter has changed.",
    )  # fmt: skip


def three_outcomes(t):
    """The laws of the number of heads in two tosses: the family that is fitted."""
    return np.stack([(1 - t) ** 2, 2 * t * (1 - t), t**2])


def fitted_events(truth):
    """The nearest member of the family, from endless data, and its probabilities against the true ones."""
    loss = -truth @ np.log(three_outcomes(SHARES))
    best = SHARES[np.argmin(loss)]
    return best, equal("probabilities of the fit", three_outcomes(best), truth, tolerance=2e-3)


@claim(
    "well-specified",
    "If the truth is in the family, endless data lead to it: every event gets its true probability.",
    assumes=("the truth belongs to the family", "the parameter can be told from the law"),
)
def well_specified(rng, t: Rate = 0.3):
    best, condition = fitted_events(three_outcomes(np.float64(t)))
    return outcome(condition, equal("parameter", best, t, tolerance=1e-3))


@failure(
    "wrong-model",
    "If the truth is outside, the nearest member can put half its mass where a tenth belongs.",
    of="well-specified",
    without="the truth belongs to the family",
)
def wrong_model(rng, middle: Annotated[float, Range(0.0, 0.4)] = 0.1):
    truth = np.array([(1 - middle) / 2, middle, (1 - middle) / 2])
    best, condition = fitted_events(truth)
    return outcome(
        condition,
        figure("mass of the middle in the fit", three_outcomes(best)[1]), figure("its true mass", middle),
        given=[equal("mean of the fit", 2 * best, truth @ [0, 1, 2], tolerance=2e-3)],
        message="The two tosses are not independent, but the family says they are. The mean is right, the rest is not.",
    )  # fmt: skip


def to_either_side(below, n):
    """About half of the estimates lie below the truth; the skewness of a law costs at most about 1/√n."""
    return equal("chance that the estimate is too low", below, 0.5, tolerance=1 / np.sqrt(n))


@claim(
    "both-sides",
    "For large n the estimate falls below and above the truth about equally often, n times its variance is constant.",
    assumes=("the model is smooth", "the support does not depend on θ"),
)
def both_sides(rng, n: Annotated[int, Range(30, 3000)] = 400, t: Rate = 0.3):
    law, share = binomial(n, t), np.arange(n + 1) / n
    return outcome(
        to_either_side(law[share < t - 1e-9].sum() + law[np.abs(share - t) < 1e-9].sum() / 2, n),
        equal("n · variance of the estimate", n * (law @ (share - t) ** 2), t * (1 - t), tolerance=1e-9),
        equal("mean of the estimate", law @ share, t, tolerance=1e-9),
    )


@failure(
    "support",
    "The largest of n uniform values is always too low, and its error shrinks like 1/n, not like 1/√n.",
    of="both-sides",
    without="the support does not depend on θ",
)
def support(rng, n: Annotated[int, Range(30, 3000)] = 400):
    x = np.linspace(0, 1, 20001)  # P(largest ≤ xθ) = xⁿ
    mean = np.trapezoid(1 - x**n, x)
    return outcome(
        to_either_side(1.0**n, n),
        figure("mean of the estimate, as a share of θ", mean),
        given=[equal("n/(n + 1)", mean, n / (n + 1), tolerance=1e-4)],
        message=f"All of the law lies below θ. On average the estimate is θ · {n}/{n + 1}.",
    )


def gaussian_log_likelihood(x, mean, variance):
    return -len(x) / 2 * np.log(2 * np.pi * variance) - np.sum((x - mean) ** 2) / (2 * variance)


def none_better(values, best):
    return at_most("log-likelihood elsewhere", values, best, slack=1e-9)


@claim(
    "gaussian-maximum",
    "No mean and variance have a larger likelihood than the sample mean and the mean squared deviation.",
    assumes=("one Gaussian for all data", "the data are not all equal"),
)
def gaussian_maximum(rng, n: Count = 8):
    x = rng.normal(3, 2, size=n)
    mean, variance = x.mean(), np.mean((x - x.mean()) ** 2)
    best = gaussian_log_likelihood(x, mean, variance)
    around = [gaussian_log_likelihood(x, mean + a, variance * b) for a in (-0.1, 0, 0.1) for b in (0.9, 1, 1.1)]
    on_a_point = [gaussian_log_likelihood(x, x[0], variance * s) for s in 10.0 ** -np.arange(0, 9)]
    return outcome(
        none_better([*around, *on_a_point], best),
        at_most("with n − 1 in the denominator", gaussian_log_likelihood(x, mean, variance * n / (n - 1)), best - 1e-9),
    )


@failure(
    "shrinking-component",
    "In a mixture one component can shrink onto one data point, and the likelihood has no bound.",
    of="gaussian-maximum",
    without="one Gaussian for all data",
)
def shrinking_component(rng, n: Count = 8, digits: Annotated[int, Range(10, 100)] = 30):
    x = rng.normal(3, 2, size=n)
    mean, variance = x.mean(), np.mean((x - x.mean()) ** 2)
    widths = 10.0 ** -np.linspace(0, digits, 31)

    def mixture(at, width):
        wide = np.exp(-((at - mean) ** 2) / (2 * variance)) / np.sqrt(2 * np.pi * variance)
        narrow = np.exp(-(((at - x[0]) / width) ** 2) / 2) / (width * np.sqrt(2 * np.pi))
        return (1 - 1 / n) * wide + narrow / n

    line = np.linspace(-60, 60, 24001)
    values = np.array([np.sum(np.log(mixture(x, w))) for w in widths])
    best = gaussian_log_likelihood(x, mean, variance)
    return outcome(
        none_better(values, best),
        figure("at the narrowest", values[-1]), figure("the best single Gaussian", best),
        given=[equal("mass of the density, at deviation 0.1", np.trapezoid(mixture(line, 0.1), line), 1, tolerance=1e-4)],
        message=f"A weight of 1/{n} sits on x₁, with a deviation down to 1e-{digits}. Each tenth of it adds ln 10.",
        plot=Plot(
            "deviation of the narrow component", "log-likelihood", (Line("mixture", widths, values),),
            "As the deviation falls by powers of ten the log-likelihood rises in a straight line, without end.", log_x=True,
        ),
    )  # fmt: skip


def line_problem(rng, n):
    x, y = rng.uniform(-1, 1, size=n), rng.normal(size=n)
    design = np.stack([x, np.ones(n)], axis=1)
    y = y * 0.5 + design @ rng.normal(size=2)
    return design, y, np.linalg.lstsq(design, y, rcond=None)[0]


def best_of_all(log_likelihood, fit, rng):
    """No coefficients near the least-squares fit have a larger likelihood."""
    moves = rng.normal(size=(400, len(fit))) * rng.choice([0.3, 0.03, 0.003], size=(400, 1))
    values = np.array([log_likelihood(fit + m) for m in moves])
    return at_most("log-likelihood nearby, less that of least squares", values - log_likelihood(fit), 0, slack=1e-9)


@claim(
    "least-squares",
    "With Gaussian noise of one size the least-squares fit has the largest likelihood.",
    assumes=("the noise is Gaussian", "all examples have the same σ"),
)
def least_squares(rng, n: Annotated[int, Range(5, 200)] = 20, sigma: Annotated[float, Range(0.1, 3.0)] = 0.5):
    design, y, fit = line_problem(rng, n)

    def log_likelihood(w):
        return gaussian_log_likelihood(y, design @ w, sigma**2)

    w = fit + 0.1 * sigma * rng.normal(size=2)
    densities = np.exp(-(((y - design @ w) / sigma) ** 2) / 2) / (sigma * np.sqrt(2 * np.pi))
    constant = -n / 2 * np.log(2 * np.pi * sigma**2)
    return outcome(
        best_of_all(log_likelihood, fit, rng),
        equal("sum of the log-densities", np.log(densities).sum(), constant - np.sum((y - design @ w) ** 2) / (2 * sigma**2), relative=1e-9),
    )


@failure(
    "other-noise",
    "With Laplace noise another fit has a larger likelihood: that of least absolute errors.",
    of="least-squares",
    without="the noise is Gaussian",
)
def other_noise(rng, n: Annotated[int, Range(5, 200)] = 20, scale: Annotated[float, Range(0.1, 3.0)] = 0.5):
    design, y, fit = line_problem(rng, n)

    def log_density(errors):
        return -np.abs(errors) / scale - np.log(2 * scale)

    def log_likelihood(w):
        return np.sum(log_density(y - design @ w))

    line = np.linspace(-90, 90, 36001)
    return outcome(
        best_of_all(log_likelihood, fit, rng),
        given=[equal("mass of the density", np.trapezoid(np.exp(log_density(line)), line), 1, tolerance=1e-3),
               equal("residuals, against the columns", design.T @ (y - design @ fit), np.zeros(2), tolerance=1e-9)],
        message="The fit still solves the normal equations. It only is not the most likely one under this noise.",
    )  # fmt: skip


def best_scale(x, y):
    """The best weight of a logistic regression on one input, among weights up to 300, without a constant."""
    weights = np.linspace(0, 300, 3001)
    margins = np.where(y == 1, 1, -1) * x
    losses = np.logaddexp(0, -np.outer(weights, margins)).sum(axis=1)
    return weights[np.argmin(losses)]


def is_finite(weight):
    return at_most("best weight, of those up to 300", weight, 299)


@claim(
    "finite-weights",
    "Logistic regression has a finite best weight when the classes overlap.",
    assumes=("no threshold separates the classes",),
)
def finite_weights(rng, n: Annotated[int, Range(4, 200)] = 20):
    x = np.concatenate([rng.uniform(0.2, 2.0, size=n), [-0.5, 0.5]])
    y = np.concatenate([np.ones(n), [1, 0]])  # the last two lie on the wrong side
    return outcome(is_finite(best_scale(x, y)))


@failure(
    "separable",
    "When a threshold separates the classes every larger weight is better.",
    of="finite-weights",
    without="no threshold separates the classes",
)
def separable(rng, n: Annotated[int, Range(4, 200)] = 20, gap: Annotated[float, Range(0.01, 0.1)] = 0.1):
    x = np.concatenate([rng.uniform(gap, 2.0, size=n), -rng.uniform(gap, 2.0, size=n), [gap, -gap]])
    y = (x > 0).astype(int)
    return outcome(
        is_finite(best_scale(x, y)),
        given=[equal("examples on the wrong side of 0", np.sum((x > 0) != (y == 1)), 0)],
        message="The loss falls towards 0 as the weight grows and never reaches it.",
    )


@claim(
    "prior-pulls",
    "With a Gaussian prior the best value is the mean of data and prior, weighted by precision.",
    assumes=("Gaussian noise of known variance", "a Gaussian prior with mean 0"),
)
def prior_pulls(
    rng, n: Annotated[int, Range(1, 100)] = 3, noise: Annotated[float, Range(0.2, 9.0)] = 6.0, prior: Annotated[float, Range(0.2, 9.0)] = 2.0
):
    x = rng.normal(2, np.sqrt(noise), size=n)
    grid = np.linspace(-10, 10, 20001)
    loss = ((x[:, None] - grid) ** 2).sum(axis=0) / (2 * noise) + grid**2 / (2 * prior)
    return outcome(
        equal("best value", grid[np.argmin(loss)], weighted(n, x.mean(), noise, prior), tolerance=1e-3),
        at_most("its distance from 0, against that of the mean", abs(weighted(n, x.mean(), noise, prior)), abs(x.mean())),
    )


def weighted(n, mean, noise, prior):
    """The formula of the page."""
    return (n * mean / noise) / (n / noise + 1 / prior)


@derivation("kl-steps", "The MLE minimises the divergence from the empirical distribution.", assumes=("discrete data", "p_θ > 0 on the data"))
def kl_steps(rng, n: Count = 30, outcomes: Annotated[int, Range(2, 20)] = 4):
    model = rng.dirichlet(np.ones(outcomes)) * 0.9 + 0.1 / outcomes
    data = rng.integers(outcomes, size=n)
    seen = np.bincount(data, minlength=outcomes) / n
    on = seen > 0
    loss, entropy = -np.mean(np.log(model[data])), -seen[on] @ np.log(seen[on])
    divergence = seen[on] @ np.log(seen[on] / model[on])
    members = rng.dirichlet(np.ones(outcomes), size=50)
    losses = -np.log(members[:, data]).mean(axis=1)
    divergences = (seen[on] * np.log(seen[on] / members[:, on])).sum(axis=1)
    return outcome(
        equal("average loss", loss, -seen @ np.log(model), tolerance=1e-10),
        equal("−Σ p̂ log p", -seen @ np.log(model), entropy + divergence, tolerance=1e-10),
        equal("best of fifty members, by loss and by divergence", np.argmin(losses), np.argmin(divergences)),
        given=[at_least("losses of other categorical models, against that of the shares", losses, -seen[on] @ np.log(seen[on]), slack=1e-12)],
    )


@derivation("gaussian-steps", "The Gaussian estimates, and the bias of the variance.", assumes="independent draws with the same mean and variance")
def gaussian_steps(rng, n: Annotated[int, Range(2, 60)] = 8, p: Rate = 0.3):
    x = rng.normal(3, 2, size=n)
    mean, true = x.mean(), 3.0
    variance, other = np.mean((x - mean) ** 2), rng.uniform(0.5, 5)
    densities = np.exp(-((x - true) ** 2) / (2 * other)) / np.sqrt(2 * np.pi * other)
    h = 1e-5

    def by_variance(v):
        return (gaussian_log_likelihood(x, mean, v + h) - gaussian_log_likelihood(x, mean, v - h)) / (2 * h)

    law, share = binomial(n, p), np.arange(n + 1) / n  # for draws of 0 or 1 the expectation is a finite sum
    by_mean = (gaussian_log_likelihood(x, true + h, other) - gaussian_log_likelihood(x, true - h, other)) / (2 * h)
    return outcome(
        equal("ℓ", np.log(densities).sum(), gaussian_log_likelihood(x, true, other), tolerance=1e-8),
        equal("∂ℓ/∂μ", by_mean, np.sum(x - true) / other, tolerance=1e-5),
        equal("∂ℓ/∂σ² at the estimate and elsewhere", [by_variance(variance), by_variance(other)],
              [0, -n / (2 * other) + n * variance / (2 * other**2)], tolerance=1e-4, relative=1e-5),
        equal("Σ(x − μ̂)²", n * variance, np.sum((x - true) ** 2) - n * (mean - true) ** 2, tolerance=1e-8),
        equal("E Σ(x − μ̂)²", law @ (n * share * (1 - share)), (n - 1) * p * (1 - p), tolerance=1e-9),
    )  # fmt: skip


@claim("worked-numbers", "The numbers of the worked example.")
def worked_numbers(rng):
    def loss(t):
        return -7 * np.log(t) - 3 * np.log(1 - t)

    x, waits = np.array([1.0, 4, 7]), np.array([2, 18, 3, 1])
    largest = np.trapezoid(1 - np.linspace(0, 1, 20001) ** 4, np.linspace(0, 1, 20001))
    return outcome(
        equal("twice the mean", 2 * waits.mean(), 12), equal("largest wait", waits.max(), 18),
        equal("loss at 0.7", loss(0.7), 6.109, tolerance=5e-4), equal("loss at 0.5", loss(0.5), 6.931, tolerance=5e-4),
        equal("difference of the losses", loss(0.5) - loss(0.7), 0.823, tolerance=5e-4),
        equal("ratio of the likelihoods", np.exp(loss(0.5) - loss(0.7)), 2.28, tolerance=5e-3),
        equal("derivative at 0.7", -7 / 0.7 + 3 / 0.3, 0, tolerance=1e-9),
        equal("mean", x.mean(), 4), equal("variance", x.var(), 6), equal("variance with n − 1", x.var(ddof=1), 9),
        equal("estimate with the prior", weighted(3, 4, 6, 2), 2, tolerance=1e-12),
        equal("estimate with thirty", weighted(30, 4, 6, 2), 3.64, tolerance=5e-3),
        equal("mean of the largest of four", largest, 4 / 5, tolerance=1e-6),
        equal("exponent of a thousand factors of 0.4", 1000 * np.log10(0.4), -398, tolerance=0.5),
        that("their product is stored as 0", np.prod(np.full(1000, 0.4)) == 0),
        equal("millimetres for metres", np.log(1000), 6.9, tolerance=0.05),
    )  # fmt: skip
