"""One name space for everything that can be found: ids, section ids, titles and aliases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from cairn.curriculum.area import Area
from cairn.curriculum.comparison import Comparison
from cairn.curriculum.curriculum import Entry, Kind, folded
from cairn.curriculum.document import Path
from cairn.curriculum.exercise import ExerciseSheet
from cairn.curriculum.paper import Paper
from cairn.curriculum.path import LearningPath
from cairn.curriculum.problem import Problem
from cairn.curriculum.question import Question
from cairn.curriculum.reading import FileText
from cairn.curriculum.resource import Resource
from cairn.curriculum.topic import Topic


def index_names(  # noqa: PLR0917
    areas: Mapping[str, Area],
    topics: Mapping[str, Topic],
    paths: Mapping[str, LearningPath],
    papers: Mapping[str, Paper],
    resources: Mapping[str, Resource],
    questions: Mapping[str, Question],
    comparisons: Mapping[str, Comparison],
    exercises: Mapping[str, ExerciseSheet],
    texts: Mapping[str, FileText],
    problems: list[Problem],
) -> tuple[dict[str, Entry], dict[str, str]]:
    """All entries by id, and the id behind each folded name.

    An id that two things share is an error, and the first keeps it. An alias that two topics share is an
    error; a title or alias that meets the title of another kind of thing is not, and the topic wins.
    """
    entries: dict[str, Entry] = {}
    where: dict[str, str] = {}
    for file, place, entry in _all(
        areas, topics, paths, papers, resources, questions, comparisons, exercises
    ):
        if entry.id in entries:
            other = entries[entry.id]
            message = f"the id {entry.id!r} of this {entry.kind.value} already names a {other.kind.value}"
            hint = f"rename one of the two; the other stands in {where[entry.id]}"
            problems.append(_at(file, place, texts, message, hint))
            continue
        entries[entry.id] = entry
        where[entry.id] = file
    names = _names(entries, topics, texts, problems)
    return entries, names


def _at(file: str, place: int | Path, texts: Mapping[str, FileText], message: str, hint: str) -> Problem:
    """A duplicate id on a line, or at a value of a file; a file that is its own id is meant as a whole."""
    if isinstance(place, int) or file not in texts:
        return Problem(file, place if isinstance(place, int) else 0, "duplicate-id", message, hint)
    return texts[file].problem(place, "duplicate-id", message, hint)


def _all(  # noqa: PLR0917
    areas: Mapping[str, Area],
    topics: Mapping[str, Topic],
    paths: Mapping[str, LearningPath],
    papers: Mapping[str, Paper],
    resources: Mapping[str, Resource],
    questions: Mapping[str, Question],
    comparisons: Mapping[str, Comparison],
    exercises: Mapping[str, ExerciseSheet],
) -> Iterator[tuple[str, int | Path, Entry]]:
    """Every entry with its file and its line or place there, the strongest claim to an id first."""
    for t in topics.values():
        yield t.file, 0, Entry(Kind.TOPIC, t.id, t.title, within=t.area, names=(t.title, *t.aliases))
    for t in topics.values():
        for s in t.sections:
            yield (
                t.file,
                s.line,
                Entry(Kind.SECTION, s.id, s.title, anchor=s.id, within=t.id, names=(s.title,)),
            )
    for a in areas.values():
        yield "curriculum.yaml", ("areas", a.id), Entry(Kind.AREA, a.id, a.title, names=(a.title, *a.aliases))
    for p in paths.values():
        yield p.file, 0, Entry(Kind.PATH, p.id, p.title, names=(p.title,))
        for i, phase in enumerate(p.phases):
            entry = Entry(
                Kind.PHASE, phase.id, phase.title, anchor=phase.id, within=p.id, names=(phase.title,)
            )
            yield p.file, ("phases", i, "id"), entry
        for i, track in enumerate(p.tracks):
            entry = Entry(
                Kind.TRACK, track.id, track.title, anchor=track.id, within=p.id, names=(track.title,)
            )
            yield p.file, ("tracks", i, "id"), entry
    for paper in papers.values():
        yield paper.file, 0, Entry(Kind.PAPER, paper.id, paper.title, names=(paper.title,))
    for r in resources.values():
        yield r.file, ("resources", r.id), Entry(Kind.RESOURCE, r.id, r.title, names=(r.title, *r.by))
    for q in questions.values():
        yield q.file, ("questions", q.id), Entry(Kind.QUESTION, q.id, q.ask, names=(q.ask,))
    for x in exercises.values():
        yield x.file, 0, Entry(Kind.EXERCISE, x.id, x.title, names=(x.title,))
    for c in comparisons.values():
        yield c.file, 0, Entry(Kind.COMPARISON, c.id, c.title, names=(c.title,))


def _names(
    entries: Mapping[str, Entry],
    topics: Mapping[str, Topic],
    texts: Mapping[str, FileText],
    problems: list[Problem],
) -> dict[str, str]:
    names: dict[str, str] = {}
    for entry in entries.values():
        names.setdefault(folded(entry.id), entry.id)
    owner: dict[str, str] = {}
    for topic in topics.values():
        claimed: list[tuple[str, Path, str]] = [("title", (), topic.title)]
        claimed += [("aliases", (i,), alias) for i, alias in enumerate(topic.aliases)]
        for field, rest, name in claimed:
            key = folded(name)
            if not key:
                continue
            other = owner.get(key)
            taken = names.get(key)
            if (
                other is None
                and taken is not None
                and entries[taken].kind is Kind.TOPIC
                and taken != topic.id
            ):
                other = taken
            if other is not None and other != topic.id:
                message = f"{name!r} already names the topic {other!r}"
                path: Path = (field, *rest)
                problems.append(
                    texts[topic.file].problem(path, "duplicate-alias", message, "keep it on one of the two")
                )
                continue
            owner[key] = topic.id
            names[key] = topic.id if _may_take(entries, names.get(key)) else names[key]
    _rest(entries.values(), names)
    return names


def _may_take(entries: Mapping[str, Entry], holder: str | None) -> bool:
    """Whether a topic's name may displace the present holder of a folded name: not another id's own."""
    return holder is None or entries[holder].kind is not Kind.SECTION


def _rest(entries: Iterable[Entry], names: dict[str, str]) -> None:
    for entry in entries:
        for name in entry.names:
            if folded(name):
                names.setdefault(folded(name), entry.id)
