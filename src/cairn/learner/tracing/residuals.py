"""How the items of a fitted model behave: each answer against what all *other* answers of the person say.

Given whether a skill is known, answers are independent of everything else. So the probability that it is known,
as all other answers see it, is got by dividing an answer's own likelihood out of the posterior; exactly, and
without another pass over abilities.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cairn.learner.tracing.mastery import Classes, Grouped, Model, expect, likelihoods

Floats = NDArray[np.float64]

BANDS = 5


@dataclass(frozen=True, slots=True)
class Behaviour:
    """Sums over the answers to each item, all (items,) unless said otherwise.

    With `q` the probability of knowing the skill as the other answers see it, `p` that of a right answer under the
    model, `v = p (1 - p)`, and `r` right or wrong less `p`:

    Attributes:
        answers, right: how many, and how many right.
        q, qq, q_right: sums of q, of its square, and over right answers.
        slip_slip, slip_guess, guess_guess: the information about slip and guess.
        r2, v, ratio: sums of r squared, of v, and of r squared over v.
        band_r, band_v, band_n: (items, BANDS) sums of r, of v and counts, by bands of q.
        t_r, r, t_v, tt_v: sums for the trend of r in time t (0 first, 1 last day of all).
    """

    answers: Floats
    right: Floats
    q: Floats
    qq: Floats
    q_right: Floats
    slip_slip: Floats
    slip_guess: Floats
    guess_guess: Floats
    r2: Floats
    v: Floats
    ratio: Floats
    band_r: Floats
    band_v: Floats
    band_n: Floats
    t_r: Floats
    r: Floats
    t_v: Floats
    tt_v: Floats


def others_view(model: Model, block: Grouped) -> Floats:
    """The probability (n,) that each answer's skill is known, by the person's other answers."""
    known = np.repeat(expect(model, block).known, block.sizes())
    if_known, if_not = likelihoods(model, block.item, block.correct)
    for_it, against = known * np.exp(-if_known), (1 - known) * np.exp(-if_not)
    view: Floats = for_it / np.maximum(for_it + against, 1e-300)
    return view


def behaviour(model: Model, data: Grouped, time: NDArray[np.float32] | None = None) -> Behaviour:
    """The sums over all answers; `time` (n,) is between 0 and 1, and none where there is no trend to look for."""
    items = len(model.slip)
    sums = np.zeros((15, items))
    bands = np.zeros((3, items * BANDS))
    for rows, block in data.blocks():
        q = others_view(model, block)
        item = block.item
        y = block.correct.astype(np.float64)
        p = q * (1 - model.slip[item]) + (1 - q) * model.guess[item]
        v = np.maximum(p * (1 - p), 1e-9)
        r = y - p
        t = time[rows].astype(np.float64) if time is not None else np.zeros(len(q))
        parts = (
            np.ones(len(q)), y, q, q * q, q * y,
            q * q / v, -q * (1 - q) / v, (1 - q) ** 2 / v,
            r * r, v, r * r / v,
            t * r, r, t * v, t * t * v,
        )  # fmt: skip
        for k, part in enumerate(parts):
            sums[k] += np.bincount(item, part, items)
        band = item.astype(np.int64) * BANDS + np.minimum((q * BANDS).astype(np.int64), BANDS - 1)
        for k, part in enumerate((r, v, parts[0])):
            bands[k] += np.bincount(band, part, items * BANDS)
    cut = [b.reshape(items, BANDS) for b in bands]
    return Behaviour(*sums[:11], *cut, *sums[11:])


@dataclass(frozen=True, slots=True)
class Precision:
    """How well slip and guess are known: posterior standard deviations (items,), and the share that is data.

    A share of 0 means that nothing but the class's prior is known, 1 that the prior no longer matters.
    """

    slip_sd: Floats
    guess_sd: Floats
    slip_share: Floats
    guess_share: Floats


def precision(model: Model, seen: Behaviour) -> Precision:
    """Posterior standard deviations by the information in the answers and the prior."""
    c = model.classes
    prior_slip = _beta_variance(c.slip, c.slip_weight)[c.of]
    prior_guess = _beta_variance(c.guess, c.guess_weight)[c.of]
    ss, gg = seen.slip_slip + 1 / prior_slip, seen.guess_guess + 1 / prior_guess
    det = ss * gg - seen.slip_guess**2
    slip, guess = gg / det, ss / det
    return Precision(
        np.sqrt(slip),
        np.sqrt(guess),
        np.clip(1 - slip / prior_slip, 0, 1),
        np.clip(1 - guess / prior_guess, 0, 1),
    )


def spread(model: Model, seen: Behaviour) -> Classes:
    """The classes with their weights fitted: how much items of a class really differ, by the method of moments.

    The variance between items is that of the estimates less that of their errors (DerSimonian and Laird, Controlled
    Clinical Trials 7, 1986), kept between weights of 8 and 200 answers.
    """
    c = model.classes
    both = seen.slip_guess**2
    slip_information = seen.slip_slip - both / np.maximum(seen.guess_guess, 1e-9)
    guess_information = seen.guess_guess - both / np.maximum(seen.slip_slip, 1e-9)
    return replace(
        c,
        slip_weight=_weights(model.slip, slip_information, c.slip, c.slip_weight, c.of),
        guess_weight=_weights(model.guess, guess_information, c.guess, c.guess_weight, c.of),
    )


def _beta_variance(mean: Floats, weight: Floats) -> Floats:
    return mean * (1 - mean) / (weight + 1)


def _weights(
    value: Floats, information: Floats, mean: Floats, weight: Floats, of: NDArray[np.int64]
) -> Floats:
    out = weight.copy()
    for k in range(len(mean)):
        own = mean[k] * (1 - mean[k])
        count = information * own  # answers as informative as these, of people whose state is known
        mine = (of == k) & (count > 5)
        if mine.sum() < 8:
            continue
        n = count[mine]
        raw = (value[mine] * (n + weight[k]) - weight[k] * mean[k]) / n
        share = n / (n + weight[k])
        between = float(np.average((raw - mean[k]) ** 2 - own / n, weights=share))
        out[k] = np.clip(own / between - 1, 8, 200) if between > 0 else 200.0
    return out
