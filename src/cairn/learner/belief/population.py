"""Fitting parameters to a population in which people came to know in different ways."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from cairn.learner.belief.arrays import Bools, Floats, logistic
from cairn.learner.belief.chains import Chains, Model
from cairn.learner.belief.component import Component, Kind
from cairn.learner.belief.fitting import CERTAIN, Fit, Fitting
from cairn.learner.belief.observation import Observation
from cairn.learner.belief.parameters import Needs, Parameters
from cairn.learner.belief.sight import Sight
from cairn.learner.belief.strand import Strand

RARE = 0.02
"""No component that is kept is thought rarer than this."""

APART = 0.93
"""Components are fitted again to their own learners when learners go to one of them this surely, in the mean."""

FEWEST = 20
"""No component is fitted to fewer learners."""

SOFT = 2.5
"""When learners are sorted, one observation counts for at most these log odds, so that chains can follow."""

SHOWN, CHAINS = 40, 48
"""Observations of a learner by which they are sorted, and chains for it."""

SORTED = 60
"""So many learners are sorted; the weights of the components come from them."""


def evidence_of_states(known: Bools) -> Floats:
    """Log odds of knowledge, shape (learners, n), for learners whose states are known."""
    return np.where(known, CERTAIN, -CERTAIN)


def fit(
    needs: Needs,
    evidence: Floats,
    rng: np.random.Generator,
    how: Fitting | None = None,
    kinds: Sequence[Kind] = (Kind.CLIMBED, Kind.SOUGHT),
) -> Parameters:
    """Fit parameters to learners, without being told how any of them came to know.

    Each kind of component is fitted to all; learners are then sorted by how likely each component makes what
    was seen of them. Where more than one kind is found, each is fitted again to its own learners.

    Args:
        needs: for each position its direct prerequisites; all are smaller.
        evidence: shape (learners, n): log P(answers | known) / P(answers | not known), 0 where never asked;
            `evidence_of_states` where states are known.
        rng: the source of chance.
        how: the settings.
        kinds: the kinds of component to try.

    Raises:
        ValueError: the evidence does not fit the graph, or there are too few learners.
    """
    how = how or Fitting()
    evidence = np.asarray(evidence, dtype=float)
    if evidence.ndim != 2 or evidence.shape[1] != len(needs) or len(evidence) < FEWEST:
        msg = (
            f"evidence of at least {FEWEST} learners on {len(needs)} skills is needed, not an array of shape "
            f"{evidence.shape}; with fewer learners use Parameters.general"
        )
        raise ValueError(msg)
    tidy = tuple(tuple(sorted(needed)) for needed in needs)
    fits = [Fit(tidy, kind, evidence, rng, how).run() for kind in kinds]
    if len(fits) == 1:
        return Parameters(tidy, (replace(fits[0], weight=1.0),))
    some = rng.permutation(len(evidence))[:SORTED]
    logs = _sort(tidy, fits, evidence[some], rng)
    kept = _tenable(logs)
    weights, shares = _mixture(logs[kept])
    fits = [fits[i] for i in kept]
    if len(fits) > 1 and shares.max(axis=0).mean() > APART:
        groups = [some[share > 0.5] for share in shares]
        fits = [
            Fit(tidy, c.kind, evidence[who], rng, how).run() if len(who) >= FEWEST else c
            for c, who in zip(fits, groups, strict=True)
        ]
    return Parameters(tidy, tuple(replace(c, weight=w) for c, w in zip(fits, weights, strict=True)))


def _tenable(logs: Floats) -> list[int]:
    """The components that are not clearly worse than the best: by two standard errors over the learners.

    A component that is better for some learners and worse for others stays: the population is mixed.
    """
    best = int(np.argmax(logs.mean(axis=1)))
    behind = logs[best] - logs
    error = behind.std(axis=1) / np.sqrt(logs.shape[1])
    return [i for i in range(len(logs)) if i == best or behind[i].mean() <= 2 * error[i]]


def _mixture(logs: Floats) -> tuple[list[float], Floats]:
    """The weights under which what was seen of the learners is likeliest, by EM, and each learner's shares."""
    weights = np.full(len(logs), 1 / len(logs))
    shares = np.ones(logs.shape)
    for _ in range(200):
        joint = np.log(np.maximum(weights, RARE))[:, None] + logs
        shares = np.exp(joint - joint.max(axis=0))
        shares /= shares.sum(axis=0)
        weights = shares.mean(axis=1)
    return weights.tolist(), shares


def _sort(needs: Needs, fits: Sequence[Component], evidence: Floats, rng: np.random.Generator) -> Floats:
    """Log probability of some of what was seen of each learner under each component, (components, learners)."""
    models = [Model.of(needs, c) for c in fits]
    logs = np.zeros((len(fits), len(evidence)))
    for person, seen in enumerate(evidence):
        hidden = rng.permutation(np.flatnonzero(seen))[SHOWN:]
        shown = seen.copy()
        shown[hidden] = 0
        for i, (model, c) in enumerate(zip(models, fits, strict=True)):
            logs[i, person] = _foretold(model, c, shown, rng)
    return logs


def _foretold(model: Model, component: Component, evidence: Floats, rng: np.random.Generator) -> float:
    """Log probability of some of one learner's observations under a component, by sampling."""
    sight = Sight(np.zeros(model.size), component.hole, component.stray)
    strand = Strand(Chains.drawn(model, CHAINS, rng), sight, 0.0)
    for position in np.flatnonzero(evidence).tolist():
        known = float(logistic(np.clip(evidence[position], -SOFT, SOFT)))
        strand.absorb(Observation(position, known, 1 - known), rng)
        strand.settle(rng, 1)
    return strand.log_weight
