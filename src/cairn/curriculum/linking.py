"""Tie the topics together: build the skill graph from what each topic requires."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from cairn.curriculum.area import Area
from cairn.curriculum.graph import CycleError, Graph
from cairn.curriculum.problem import Problem
from cairn.curriculum.reading import FileText
from cairn.curriculum.skill import Level, Skill
from cairn.curriculum.topic import Topic

Edges = dict[Skill, dict[Skill, str]]


def link(
    topics: Mapping[str, Topic],
    areas: Mapping[str, Area],
    texts: Mapping[str, FileText],
    problems: list[Problem],
) -> tuple[Graph[Skill], dict[tuple[Skill, Skill], str]]:
    """The skill graph in canonical learning order, and the reason of each written edge.

    Edges to skills that do not exist, and one edge of each cycle, are left out with an error.
    """
    edges: Edges = {skill: {} for topic in topics.values() for skill in topic.skills}
    for topic in topics.values():
        for level, reasons in topic.requires.items():
            for needed, reason in reasons.items():
                path = ("requires", level.value, str(needed))
                skill = Skill(topic.id, level)
                if skill not in edges:
                    continue  # reported with the levels
                if needed.topic == topic.id:
                    message = f"{skill} requires a skill of its own topic"
                    hint = "remove it: a deeper level needs the shallower ones by itself"
                    problems.append(texts[topic.file].problem(path, "self", message, hint))
                elif needed in edges:
                    edges[skill][needed] = reason
                else:
                    problems.append(_dangling(topic, needed, topics, texts[topic.file], path))
    written = {(skill, needed): reason for skill, all_ in edges.items() for needed, reason in all_.items()}
    for topic in topics.values():
        for shallow, deep in pairwise(topic.skills):
            edges[deep][shallow] = ""
    return _acyclic(edges, written, topics, areas, texts, problems), written


def _dangling(
    topic: Topic, needed: Skill, topics: Mapping[str, Topic], file: FileText, path: tuple[str, ...]
) -> Problem:
    other = topics.get(needed.topic)
    if other is not None:
        have = ", ".join(level.value for level in other.levels)
        return file.problem(
            path, "level", f"{needed.topic} has no level {needed.level.value!r}", f"it has {have}"
        )
    hint = f"add the topic with `cairn new topic {needed.topic} --area {topic.area}`, or mend the id"
    return file.problem(path, "dangling", f"{topic.id} requires the unknown topic {needed.topic!r}", hint)


def _acyclic(  # noqa: PLR0917
    edges: Edges,
    written: dict[tuple[Skill, Skill], str],
    topics: Mapping[str, Topic],
    areas: Mapping[str, Area],
    texts: Mapping[str, FileText],
    problems: list[Problem],
) -> Graph[Skill]:
    while True:
        try:
            graph = Graph.build(edges)
        except CycleError as error:
            _break(error, edges, written, topics, texts, problems)
        else:
            return Graph.build(edges, key=_learning_key(graph, topics, areas).__getitem__)


def _break(  # noqa: PLR0917
    error: CycleError,
    edges: Edges,
    written: dict[tuple[Skill, Skill], str],
    topics: Mapping[str, Topic],
    texts: Mapping[str, FileText],
    problems: list[Problem],
) -> None:
    """Report a cycle and drop one of its written edges. Edges between levels of a topic always stay."""
    cycle: list[Skill] = list(error.cycle)
    pairs = [(a, b) for a, b in zip(cycle, [*cycle[1:], cycle[0]], strict=True) if (a, b) in written]
    skill, needed = max(pairs)
    topic = topics[skill.topic]
    path = ("requires", skill.level.value, str(needed))
    hint = "remove the weakest of these requirements, or ask for a shallower level"
    problems.append(texts[topic.file].problem(path, "cycle", str(error), hint))
    del edges[skill][needed]
    del written[(skill, needed)]


def _learning_key(
    graph: Graph[Skill], topics: Mapping[str, Topic], areas: Mapping[str, Area]
) -> dict[Skill, tuple[int, int, str, int]]:
    """Foundations first: by area, then by how much lies below the topic, then levels of a topic together."""
    place = {area: i for i, area in enumerate(areas)}
    depth = graph.depths()
    base = {t.id: min(depth[graph.position[s]] for s in t.skills) for t in topics.values()}
    return {
        s: (place[topics[s.topic].area], base[s.topic], s.topic, Level(s.level).depth) for s in graph.nodes
    }
