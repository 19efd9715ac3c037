"""How many questions until it is known what a learner knows: ours beside others, on simulated learners.

    python bench/diagnosis.py [--quick] [--json] [--learners N] [--peers N] [--only NAME] [--lines FILE]

300 skills in 12 layers; slip 0.1, guess 0.2; three kinds of learner (see `learners/kinds.py`). All methods meet
the same learners with the same answers and know the states of the same 1 000 others of that population; ours
is not told which kind it is. Accuracy is the share of skills called rightly, averaged over learners.
"""

from __future__ import annotations

# ruff: noqa: E402  # the environment is set before NumPy is imported
import os

for _threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_threads, "1")  # as the command does; before NumPy

import argparse
import json
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from _peers import Ability, Catsim, Curves, Peer, Rules, Tracing
from _table import machine
from learners import Answers, Channel, World, draw, layered, shipped, with_wrong_edges
from learners.graphs import Floats
from learners.kinds import States, difficulty, waves

from cairn.curriculum import Graph
from cairn.learner.belief import Belief, Component, Kind, Observation, Parameters, Prior
from cairn.learner.belief.population import evidence_of_states, fit
from cairn.learner.diagnosis import Candidate, Diagnosis

OTHERS, QUESTIONS, LEVELS = 1000, 60, (0.9, 0.95, 0.98)
SHOWN = (0, 10, 20, 26, 30, 52, 60)
TARGETS = {
    "A": {26: 0.95, 52: 0.98}, "B": {30: 0.935, 60: 0.965}, "C": {30: 0.925, 60: 0.945},
}  # fmt: skip
CALIBRATION = {"A": 0.02, "B": 0.03, "C": 0.03}


@dataclass(frozen=True)
class Line:
    """One method on one population.

    Attributes:
        accuracy: mean accuracy after so many questions.
        error: standard error of the accuracy after 30.
        needed: first number of questions after which mean accuracy is at least the level; None: not by the end.
        ece: expected calibration error after 20 questions, ten bins.
        ms: processor time per question in milliseconds, choice and update together.
    """

    population: str
    method: str
    learners: int
    accuracy: dict[int, float]
    error: float
    needed: dict[str, int | None]
    ece: float
    ms: float
    missed: list[str] = field(default_factory=list)


class Ours:
    """Our diagnosis as a peer."""

    def __init__(self, prior: Prior, told: Channel, choose: str = "look ahead") -> None:
        self._prior, self._told, self._choose = prior, told, choose
        self._rng = np.random.default_rng(5)
        self._person = 0
        n = prior.size
        self._candidates = [Candidate(i, float(told.slip[i]), float(told.guess[i])) for i in range(n)]

    def reset(self) -> Ours:
        """Begin with a new learner."""
        self._person += 1
        self._belief = Belief.start(self._prior, seed=self._person)
        return self

    def pick(self, open_: States) -> int:
        """The diagnosis' choice, or plain halving, or chance."""
        places = np.flatnonzero(open_)
        if self._choose == "random":
            return int(self._rng.choice(places))
        if self._choose == "half-split":
            return int(places[np.argmin(np.abs(self._belief.p[places] - 0.5))])
        candidates = [self._candidates[i] for i in places.tolist()]
        choice = Diagnosis(self._belief, range(self._prior.size), candidates).next()
        assert choice is not None
        return choice.candidate.position

    def take(self, skill: int, *, right: bool) -> None:
        """Update the belief."""
        self._belief = self._belief.update(self._candidates[skill].observe(right=right))

    def known(self) -> Floats:
        """P(known)."""
        return self._belief.p


def examine(
    population: str, method: str, make: Callable[[], Peer], states: States, channel: Channel, questions: int
) -> Line:
    """Examine each learner by a method."""
    answers = Answers(states, channel, seed=3)
    right = np.zeros((len(states), questions + 1))
    bins: list[tuple[Floats, States]] = []
    spent = 0.0
    for person, state in enumerate(states):
        begin = time.process_time()
        peer = make()
        right[person, 0] = ((peer.known() > 0.5) == state).mean()
        for number in range(1, questions + 1):
            skill = peer.pick(answers.open(person))
            peer.take(skill, right=answers.ask(person, skill))
            right[person, number] = ((peer.known() > 0.5) == state).mean()
            if number == 20:
                bins.append((np.array(peer.known()), state))
        spent += time.process_time() - begin
    mean = right.mean(axis=0)
    line = Line(
        population, method, len(states),
        {q: round(float(mean[q]), 4) for q in SHOWN if q <= questions},
        float(right[:, min(30, questions)].std() / len(states) ** 0.5),
        {f"{level:.0%}": next((q for q, a in enumerate(mean) if a >= level), None) for level in LEVELS},
        round(calibration_error(bins), 4),
        round(spent * 1000 / len(states) / questions, 2),
    )  # fmt: skip
    if method == "ours" and population in TARGETS:
        line.missed.extend(
            f"{goal} after {q}: {line.accuracy[q]}"
            for q, goal in TARGETS[population].items() if q in line.accuracy and line.accuracy[q] < goal
        )  # fmt: skip
        if line.ece > CALIBRATION[population]:
            line.missed.append(f"calibration error {CALIBRATION[population]}: {line.ece}")
    return line


def calibration_error(pairs: Sequence[tuple[Floats, States]]) -> float:
    """Expected calibration error in ten bins of equal width."""
    p = np.concatenate([p for p, _ in pairs])
    y = np.concatenate([y for _, y in pairs])
    which = np.minimum((p * 10).astype(int), 9)
    return float(sum(
        abs(p[which == b].mean() - y[which == b].mean()) * (which == b).mean() for b in range(10) if (which == b).any()
    ))  # fmt: skip


def fitted(graph: Graph[int], others: States) -> Prior:
    """Our prior for a population, learned from other learners' states."""
    return Prior(fit(graph.needs, evidence_of_states(others), np.random.default_rng(0)))


def oracle(world: World) -> Prior:
    """The generator of kind A itself as prior."""
    component = Component(
        Kind.CLIMBED, 1.0,
        2.6 - 1.8 * difficulty(world),
        np.hstack([np.full((len(world), 1), 1.8), 1.8 * waves(world).T]),
        np.full(world.graph.edges, 1e-3), 1e-3, 1e-3,
    )  # fmt: skip
    return Prior(Parameters(world.graph.needs, (component,)))


class Priors:
    """Our priors, each fitted when first asked for."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._made: dict[str, Prior] = {}

    def of(self, name: str) -> Prior:
        """The prior learned from the states of 1 000 others of a kind, or one of the special ones."""
        if name not in self._made:
            self._made[name] = self._make(name)
        return self._made[name]

    def _make(self, name: str) -> Prior:
        world = self.world
        if name == "oracle":
            return oracle(world)
        if name == "general":
            return Prior(Parameters.general(world.graph.needs))
        if name == "wrong edges":
            return fitted(with_wrong_edges(world, 0.1, seed=4), draw("A", world, OTHERS, 100))
        if name == "answers":
            evidence = answered(draw("A", world, OTHERS, 100), np.random.default_rng(12))
            return Prior(fit(world.graph.needs, evidence, np.random.default_rng(0)))
        return fitted(world.graph, draw(name, world, OTHERS, 100))


@dataclass(frozen=True)
class Cell:
    """One line to be measured: who is examined by what, told what, answering how."""

    population: str
    method: str
    make: Callable[[], Callable[[], Peer]]
    answers: Channel
    mine: bool = False
    most: int = QUESTIONS
    limit: int = 10**6


def cells(world: World) -> Iterator[Cell]:
    """All lines, ours first."""
    n, priors = len(world), Priors(world)
    told = Channel.same(n)

    def ours(
        prior: str, channel: Channel = told, choose: str = "look ahead"
    ) -> Callable[[], Callable[[], Peer]]:
        return lambda: Ours(priors.of(prior), channel, choose).reset

    for kind in "ABC":
        yield Cell(kind, "ours", ours(kind), told, mine=True)
    varied = Channel.varied(n, seed=8)
    yield Cell("A", "ours, told slip .05 guess .1", ours("A", Channel.same(n, 0.05, 0.1)), told)
    yield Cell("A", "ours, told slip .2 guess .4", ours("A", Channel.same(n, 0.2, 0.4)), told)
    yield Cell("A", "ours, items vary, told means", ours("A"), varied)
    yield Cell("A", "ours, items vary, told each", ours("A", varied), varied)
    yield Cell("A", "ours, a tenth of edges wrong", ours("wrong edges"), told)
    yield Cell("A", "ours, others' answers only", ours("answers"), told)
    yield Cell("A", "ours, oracle prior", ours("oracle"), told)
    for kind in "ABC":
        yield Cell(kind, "ours, nothing learned", ours("general"), told)
        yield Cell(kind, "ours, others mixed", ours("ABC"), told)
        yield Cell(kind, "ours, half-split", ours(kind, choose="half-split"), told)
        yield Cell(kind, "ours, random questions", ours(kind, choose="random"), told)
        yield from peers(world, kind, told)


def peers(world: World, kind: str, told: Channel) -> Iterator[Cell]:
    """The other methods on one kind."""
    others = draw(kind, world, OTHERS, 100)
    yield Cell(kind, "IRT, calibrated", lambda: Ability(told, Curves(others)).reset, told)
    yield Cell(kind, "BKT per skill", lambda: Tracing(told, others).reset, told)
    yield Cell(kind, "rules", lambda: Rules(world.graph, others).reset, told)
    if find_spec("catsim"):
        yield Cell(kind, "catsim", lambda: Catsim(told, Curves(others)).reset, told, most=30, limit=40)
    else:
        print("catsim is not installed: its rows are left out", file=sys.stderr)


def answered(others: States, rng: np.random.Generator) -> Floats:
    """What 60 answers of each of the others say, as log odds."""
    asked = np.argsort(rng.random(others.shape), axis=1)[:, :60]
    evidence = np.zeros(others.shape)
    for person, skills in enumerate(asked):
        right = rng.random(60) < np.where(others[person, skills], 0.9, 0.2)
        evidence[person, skills] = np.where(right, np.log(0.9 / 0.2), np.log(0.1 / 0.8))
    return evidence


def bound(world: World, learners: int) -> str:
    """Questions that exact identification of kind A needs in the mean: entropy over capacity."""
    prior = oracle(world)
    bits = []
    for person, state in enumerate(draw("A", world, learners, 9999)):
        rng = np.random.default_rng(person)
        z = rng.standard_normal((20_000, prior.models[0].factors))
        bits.append(-_log_mean(z, prior, world, state) / np.log(2))
    entropy, capacity = float(np.mean(bits)), _capacity(0.1, 0.2)
    return (
        f"entropy of kind A {entropy:.1f} bits, capacity {capacity:.3f} bits a question: the exact state needs "
        f"{entropy / capacity:.0f} questions in the mean"
    )


def _log_mean(z: Floats, prior: Prior, world: World, state: States) -> float:
    """Log of the mean over z of P(state | z), a plain Monte Carlo estimate; it errs low, the entropy high."""
    c = prior.parameters.components[0]
    open_ = np.array([state[list(needed)].all() for needed in world.graph.needs])
    logits = (c.bias + z @ c.loadings.T)[:, open_]
    logs = -np.logaddexp(0, np.where(state[open_], -logits, logits)).sum(axis=1)
    return float(np.logaddexp.reduce(logs) - np.log(len(z)))


def _capacity(slip: float, guess: float) -> float:
    """Capacity of one question in bits: the best mutual information over the share who know."""
    p = np.linspace(0.001, 0.999, 999)
    right = p * (1 - slip) + (1 - p) * guess

    def entropy(q: Floats) -> Floats:
        return np.asarray(-(q * np.log2(q) + (1 - q) * np.log2(1 - q)))

    each = p * entropy(np.array(slip)) + (1 - p) * entropy(np.array(guess))
    return float((entropy(right) - each).max())


def latency(sizes: Sequence[int], times: int) -> list[dict[str, float | int | str]]:
    """Time to update and to choose, on the shipped graph and on a larger one."""
    found: list[dict[str, float | int | str]] = []
    worlds = [("shipped curriculum", shipped(Path(__file__).parent.parent / "curriculum"))]
    worlds += [(f"{n} skills in layers", layered(50, n // 50, seed=2, reach=0.02)) for n in sizes]
    for name, world in worlds:
        groups = (world.strand * 32).astype(int)
        belief = Belief.start(Prior(Parameters.general(world.graph.needs, groups.tolist())))
        candidates = [Candidate(i) for i in range(len(world))]
        rng = np.random.default_rng(0)
        spans: dict[str, list[float]] = {"update": [], "next": [], "update_cpu": [], "next_cpu": []}
        for _ in range(times):
            begin, cpu = time.perf_counter(), time.process_time()
            choice = Diagnosis(belief, range(len(world)), candidates).next()
            spans["next"].append(time.perf_counter() - begin)
            spans["next_cpu"].append(time.process_time() - cpu)
            assert choice is not None
            seen: Observation = choice.candidate.observe(right=bool(rng.random() < 0.6))
            begin, cpu = time.perf_counter(), time.process_time()
            belief = belief.update(seen)
            spans["update"].append(time.perf_counter() - begin)
            spans["update_cpu"].append(time.process_time() - cpu)
        medians = {key: round(float(np.median(values)) * 1000, 1) for key, values in spans.items()}
        memory = belief.memory / 1e6
        found.append({"graph": name, "skills": len(world), "memory_mb": round(memory, 1), **medians})
    return found


def show(line: Line) -> str:
    """One line of the table."""
    accuracy = "  ".join(f"{line.accuracy[q]:.3f}" if q in line.accuracy else "  -  " for q in SHOWN)
    needed = "  ".join(f"{'>' if q is None else q!s:>3}" for q in line.needed.values())
    mark = "  MISSED " + "; ".join(line.missed) if line.missed else ""
    return (
        f"{line.population:<3} {line.method:<32} {line.learners:>4}  {accuracy}  {needed}  "
        f"{line.error:.4f}  {line.ece:.3f}  {line.ms:>6.1f}{mark}"
    )


def main() -> int:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few learners, 30 questions")
    parser.add_argument("--json", action="store_true", help="print a JSON document")
    parser.add_argument("--learners", type=int, default=200, help="learners for our own rows")
    parser.add_argument("--peers", type=int, default=80, help="learners for the other rows")
    parser.add_argument(
        "--only", action="append", help="lines whose name this expression matches, like '^A ours$'"
    )
    parser.add_argument("--lines", type=Path, help="append each line to this file as it is found, as JSON")
    options = parser.parse_args()
    count, peers_count = (12, 8) if options.quick else (options.learners, options.peers)
    questions = 30 if options.quick else QUESTIONS
    world = layered()
    if not options.json:
        print(f"{machine()}\n{len(world)} skills, {world.graph.edges} edges; {bound(world, 20)}\n")
        head = "  ".join(f"{q:>5}" for q in SHOWN)
        levels = "  ".join(f"{level:>3.0%}" for level in LEVELS)
        print(
            f"{'':<3} {'method':<32} {'n':>4}  {head}  {levels}  {'s.e.30':>6}  {'ECE20':>5}  {'cpu ms':>6}"
        )
    lines = []
    for cell in cells(world):
        name = f"{cell.population} {cell.method}"
        if options.only and not any(re.search(only, name) for only in options.only):
            continue
        some = draw(cell.population, world, min(count if cell.mine else peers_count, cell.limit), 9999)
        line = examine(
            cell.population, cell.method, cell.make(), some, cell.answers, min(questions, cell.most)
        )
        lines.append(line)
        if not options.json:
            print(show(line), flush=True)
        if options.lines:
            with options.lines.open("a") as out:
                out.write(json.dumps(asdict(line)) + "\n")
    times = (
        []
        if options.only and "latency" not in options.only
        else latency((1000,) if options.quick else (1000, 5000), 9 if options.quick else 25)
    )
    if options.json:
        document = {"format": 1, "machine": machine(), "lines": [asdict(x) for x in lines], "latency": times}
        print(json.dumps(document))
    else:
        print()
        for row in times:
            print("  ".join(f"{key} {value}" for key, value in row.items()))
    return 1 if any(line.missed for line in lines) else 0


if __name__ == "__main__":
    sys.exit(main())
