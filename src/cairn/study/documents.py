"""The JSON documents that others may rely on. Each object carries `format`; keys are added, never removed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from cairn.curriculum import Curriculum, Entry, Kind, Problem, Skill
from cairn.curriculum.linter import Report
from cairn.curriculum.topic import Topic
from cairn.planning import Gap, Hours, Pace, UnknownTargetError
from cairn.planning.gap import total
from cairn.study.atlas import Atlas

if TYPE_CHECKING:
    from cairn.curriculum.items.item import Item
    from cairn.curriculum.items.linter import ItemReport
    from cairn.study.checking import Audit
    from cairn.study.diagnosing import Picture, Progress
    from cairn.study.proof import Proof

FORMAT = 1
Document = dict[str, Any]


def found(query: str, entry: Entry | None) -> Document:
    """One row of `cairn find`. `id`, `kind`, `title` and `anchor` are null when nothing was found."""
    if entry is None:
        return {"query": query, "id": None, "kind": None, "title": None, "anchor": None}
    page = entry.within if entry.kind is Kind.SECTION else entry.id
    return {
        "query": query,
        "id": entry.id,
        "kind": entry.kind.value,
        "title": entry.title,
        "anchor": f"{page}#{entry.anchor}" if entry.kind is Kind.SECTION else (entry.anchor or None),
        "within": entry.within or None,
    }


def gap(result: Gap, curriculum: Curriculum) -> Document:
    """The document of `cairn gap`: skills in learning order with hours, reasons and what each unlocks."""
    ids = [t.entry.id for t in result.targets]
    return {
        "format": FORMAT,
        "target": ids[0] if len(ids) == 1 else ids,
        "targets": [
            {
                "id": t.entry.id,
                "kind": t.entry.kind.value,
                "title": t.entry.title,
                "skills": list(map(str, t.skills)),
            }
            for t in result.targets
        ],
        "skills": [
            {
                "skill": str(step.skill),
                "topic": step.skill.topic,
                "level": step.skill.level.value,
                "title": curriculum.topics[step.skill.topic].title,
                "can": curriculum.topics[step.skill.topic].levels[step.skill.level].can,
                "hours": list(step.hours),
                "because": step.because,
                "unlocks": list(map(str, step.needed_by)),
                "requires": list(map(str, step.needs)),
                "target": step.is_target,
            }
            for step in result.steps
        ],
        "hours": list(result.hours),
        "topics": len(result.topics),
        "known": list(map(str, result.known)),
        "skipped": [{"id": s.id, "hours": list(s.hours), "reason": s.reason} for s in result.skipped],
    }


def standing(targets: Sequence[str], picture: Picture, end: Progress) -> Document:
    """The document of `cairn diagnose`: the belief in each skill of the goal, and the gap that follows."""
    return {
        "format": FORMAT,
        "target": targets[0] if len(targets) == 1 else list(targets),
        "skills": {str(skill): round(p, 4) for skill, p in picture.p.items()},
        "asked": end.asked,
        "minutes": round(end.minutes, 1),
        "known": list(map(str, picture.known)),
        "unsure": list(map(str, picture.unsure)),
        "unknown": list(map(str, picture.unknown)),
        "expected_errors": round(picture.summary.errors, 2),
        "stop": end.stop.value if end.stop else None,
        "gap": list(map(str, picture.gap.skills)) if picture.gap else None,
    }


def show(atlas: Atlas, text: str, background: str | None = None) -> Document:
    """The document of `cairn show`: one thing with all there is to say about it.

    Raises:
        UnknownTargetError: nothing has this name.
    """
    curriculum = atlas.curriculum
    entry = curriculum.resolve(text)
    if entry is None:
        raise UnknownTargetError(text)
    pace = atlas.pace(background)
    head = {"format": FORMAT, "id": entry.id, "kind": entry.kind.value, "title": entry.title}
    match entry.kind:
        case Kind.TOPIC:
            return head | _topic(curriculum.topics[entry.id], curriculum, pace)
        case Kind.SECTION:
            topic = curriculum.topics[entry.within]
            return head | {"topic": topic.id, "anchor": entry.anchor} | _needs(topic.skills, curriculum, pace)
        case Kind.SKILL:
            skill = Skill.parse(entry.id)
            topic = curriculum.topics[skill.topic]
            extra = {"topic": topic.id, "level": skill.level.value, "can": topic.levels[skill.level].can}
            return head | extra | {"items": _items([skill], curriculum)} | _needs([skill], curriculum, pace)
        case Kind.AREA:
            topics = curriculum.topics_of(entry.id)
            skills = [s for t in topics for s in t.skills]
            area = curriculum.areas[entry.id]
            inside: Document = {
                "summary": area.summary,
                "within": area.within,
                "topics": [t.id for t in topics],
            }
            return head | inside | {"requires": [], "hours": list(total(map(pace.hours, skills)))}
    return head | _record(atlas, entry, pace)


def _record(atlas: Atlas, entry: Entry, pace: Pace) -> Document:
    """A thing that is stored as one record: all its fields as they stand in the file."""
    c = atlas.curriculum
    stores: Mapping[Kind, Any] = {
        Kind.PATH: c.paths.get,
        Kind.PHASE: c.phase,
        Kind.TRACK: c.track,
        Kind.PAPER: c.papers.get,
        Kind.RESOURCE: c.resources.get,
        Kind.QUESTION: c.questions.get,
        Kind.COMPARISON: c.comparisons.get,
        Kind.EXERCISE: c.exercises.get,
    }
    record: Document = _plain(stores[entry.kind](entry.id))
    for name in ("id", "title", "file"):
        record.pop(name, None)
    if "kind" in record:
        record["shape"] = record.pop("kind")
    try:
        skills: Sequence[Skill] = atlas.target(entry.id).skills
    except UnknownTargetError:
        skills = ()
    gap_hours = atlas.gap(entry.id).hours if skills else (0.0, 0.0)
    asks = [{"skill": str(s), "reason": f"{entry.title} asks for it."} for s in skills]
    own = list(total(map(pace.hours, skills)))
    return record | {"requires": asks, "hours": own, "hours_from_nothing": list(gap_hours)}


def _topic(topic: Topic, curriculum: Curriculum, pace: Pace) -> Document:
    return {
        "summary": topic.summary,
        "aliases": list(topic.aliases),
        "area": topic.area,
        "status": topic.status.value,
        "levels": {
            s.level.value: {"hours": list(pace.hours(s)), "can": topic.levels[s.level].can}
            for s in topic.skills
        },
        "sections": [{"id": s.id, "title": s.title} for s in topic.sections],
        "sources": [{"of": s.of, "role": s.role.value, "at": s.at} for s in topic.sources],
        "contains": {
            str(Skill(topic.id, lv)): {str(s): w for s, w in ws.items()} for lv, ws in topic.contains.items()
        },
        "skip_unless": topic.skip_unless,
        "items": _items(topic.skills, curriculum),
    } | _needs(topic.skills, curriculum, pace)


def _items(skills: Sequence[Skill], curriculum: Curriculum) -> list[Document]:
    """The items that test some skills of a topic, in the order of the levels. Reads the topic's items."""
    return [item(i) for skill in skills for i in curriculum.items.of(skill)]


def item(found_item: Item) -> Document:
    """What can be said of an item before it is drawn."""
    return {
        "id": found_item.id,
        "skill": str(found_item.skill),
        "kind": found_item.kind.value,
        "minutes": found_item.sheet.minutes,
    }


def _needs(skills: Sequence[Skill], curriculum: Curriculum, pace: Pace) -> Document:
    graph = curriculum.graph
    requires = [
        {"skill": str(needed), "reason": curriculum.reasons[(skill, needed)], "for": str(skill)}
        for skill in skills
        for needed in (graph.nodes[i] for i in graph.needs[graph.position[skill]])
        if (skill, needed) in curriculum.reasons
    ]
    users = sorted({j for s in skills for j in graph.unlocks[graph.position[s]]})
    unlocks = [str(graph.nodes[j]) for j in users if graph.nodes[j].topic != skills[0].topic]
    hours: Hours = total(map(pace.hours, skills))
    return {"requires": requires, "unlocks": unlocks, "hours": list(hours)}


def report(
    result: Report, proof: Proof | None = None, items: ItemReport | None = None, audit: Audit | None = None,
    playgrounds: int = 0,
) -> Document:  # fmt: skip
    """The document of `cairn lint`."""
    return {
        "format": FORMAT,
        "errors": [problem(p) for p in result.errors],
        "warnings": [problem(p) for p in result.warnings],
        "topics": result.topics,
        "skills": result.skills,
        "edges": result.edges,
        "pages": result.pages,
        "drafts": result.drafts,
        **_item_counts(items),
        "exercises": result.exercises,
        "questions": {"total": result.questions, "answered": result.answers},
        "claims": {"total": audit.total if audit else 0, "verified": audit.verified if audit else 0},
        "playgrounds": playgrounds,
        "mutation": {
            "score": proof.score if proof else None,
            "survivors": list(proof.survivors) if proof else [],
        },
    }


def _item_counts(items: ItemReport | None) -> Document:
    """How many items there are, of which kinds, for which skills, and what was drawn to check them."""
    if items is None:
        return {"items": 0}
    return {
        "items": items.items,
        "item_kinds": dict(sorted(items.kinds.items())),
        "variants": items.variants,
        "coverage": {str(skill): count for skill, count in sorted(items.coverage.items(), key=str)},
        "unproved": items.unproved,
    }


def problem(found_problem: Problem) -> Document:
    """One finding of the loader or linter."""
    return {
        "file": found_problem.file,
        "line": found_problem.line,
        "code": found_problem.code,
        "message": found_problem.message,
        "hint": found_problem.hint,
    }


def _plain(value: Any) -> Any:  # noqa: ANN401
    """Records, skills and read-only mappings as JSON knows them."""
    if isinstance(value, Skill):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return value
