"""How quickly the gap is found: on the real map, and on 100 000 topics beside networkx and rustworkx.

All three answer the same question: everything below some goals less everything below what is known, in a
learning order. networkx and rustworkx get their graph built beforehand, as Cairn does. A peer's order is the
restriction of a topological order made beforehand, which is the quickest it can do.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

import networkx as nx
import rustworkx as rx
from _table import Row, arguments, report, timed

from cairn.app import load
from cairn.curriculum import Graph
from cairn.planning import missing

TARGETS = ("scaled-dot-product-attention", "backpropagation", "dpo", "lora", "flash-attention", "llm-roadmap")


def synthetic(topics: int, edges: int, seed: int) -> dict[int, list[int]]:
    """A random acyclic graph whose edges mostly reach a short way back, as prerequisites do."""
    rng = random.Random(seed)
    requires: dict[int, list[int]] = {i: [] for i in range(topics)}
    for _ in range(edges):
        node = rng.randrange(1, topics)
        reach = min(node, max(1, int(rng.paretovariate(0.6) * 20)))
        requires[node].append(node - rng.randint(1, reach))
    return {node: sorted(set(needed)) for node, needed in requires.items()}


def real(times: int) -> list[Row]:
    """The real map: each target from nothing, with all that a document needs."""
    atlas = load(Path(__file__).parent.parent / "curriculum")

    def row(target: str) -> Row:
        task = f"real map: gap to {target} ({len(atlas.gap(target).skills)} skills)"
        return timed(task, "cairn", lambda: atlas.gap(target).steps, times, target=5.0)

    return [row(target) for target in TARGETS]


def large(topics: int, edges: int, times: int) -> list[Row]:
    """The synthetic map: ten goals from late in the order, ten known skills from the middle."""
    requires = synthetic(topics, edges, seed=7)
    rng = random.Random(11)
    wanted = rng.sample(range(topics * 9 // 10, topics), 10)
    known = rng.sample(range(topics * 2 // 5, topics * 3 // 5), 10)

    graph = Graph.build(requires)
    pairs = [(p, n) for n, needed in requires.items() for p in needed]
    net = nx.DiGraph()
    net.add_nodes_from(requires)
    net.add_edges_from(pairs)
    net_rank = {n: i for i, n in enumerate(nx.topological_sort(net))}
    rust = rx.PyDiGraph()
    rust.add_nodes_from(list(requires))
    rust.add_edges_from_no_data(pairs)
    rust_rank = {n: i for i, n in enumerate(rx.topological_sort(rust))}

    def by_networkx() -> list[int]:
        have = set(known).union(*(nx.ancestors(net, n) for n in known))
        need = set(wanted).union(*(nx.ancestors(net, n) for n in wanted))
        return sorted(need - have, key=net_rank.__getitem__)

    def by_networkx_once() -> list[int]:
        """One sweep from a source that stands for all goals: the way an expert in networkx would do it."""
        have = {n for layer in nx.bfs_layers(back, known) for n in layer}
        need = {n for layer in nx.bfs_layers(back, wanted) for n in layer}
        return sorted(need - have, key=net_rank.__getitem__)

    def by_rustworkx() -> list[int]:
        have = set(known).union(*(rx.ancestors(rust, n) for n in known))
        need = set(wanted).union(*(rx.ancestors(rust, n) for n in wanted))
        return sorted(need - have, key=rust_rank.__getitem__)

    def by_rustworkx_once() -> list[int]:
        have = {n for layer in rx.bfs_layers(rust_back, known) for n in layer}
        need = {n for layer in rx.bfs_layers(rust_back, wanted) for n in layer}
        return sorted(need - have, key=rust_rank.__getitem__)

    back = net.reverse(copy=False)
    rust_back = rust.copy()
    rust_back.reverse()
    answers = {frozenset(f()) for f in (by_networkx, by_networkx_once, by_rustworkx, by_rustworkx_once)}
    ours = missing(graph, wanted, known)
    assert answers == {frozenset(graph.nodes[i] for i in ours)}, "the peers disagree"
    task = f"{topics} topics, {len(pairs)} edges: gap of {len(ours)}"
    return [
        timed(task, "cairn", lambda: missing(graph, wanted, known), times, target=100.0),
        timed(task, "networkx", by_networkx, max(3, times // 4), note="ancestors of each goal"),
        timed(task, "networkx", by_networkx_once, times, note="one sweep for all goals"),
        timed(task, "rustworkx", by_rustworkx, times, note="ancestors of each goal"),
        timed(task, "rustworkx", by_rustworkx_once, times, note="one sweep for all goals"),
    ]


def main() -> int:
    """Run and print."""
    options = arguments(__doc__ or "")
    times = 5 if options.quick else 21
    rows = real(times)
    rows += large(10_000, 40_000, times) if options.quick else large(100_000, 400_000, times)
    return report("Finding the gap", rows, options.json)


if __name__ == "__main__":
    sys.exit(main())
