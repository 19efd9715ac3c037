"""The playgrounds of a curriculum: found, placed and examined."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cairn.curriculum import Problem
from cairn.playgrounds.stage import FILE, Spec, Stage
from cairn.study.atlas import Atlas
from cairn.study.checking import folder_of


@dataclass(frozen=True, slots=True)
class PlayAudit:
    """How many playgrounds there are, and what must be mended."""

    total: int
    problems: tuple[Problem, ...]


def playgrounds(atlas: Atlas, stage: Stage) -> dict[str, tuple[str, Spec]]:
    """Every playground by id, with its topic, in the order of the curriculum."""
    found: dict[str, tuple[str, Spec]] = {}
    for topic in atlas.curriculum.topics.values():
        for spec in stage.of(folder_of(topic)):
            found.setdefault(spec.id, (topic.id, spec))
    return found


def audit_playgrounds(atlas: Atlas, stage: Stage, topics: Iterable[str] | None = None) -> PlayAudit:
    """Show the playgrounds of some topics, or of all, at their defaults and at both ends of each control."""
    curriculum = atlas.curriculum
    chosen = None if topics is None else set(topics)
    seen: dict[str, str] = {}
    problems: list[Problem] = []
    total = 0
    for topic in curriculum.topics.values():
        folder = folder_of(topic)
        if not stage.has(folder):
            continue
        file = f"{folder}/{FILE}"
        specs = stage.of(folder)
        for spec in specs:
            if spec.id in seen:
                message = f"the playground {spec.id!r} exists already, in {seen[spec.id]}"
                problems.append(Problem(file, spec.line, "playground-twice", message, "give it another id"))
            seen[spec.id] = file
            problems += _sources(atlas, file, spec)
        if chosen is None or topic.id in chosen:
            total += len(specs)
            problems += [
                Problem(file, f.line, f"playground-{f.code}", f.message, f.hint)
                for f in stage.examine(folder)
            ]
    return PlayAudit(total, tuple(problems))


def _sources(atlas: Atlas, file: str, spec: Spec) -> Iterable[Problem]:
    known = {*atlas.curriculum.resources, *atlas.curriculum.papers}
    for name in spec.sources:
        if name not in known:
            message = f"{spec.id} cites {name!r}, which is neither a resource nor a paper"
            yield Problem(file, spec.line, "playground-source", message, "use an id of resources/ or papers/")
