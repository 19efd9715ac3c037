"""Belief: what the evidence says a person knows, as a distribution over states of knowledge."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from cairn.learner.belief.arrays import Floats, Singles, logit
from cairn.learner.belief.chains import Chains, Model
from cairn.learner.belief.explanation import Explanation, Influence
from cairn.learner.belief.observation import Observation
from cairn.learner.belief.parameters import Parameters
from cairn.learner.belief.sight import Sight
from cairn.learner.belief.strand import Strand

NEGLIGIBLE = 0.002
"""A component whose share of the belief falls below this is given up."""

TOGETHER, LONG = 3, 20
"""How many observations of the past are weighed before the chains move again, and how many sweeps end them."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How much work goes into a belief.

    Attributes:
        chains: how many states stand for the distribution. The error of a probability is at most about
            one over twice their root: 0.04 for 160.
        sweeps: how often everything is moved after an observation.
    """

    chains: int = 160
    sweeps: int = 2

    def __post_init__(self) -> None:
        if self.chains < 8 or self.sweeps < 1:
            msg = f"a belief needs at least 8 chains and 1 sweep, not {self.chains} and {self.sweeps}"
            raise ValueError(msg)

    @classmethod
    def fit_for(cls, skills: int) -> Effort:
        """Less work for larger graphs, so that an answer does not keep a person waiting."""
        if skills <= 400:
            return cls(160, 2)
        return cls(112, 1) if skills <= 2000 else cls(64, 1)


@dataclass(frozen=True)
class Prior:
    """Parameters made ready for belief: shared by all people to whom they apply.

    Compiling takes some 10 ms for 1 000 skills; keep one.

    Attributes:
        parameters: what it was made of.
        effort: how much work each belief gets. Default: what the size of the graph allows.
    """

    parameters: Parameters
    effort: Effort = field(default=None)  # type: ignore[assignment]  # set below: it depends on the graph
    models: tuple[Model, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        needs = self.parameters.needs
        if self.effort is None:
            object.__setattr__(self, "effort", Effort.fit_for(len(needs)))
        object.__setattr__(self, "models", tuple(Model.of(needs, c) for c in self.parameters.components))

    @property
    def size(self) -> int:
        """How many skills."""
        return len(self.parameters.needs)


@dataclass(frozen=True, eq=False)
class Belief:
    """What the observations of one person say about each skill of a graph, with the coupling between skills.

    A value: `update` returns a new belief. It is a pure function of the prior, the seed and the observations in
    their order: `Belief.of(prior, seen, seed)` equals updating one by one, bit for bit on one machine with one
    version of NumPy. Orders other than the given one agree up to the error of sampling.

    Attributes:
        prior: what was assumed beforehand.
        seed: names the stream of chance.
        seen: the observations so far.
        p: P(known) for each position, shape (n,); read-only.
    """

    prior: Prior
    seed: int
    seen: tuple[Observation, ...]
    p: Floats
    _strands: tuple[Strand, ...] = field(repr=False)
    _first: Floats = field(repr=False)
    _moves: tuple[Singles, ...] = field(repr=False, default=())
    _tally: tuple[float, float] = field(repr=False, default=(0.0, 0.0))

    @classmethod
    def start(cls, prior: Prior, seed: int = 0) -> Belief:
        """The belief about someone of whom nothing was seen."""
        rng = np.random.default_rng([seed, 0])
        components = prior.parameters.components
        total = sum(c.weight for c in components)
        strands = []
        for model, c in zip(prior.models, components, strict=True):
            share = c.weight / total
            count = max(8, round(prior.effort.chains * _portion(share, len(components))))
            sight = Sight(np.zeros(prior.size), c.hole, c.stray)
            strands.append(Strand(Chains.drawn(model, count, rng), sight, float(np.log(share))))
        p = _known(strands)
        return cls(prior, seed, (), p, tuple(strands), p)

    @classmethod
    def of(cls, prior: Prior, seen: Iterable[Observation], seed: int = 0) -> Belief:
        """The belief that some observations, in their order, amount to."""
        belief = cls.start(prior, seed)
        for observation in seen:
            belief = belief.update(observation)
        return belief

    def update(self, observation: Observation) -> Belief:
        """The belief after one more observation.

        Raises:
            IndexError: the observation is of a skill that the graph does not have.
        """
        return self._after((observation,), self.prior.effort.sweeps)

    def learn(self, observations: Iterable[Observation]) -> Belief:
        """The belief after many observations of the past: less than half of the work of taking them in one by one.

        They are weighed a few at a time, and the chains move long at the end. It agrees with `update` up to the
        error of sampling.

        Raises:
            IndexError: an observation is of a skill that the graph does not have.
        """
        belief, rest = self, tuple(observations)
        while rest:
            seen, rest = rest[:TOGETHER], rest[TOGETHER:]
            belief = belief._after(seen, self.prior.effort.sweeps if rest else LONG)
        return belief

    def _after(self, seen: Sequence[Observation], sweeps: int) -> Belief:
        """Weigh the chains by each observation in turn, then let them move under all that was seen."""
        rng = np.random.default_rng([self.seed, len(self.seen) + 1])
        strands = [strand.copy() for strand in self._strands]
        moves, tally = [], self._tally
        for observation in seen:
            if observation.position >= self.prior.size:
                msg = f"position {observation.position} is not in a graph of {self.prior.size} skills"
                raise IndexError(msg)
            shares = _shares(strands)
            pairs = [strand.absorb(observation, rng) for strand in strands]
            move = logit(_shares(strands) @ np.stack([later for _, later in pairs]))
            move -= logit(shares @ np.stack([earlier for earlier, _ in pairs]))
            moves.append(move.astype(np.float32))
            tally = self._count(tally, observation)
        strands = self._worthwhile(strands, rng)
        for strand in strands:
            strand.settle(rng, sweeps)
        return replace(
            self,
            seen=(*self.seen, *seen),
            p=_known(strands),
            _strands=tuple(strands),
            _moves=(*self._moves, *moves),
            _tally=tally,
        )

    def _worthwhile(self, strands: Sequence[Strand], rng: np.random.Generator) -> list[Strand]:
        """The strands that still matter; they take over the chains of those that do not."""
        shares = _shares(strands)
        kept = [s for s, share in zip(strands, shares, strict=True) if share >= NEGLIGIBLE]
        if len(kept) < len(strands):
            for strand in kept:
                count = self.prior.effort.chains * _portion(float(shares[strands.index(strand)]), len(kept))
                strand.resize(max(8, round(count)), rng)
        return kept

    def _count(self, tally: tuple[float, float], observation: Observation) -> tuple[float, float]:
        """The sums behind `surprise` with one more observation."""
        p = float(self.p[observation.position])
        foretold = p * observation.if_known + (1 - p) * observation.if_not
        foretold = min(max(foretold, 1e-6), 1 - 1e-6)
        odds = float(np.log(foretold / (1 - foretold)))
        excess, variance = tally
        return excess - (1 - foretold) * odds, variance + foretold * (1 - foretold) * odds**2

    @property
    def surprise(self) -> float:
        """By how many standard deviations the observations were less likely than the belief foretold.

        About standard normal where the belief is right. Large positive values say that it is too sure of itself.
        """
        excess, variance = self._tally
        return excess / float(np.sqrt(variance)) if variance > 0 else 0.0

    def why(self, position: int) -> Explanation:
        """Why a skill is believed known or not: what each observation did to its log odds when it came."""
        prior, now = float(logit(self._first)[position]), float(logit(self.p)[position])
        weights = [float(move[position]) for move in self._moves]
        influences = [Influence(i, self.seen[i], w) for i, w in enumerate(weights)]
        influences.sort(key=lambda influence: -abs(influence.weight))
        return Explanation(position, prior, now, tuple(influences), now - prior - sum(weights))

    @property
    def memory(self) -> int:
        """Bytes held for this belief alone, without what it shares with others through its prior."""
        held = self.p.nbytes + sum(move.nbytes for move in self._moves)
        return held + sum(strand.memory for strand in self._strands)

    def shares(self) -> dict[str, float]:
        """How much of the belief lies with each way of knowing."""
        shares = _shares(self._strands)
        names = ["sought" if s.chains.model.flipped else "climbed" for s in self._strands]
        return {name: float(share) for name, share in zip(names, shares, strict=True)}

    def samples(self) -> tuple[Singles, Singles]:
        """States that stand for the belief.

        Returns:
            P(known) in each of K states, shape (n, K), where K is the number of chains, and the weight of each,
            shape (K,), adding up to 1.
        """
        parts, weights = [], []
        for strand, share in zip(self._strands, _shares(self._strands), strict=True):
            model = strand.chains.model
            s = strand.chains.u[model.layout.row] ^ model.flipped
            yes, no = (x[:, None].astype(np.float32) for x in strand.sight.given())
            parts.append(np.where(s, yes, no))
            weights.append((share * strand.weights).astype(np.float32))
        return np.hstack(parts), np.concatenate(weights)


def _portion(share: float, count: int) -> float:
    """The part of the chains that a component gets: a third is dealt out evenly, so that none starves."""
    return share if count == 1 else share * 2 / 3 + 1 / (3 * count)


def _shares(strands: Sequence[Strand]) -> Floats:
    logs = np.array([s.log_weight for s in strands])
    weights = np.exp(logs - logs.max())
    return np.asarray(weights / weights.sum())


def _known(strands: Sequence[Strand]) -> Floats:
    """P(known) per position over all strands."""
    p = np.asarray(_shares(strands) @ np.stack([strand.p for strand in strands]))
    p.setflags(write=False)
    return p
