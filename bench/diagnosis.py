"""How many questions until it is known what a learner knows: ours beside others, on simulated learners.

    python bench/diagnosis.py [--quick] [--json] [--learners N] [--peers N] [--lines FILE]

300 skills in 12 layers; slip 0.1, guess 0.2; three kinds of learner (see `learners/kinds.py`). All methods meet
the same learners with the same answers and know the states of the same 1 000 others of that population; ours
is not told which kind it is. Accuracy is the share of skills called rightly, averaged over learners.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
from _table import machine
from learners import Answers, Channel, World, draw, layered, shipped, with_wrong_edges
from learners.graphs import Floats
from learners.kinds import States, difficulty, waves
from peers import Ability, Catsim, Curves, Peer, Rules, Tracing

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


def compare(world: World, count: int, peers: int, questions: int) -> Iterator[Line]:
    """All methods on the three kinds, then the oracle, the mixed population and what may go wrong on A."""
    n = len(world)
    told = Channel.same(n)
    priors: dict[str, Prior] = {}
    for kind in "ABC":
        others, states = draw(kind, world, OTHERS, 100), draw(kind, world, count, 9999)
        priors[kind] = fitted(world.graph, others)
        yield examine(kind, "ours", Ours(priors[kind], told).reset, states, told, questions)
    yield from robustness(world, priors["A"], peers, questions)
    some = draw("A", world, peers, 9999)
    yield examine("A", "ours, oracle prior", Ours(oracle(world), told).reset, some, told, questions)
    general = Prior(Parameters.general(world.graph.needs))
    mixed = draw("ABC", world, OTHERS, 100)
    for kind in "ABC":
        some = draw(kind, world, peers, 9999)
        yield examine(kind, "ours, nothing learned", Ours(general, told).reset, some, told, questions)
        for choose in ("half-split", "random"):
            make = Ours(priors[kind], told, choose).reset
            yield examine(kind, f"ours, {choose}", make, some, told, questions)
        others = draw(kind, world, OTHERS, 100)
        curves = Curves(others)
        yield examine(kind, "IRT, calibrated", Ability(told, curves).reset, some, told, questions)
        yield examine(kind, "BKT per skill", Tracing(told, others).reset, some, told, questions)
        yield examine(kind, "rules", Rules(world.graph, others).reset, some, told, questions)
        try:
            catsim = Catsim(told, curves)
        except ImportError:
            print("catsim is not installed: its rows are left out", file=sys.stderr)
        else:
            yield examine(kind, "catsim", catsim.reset, some[:40], told, min(questions, 30))
    prior = fitted(world.graph, mixed)
    for kind in "ABC":
        some = draw(kind, world, peers, 9999)
        yield examine(kind, "ours, mixed others", Ours(prior, told).reset, some, told, questions)
    yield from answered(world, peers, questions)


def robustness(world: World, prior: Prior, count: int, questions: int) -> Iterator[Line]:
    """Kind A when what we are told is not so."""
    n = len(world)
    told, states = Channel.same(n), draw("A", world, count, 9999)
    for slip, guess in ((0.05, 0.1), (0.2, 0.4)):
        wrong = Channel.same(n, slip, guess)
        name = f"ours, told slip {slip} guess {guess}"
        yield examine("A", name, Ours(prior, wrong).reset, states, told, questions)
    varied = Channel.varied(n, seed=8)
    yield examine("A", "ours, items vary, told means", Ours(prior, told).reset, states, varied, questions)
    yield examine("A", "ours, items vary, told each", Ours(prior, varied).reset, states, varied, questions)
    graph = with_wrong_edges(world, 0.1, seed=4)
    wrong_prior = fitted(graph, draw("A", world, OTHERS, 100))
    yield examine("A", "ours, a tenth of edges wrong", Ours(wrong_prior, told).reset, states, told, questions)


def answered(world: World, count: int, questions: int) -> Iterator[Line]:
    """Kind A where of the others only 60 answers each are known, not their states."""
    n = len(world)
    told, others = Channel.same(n), draw("A", world, OTHERS, 100)
    rng = np.random.default_rng(12)
    asked = np.argsort(rng.random(others.shape), axis=1)[:, :60]
    evidence = np.zeros(others.shape)
    for person, skills in enumerate(asked):
        right = rng.random(60) < np.where(others[person, skills], 0.9, 0.2)
        evidence[person, skills] = np.where(right, np.log(0.9 / 0.2), np.log(0.1 / 0.8))
    prior = Prior(fit(world.graph.needs, evidence, rng))
    states = draw("A", world, count, 9999)
    yield examine("A", "ours, others' answers only", Ours(prior, told).reset, states, told, questions)


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
    parser.add_argument("--lines", type=Path, help="append each line to this file as it is found, as JSON")
    options = parser.parse_args()
    count, peers = (12, 8) if options.quick else (options.learners, options.peers)
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
    for line in compare(world, count, peers, questions):
        lines.append(line)
        if not options.json:
            print(show(line), flush=True)
        if options.lines:
            with options.lines.open("a") as out:
                out.write(json.dumps(asdict(line)) + "\n")
    times = latency((1000,) if options.quick else (1000, 5000), 9 if options.quick else 25)
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
