"""How initial weights must be distributed."""

import math

import numpy as np

from cairn.judge import checks as c
from cairn.judge.checks.finding import Witness

# 14 tests of chance are made, each of which rejects a right solution once in 2 * 10^7 times:
# together less than once in a million submissions.
FALSE_ALARMS = 5e-8
SHAPES = ((120, 40), (30, 160))


def variance(name, n_in, n_out):
    """The variance that a rule asks for."""
    return 2 / n_in if name == "he_normal" else 2 / (n_in + n_out)


def drawn(learner, name, rng, n_in, n_out):
    """Weights of a layer, in units of the standard deviation that is asked for."""
    seed = rng if isinstance(rng, int) else int(rng.integers(1 << 31))
    weights = np.asarray(getattr(learner, name)(n_in, n_out, c.generator(seed)))
    c.shape(weights, (n_out, n_in), what=f"{name}({n_in}, {n_out}, rng)")
    return weights.astype(np.float64) / math.sqrt(variance(name, n_in, n_out))


def by_chance(values, mean, std):
    """How often the average of such values is as far from its mean as here."""
    z = abs(float(np.mean(values)) - mean) * math.sqrt(np.size(values)) / std
    return math.erfc(z / math.sqrt(2))


def right_variance(learner, name, rng, phrase, formula, std):
    """The mean square of the weights is their variance; `std` is that of one square, in units of the variance."""
    for n_in, n_out in SHAPES:
        seed = int(rng.integers(1 << 31))
        squares = drawn(learner, name, seed, n_in, n_out) ** 2
        p = by_chance(squares, 1.0, std)
        if not p >= FALSE_ALARMS:
            message = (
                f"For n_in = {n_in} and n_out = {n_out} the mean square of the weights is {squares.mean():.3g} times"
                f" {formula} = {variance(name, n_in, n_out):.4g}, which chance brings once in {1 / max(p, 1e-99):.0e}."
            )
            # Two solutions with the same mistake have the same factor, up to chance.
            witness = Witness(lambda m: factor(drawn(m, name, seed, n_in, n_out) ** 2), factor(squares))
            detail = {"p": p, "false_alarms": FALSE_ALARMS}
            raise c.failed(phrase, message, detail=detail, witnesses=(witness,))


def factor(squares):
    """The mean of the squares, to the next quarter."""
    return round(4 * float(np.mean(squares))) / 4


@c.check("the shape is (n_out, n_in)")
def shape_is_out_by_in(learner, reference, rng):
    for n_in, n_out in ((3, 2), (1, 4), (5, 1), (1, 1)):
        for name in ("he_normal", "xavier_uniform"):
            got = np.asarray(getattr(learner, name)(n_in, n_out, c.generator(1)))
            c.shape(got, (n_out, n_in), what=f"{name}({n_in}, {n_out}, rng)")
            if got.dtype.kind != "f":
                raise c.failed("the weights are floats", f"{name} gives {got.dtype} and not floats.", got=got)


@c.check("all randomness comes from the generator")
def randomness_from_the_generator(learner, reference, rng):
    for name in ("he_normal", "xavier_uniform"):
        one, again, other = (np.asarray(getattr(learner, name)(4, 3, c.generator(s))) for s in (7, 7, 8))
        if not np.array_equal(one, again):
            message = f"{name} gives different weights for two generators of the same seed: draw from `rng` only."
            raise c.failed("all randomness comes from the generator", message, got=again, expected=one)
        if np.array_equal(one, other):
            message = f"{name} gives the same weights for the seeds 7 and 8: draw from `rng`."
            raise c.failed("all randomness comes from the generator", message, got=other)


@c.check("the weights are centred at 0")
def weights_are_centred(learner, reference, rng):
    for name in ("he_normal", "xavier_uniform"):
        for n_in, n_out in SHAPES:
            weights = drawn(learner, name, rng, n_in, n_out)
            # The spread is that of the sample, so that a wrong variance is not blamed on the mean.
            spread = float(np.sqrt(np.mean(weights**2)))
            p = by_chance(weights, 0.0, spread or 1.0)
            if not p >= FALSE_ALARMS:
                message = (
                    f"The mean of {weights.size} weights of {name} is {weights.mean() / spread:.3g} times"
                    f" their root mean square, where it should be near 0."
                )
                raise c.failed("the weights are centred at 0", message, detail={"p": p})


@c.check("the variance of He is 2 / n_in")
def he_variance(learner, reference, rng):
    right_variance(learner, "he_normal", rng, "the variance of He is 2 / n_in", "2 / n_in", math.sqrt(2))


@c.check("the variance of Xavier is 2 / (n_in + n_out)")
def xavier_variance(learner, reference, rng):
    phrase = "the variance of Xavier is 2 / (n_in + n_out)"
    right_variance(learner, "xavier_uniform", rng, phrase, "2 / (n_in + n_out)", math.sqrt(0.8))


@c.check("He is normal")
def he_is_normal(learner, reference, rng):
    weights = drawn(learner, "he_normal", rng, 90, 50)
    erf = np.vectorize(math.erf, otypes=[float])
    c.statistical(weights, cdf=lambda x: 0.5 + 0.5 * erf(x / math.sqrt(2)), false_alarms=FALSE_ALARMS)


@c.check("Xavier is uniform up to its limit")
def xavier_is_uniform(learner, reference, rng):
    weights = drawn(learner, "xavier_uniform", rng, 90, 50)
    limit = math.sqrt(3)
    beyond = float(np.abs(weights).max()) / limit
    if beyond > 1 + 1e-6:
        message = f"The largest weight is {beyond:.3g} times the limit √(6 / (n_in + n_out)), which none may exceed."
        raise c.failed("Xavier is uniform up to its limit", message, detail={"largest": beyond})
    c.statistical(weights, cdf=lambda x: np.clip((x / limit + 1) / 2, 0, 1), false_alarms=FALSE_ALARMS)


@c.check("the weights are independent of each other")
def entries_are_independent(learner, reference, rng):
    for name in ("he_normal", "xavier_uniform"):
        weights = drawn(learner, name, rng, 80, 60)
        for what, one, other in (
            ("rows", weights[::2], weights[1::2]), ("columns", weights[:, ::2], weights[:, 1::2]),
        ):  # fmt: skip
            spread = float(np.sqrt(np.mean(one**2) * np.mean(other**2)))
            p = by_chance(one * other, 0.0, spread or 1.0)
            if not p >= FALSE_ALARMS:
                message = (
                    f"Neighbouring {what} of {name} have the correlation {np.mean(one * other) / spread:.3g}:"
                    " units that start alike stay alike."
                )
                raise c.failed("the weights are independent of each other", message, detail={"p": p})
