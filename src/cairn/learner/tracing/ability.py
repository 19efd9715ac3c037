"""Latent abilities from answers: how easy each item is and how strongly it depends on each ability.

The logit of a right answer of person p to item i is `easiness[i] + loadings[i] @ ability[p]` with abilities
standard normal: the two-parameter logistic model for one dimension, its multidimensional form for more. Loadings of
the first dimension are shrunk towards one common value, the others towards zero, so the one-parameter model is
what remains where data are few.

Fitted by variational EM with the quadratic bound of Jaakkola and Jordan (Statistics and Computing 10, 2000),
in closed form at each step.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cairn.learner.tracing.effects import logit

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_EASINESS_PRECISION = 0.05
_FIRST_PRECISION = 10.0
_OTHER_PRECISION = 15.0


@dataclass(frozen=True, slots=True)
class Items:
    """What was learned of items.

    Attributes:
        easiness: (items,) logit of a right answer at ability zero.
        loadings: (items, k) change of that logit for one more of each ability.
    """

    easiness: Floats
    loadings: Floats


@dataclass(frozen=True, slots=True)
class Responses:
    """Who answered what, without order.

    Attributes:
        person: (n,) numbers of people; gaps are allowed.
        item: (n,) positions of items, below `items`.
        correct: (n,) one where right, else zero.
        items: how many items there are.
    """

    person: Ints
    item: Ints
    correct: Floats
    items: int


def fit(responses: Responses, dimensions: int = 1, rounds: int = 40, *, free: bool = True) -> Items:
    """Fit items to answers.

    Args:
        responses: the answers. An item without any gets the mean easiness and loading.
        dimensions: of ability.
        rounds: of EM.
        free: whether loadings differ between items; else all share one (the one-parameter model).

    Raises:
        ValueError: all answers are right, or all wrong, or there are none.
    """
    item, correct, items = responses.item, responses.correct, responses.items
    share = float(correct.mean()) if len(correct) else 0.0
    if not 0.0 < share < 1.0:
        msg = "abilities need right and wrong answers to be fitted"
        raise ValueError(msg)
    _, person = np.unique(responses.person, return_inverse=True)
    responses = replace(responses, person=person)
    rates = (np.bincount(item, correct, items) + 2 * share) / (np.bincount(item, minlength=items) + 2)
    table = np.zeros((items, dimensions + 1))
    table[:, 0] = logit(rates)
    table[:, 1] = 1.0
    table[:, 2:] = _spread(items, dimensions - 1)
    prior = np.zeros(dimensions + 1)
    prior[0], prior[1] = logit(np.array(share)), 1.0
    first = _FIRST_PRECISION if free else 1e6
    precision = np.diag([_EASINESS_PRECISION, first, *[_OTHER_PRECISION] * (dimensions - 1)])
    bound = np.ones(len(correct))
    for _ in range(rounds):
        people = _people(responses, table, bound)
        _, second, bound = people
        table = _table(responses, people, precision, prior)
        table[:, 1:] = table[:, 1:] @ np.linalg.cholesky(second.mean(axis=0))  # abilities to unit variance
    return Items(table[:, 0], table[:, 1:])


def _spread(items: int, dimensions: int) -> Floats:
    """Starting loadings that differ between items and dimensions, without chance."""
    k = np.arange(1, dimensions + 1)
    spread: Floats = 0.3 * np.cos(np.outer(np.arange(items) + 0.5, k) * np.sqrt(2.0) * np.pi)
    return spread


def _slack(bound: Floats) -> Floats:
    """Half the curvature of the bound on the logistic function that touches at `bound`."""
    safe = np.maximum(bound, 1e-6)
    curve: Floats = np.tanh(safe / 2) / (4 * safe)
    return curve


def _people(responses: Responses, table: Floats, bound: Floats) -> tuple[Floats, Floats, Floats]:
    """Each person's mean ability (p, k), second moment (p, k, k), and the bounds that fit them (n,)."""
    person, item, correct = responses.person, responses.item, responses.correct
    people, k = int(person.max()) + 1, table.shape[1] - 1
    rows = table[item]
    easiness, loading = rows[:, 0], rows[:, 1:]
    curve = 2 * _slack(bound)
    inner = np.empty((people, k, k))
    for a in range(k):
        for b in range(a, k):
            total = np.bincount(person, curve * loading[:, a] * loading[:, b], people)
            inner[:, a, b] = inner[:, b, a] = total
    pull = (correct - 0.5) - curve * easiness
    linear = np.stack([np.bincount(person, pull * loading[:, a], people) for a in range(k)], axis=1)
    spread = np.linalg.inv(inner + np.eye(k))
    mean = np.einsum("pab,pb->pa", spread, linear)
    second = spread + mean[:, :, None] * mean[:, None, :]
    square = np.einsum("na,nab,nb->n", loading, second[person], loading)
    square += easiness**2 + 2 * easiness * np.einsum("na,na->n", loading, mean[person])
    return mean, second, np.sqrt(np.maximum(square, 1e-12))


def _table(
    responses: Responses, people: tuple[Floats, Floats, Floats], precision: Floats, prior: Floats
) -> Floats:
    """Each item's easiness and loadings (items, k + 1): a regression on the people's moments."""
    person, item, correct, items = responses.person, responses.item, responses.correct, responses.items
    mean, second, bound = people
    curve = 2 * _slack(bound)
    k = mean.shape[1]
    moment = np.ones((len(mean), k + 1, k + 1))
    moment[:, 0, 1:] = moment[:, 1:, 0] = mean
    moment[:, 1:, 1:] = second
    inner = np.empty((items, k + 1, k + 1))
    linear = np.empty((items, k + 1))
    for a in range(k + 1):
        linear[:, a] = np.bincount(item, (correct - 0.5) * moment[person, 0, a], items)
        for b in range(a, k + 1):
            total = np.bincount(item, curve * moment[person, a, b], items)
            inner[:, a, b] = inner[:, b, a] = total
    right = (linear + precision @ prior)[:, :, None]
    return np.asarray(np.linalg.solve(inner + precision, right)[:, :, 0], dtype=np.float64)
