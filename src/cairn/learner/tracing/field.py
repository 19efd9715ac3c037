"""What a few answers say about all items: a Gaussian over the items' logits, conditioned on answers.

A learner's logits are normal around the items' easiness, with a covariance that says which items go together:
shared abilities, a graph, a topic. Answers condition it by Laplace's approximation (Rasmussen and Williams, "Gaussian
Processes for Machine Learning", algorithms 3.1 and 3.2).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cairn.learner.tracing.effects import sigmoid

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Field:
    """Normal logits of items: mean (items,) and covariance (items, items)."""

    mean: Floats
    covariance: Floats

    def at(self, items: Ints) -> Field:
        """Only some of the items, in the order given."""
        return Field(self.mean[items], self.covariance[np.ix_(items, items)])

    def given(self, items: Ints, correct: Floats) -> Field:
        """The field after answers to `items` (n,) came out `correct` (n,). Each item at most once."""
        if not len(items):
            return self
        prior = self.covariance[np.ix_(items, items)]
        pull, curvature = _laplace(self.mean[items], prior, correct)
        across = self.covariance[:, items]
        root = np.sqrt(curvature)
        inner = np.eye(len(items)) + root[:, None] * prior * root
        scaled = across * root
        covariance = self.covariance - scaled @ np.linalg.solve(inner, scaled.T)
        return Field(self.mean + across @ pull, covariance)

    def probability(self) -> Floats:
        """The probability (items,) of a right answer, the logit's uncertainty averaged over.

        The logistic-normal integral after MacKay, "The evidence framework applied to classification
        networks", Neural Computation 4(5), 1992: the logit is shrunk by sqrt(1 + pi v / 8).
        """
        variance = np.maximum(np.diag(self.covariance), 0.0)
        return sigmoid(self.mean / np.sqrt(1 + np.pi / 8 * variance))

    def worth(self, targets: Floats) -> Floats:
        """How much an answer to each item is expected to tell about the targets, (items,).

        The fall of the targets' summed logit variance, each weighted by `targets` (items,) and by how far its
        probability can still move; to first order in the answer's information p (1 - p).
        """
        p = self.probability()
        information = np.maximum(p * (1 - p), 1e-9)
        fall = (self.covariance**2).T @ (targets * information)
        worth: Floats = fall / (np.diag(self.covariance) + 1 / information)
        return worth


def _laplace(mean: Floats, prior: Floats, correct: Floats) -> tuple[Floats, Floats]:
    """The gradient and curvature of the likelihood at the mode, each (n,)."""
    root = np.sqrt(0.25 * np.ones(len(mean)))
    logits = np.zeros(len(mean))
    for _ in range(30):
        p = sigmoid(mean + logits)
        curvature = np.maximum(p * (1 - p), 1e-9)
        root = np.sqrt(curvature)
        push = curvature * logits + correct - p
        inner = np.eye(len(mean)) + root[:, None] * prior * root
        pull = push - root * np.linalg.solve(inner, root * (prior @ push))
        moved = prior @ pull
        done = float(np.max(np.abs(moved - logits))) < 1e-6
        logits = moved
        if done:
            break
    p = sigmoid(mean + logits)
    return correct - p, np.maximum(p * (1 - p), 1e-9)


def reveal(field: Field, correct: Floats, targets: Floats, count: int) -> Ints:
    """The items asked, one after the other, each the one worth most given the answers so far.

    Args:
        field: the items that may be asked and the targets, together.
        correct: (items,) the answer each would get; NaN where the item cannot be asked.
        targets: (items,) the weight of each item among what is to be predicted.
        count: how many to ask.
    """
    asked: list[int] = []
    able = ~np.isnan(correct)
    now = field
    for _ in range(min(count, int(able.sum()))):
        asked.append(int(np.argmax(np.where(able, now.worth(targets), -np.inf))))
        able[asked[-1]] = False
        chosen = np.array(asked)
        now = field.given(chosen, correct[chosen])
    return np.array(asked, dtype=np.int64)


def diffusion(edges: Ints, items: int, reach: float = 1.0) -> Floats:
    """The heat kernel of an undirected graph, exp(-reach L), scaled to a unit diagonal: (items, items).

    Kondor and Lafferty, "Diffusion kernels on graphs and other discrete input spaces", ICML 2002.
    """
    links = np.zeros((items, items))
    for a, b in edges:
        if a != b:
            links[a, b] = links[b, a] = 1.0
    values, vectors = np.linalg.eigh(np.diag(links.sum(1)) - links)
    kernel = (vectors * np.exp(-reach * values)) @ vectors.T
    scale = 1 / np.sqrt(np.diag(kernel))
    warmth: Floats = scale[:, None] * kernel * scale
    return warmth
