"""Turn the files of a curriculum into one value plus a list of problems.

Loading never raises on content. A file that cannot be read is left out with an error, an edge to nowhere is
dropped with an error, and so is one edge of each cycle: the rest still serves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from cairn.curriculum.area import FORMAT, Area, CurriculumFile
from cairn.curriculum.comparison import Comparison
from cairn.curriculum.curriculum import Curriculum, read_only
from cairn.curriculum.exercise import ExerciseSheet
from cairn.curriculum.items.bank import ItemBank
from cairn.curriculum.linking import link
from cairn.curriculum.model_answer import ModelAnswer
from cairn.curriculum.naming import index_names
from cairn.curriculum.paper import Paper
from cairn.curriculum.path import LearningPath
from cairn.curriculum.problem import Problem, Severity
from cairn.curriculum.question import Question, QuestionFile
from cairn.curriculum.reading import FileText, decode, front_matter, id_of, validated
from cairn.curriculum.resource import Resource, ResourceFile
from cairn.curriculum.skill import LEVELS, Level
from cairn.curriculum.topic import Depth, Section, Topic

ROOT = "curriculum.yaml"
_HEADING = re.compile(r"^###[ \t]+(?P<title>[^ \t].*)\{#(?P<id>[^{}\s]*)\}[ \t]*$")
_FENCE = re.compile(r"^[ \t]*(```|~~~)")


@dataclass(frozen=True, slots=True)
class Loaded:
    """A curriculum, what is wrong with it, and the texts the problems refer to."""

    curriculum: Curriculum
    problems: tuple[Problem, ...]
    texts: Mapping[str, FileText]
    checks: Mapping[str, str] = field(default_factory=dict)
    """The text of each topic's `claims.py`, by topic. Nothing in it was run."""

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that must be mended."""
        return tuple(p for p in self.problems if p.severity is Severity.ERROR)


def load(files: Mapping[str, bytes], problems: Iterable[Problem] = ()) -> Loaded:
    """Build a curriculum from the bytes of its files, by path relative to the curriculum folder.

    Args:
        files: relative path with `/` between parts, to content.
        problems: what the reader of the folder already found; kept in the result.
    """
    loading = _Loading(list(problems))
    for name in sorted(files):
        loading.read(name, files[name])
    return loading.finish()


class _Loading:
    """The state of one load: what has been read so far."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        self.texts: dict[str, FileText] = {}
        self.root: CurriculumFile | None = None
        self.topics: dict[str, Topic] = {}
        self.paths: dict[str, LearningPath] = {}
        self.papers: dict[str, Paper] = {}
        self.comparisons: dict[str, Comparison] = {}
        self.resources: dict[str, Resource] = {}
        self.questions: dict[str, Question] = {}
        self.exercises: dict[str, ExerciseSheet] = {}
        self.answers: dict[str, ModelAnswer] = {}
        self.items: dict[str, tuple[str, bytes]] = {}
        self.item_code: dict[str, tuple[str, bytes]] = {}
        self.checks: dict[str, str] = {}

    def read(self, name: str, data: bytes) -> None:  # noqa: PLR0912  # one kind of file after another
        """Read one file, according to where it stands."""
        parts = name.split("/")
        match parts:
            case ["curriculum.yaml"]:
                self._root(name, data)
            case ["topics", area, topic, "topic.md"]:
                self._topic(name, area, topic, data)
            case ["topics", _, topic, "questions.yaml"]:
                self.items[topic] = (name, data)  # read when first asked for
            case ["topics", _, topic, "items.py"]:
                self.item_code[topic] = (name, data)
            case ["topics", _, topic, "claims.py"]:
                self.checks[topic] = data.decode("utf-8", "replace")
            case ["topics", _, _, "playground.py"] | ["topics", _, _, "playground", _]:
                pass  # neither it nor what it is made from is run here
            case ["paths", file] if file.endswith(".yaml"):
                self._single(name, data, LearningPath, self.paths)
            case ["papers", file] if file.endswith(".yaml"):
                self._single(name, data, Paper, self.papers)
            case ["comparisons", file] if file.endswith(".yaml"):
                self._single(name, data, Comparison, self.comparisons)
            case ["resources", file] if file.endswith(".yaml"):
                self._resources(name, data)
            case ["questions", file] if file.endswith(".yaml"):
                self._questions(name, data)
            case ["questions", question, "answer.md"]:
                self._answer(name, question, data)
            case ["exercises", exercise, "exercise.yaml"]:
                self._exercise(name, exercise, data)
            case ["exercises" | "labs", *_]:
                pass
            case _:
                hint = "remove it, or move it to where docs/format.md says"
                self.problems.append(
                    Problem(name, 0, "stray", "no kind of file belongs here", hint, Severity.WARNING)
                )

    def _yaml(self, name: str, data: bytes) -> FileText | None:
        text = decode(name, data, self.problems)
        if text is None:
            return None
        self.texts[name] = FileText(name, text, text)
        return self.texts[name]

    def _root(self, name: str, data: bytes) -> None:
        file = self._yaml(name, data)
        if file is None:
            return
        self.root = validated(CurriculumFile, file, self.problems)
        if self.root is not None and self.root.format > FORMAT:
            message = f"format {self.root.format} is newer than this Cairn reads ({FORMAT})"
            self.problems.append(file.problem(("format",), "format", message, "update Cairn"))

    def _topic(self, name: str, area: str, stem: str, data: bytes) -> None:
        area_id, topic_id = id_of(name, area, self.problems), id_of(name, stem, self.problems)
        text = decode(name, data, self.problems)
        if area_id is None or topic_id is None or text is None:
            return
        split = front_matter(name, text, self.problems)
        if split is None:
            return
        file, body, offset = split
        self.texts[name] = file
        topic = validated(Topic, file, self.problems)
        if topic is None:
            return
        if topic_id in self.topics:
            message = f"the topic {topic_id!r} also stands in {self.topics[topic_id].file}"
            self.problems.append(Problem(name, 0, "duplicate-id", message, "rename one of the two folders"))
            return
        levels = _checked_levels(topic, file, self.problems)
        sections = self._sections(name, topic_id, body, offset)
        self.topics[topic_id] = replace(
            topic, id=topic_id, area=area_id, body=body, sections=sections, file=name, levels=levels
        )

    def _sections(self, name: str, topic_id: str, body: str, offset: int) -> tuple[Section, ...]:
        found: list[Section] = []
        fenced = False
        for number, line in enumerate(body.split("\n"), start=offset + 1):
            if _FENCE.match(line):
                fenced = not fenced
            heading = None if fenced else _HEADING.match(line)
            if heading is None:
                continue
            section_id = id_of(name, heading["id"], self.problems, number)
            if section_id is not None:
                found.append(Section(section_id, heading["title"].rstrip(), topic_id, number))
        return tuple(found)

    def _single(self, name: str, data: bytes, kind: type, into: dict) -> None:  # type: ignore[type-arg]
        item_id = id_of(name, name.rsplit("/", 1)[-1].removesuffix(".yaml"), self.problems)
        file = self._yaml(name, data)
        if item_id is None or file is None:
            return
        item = validated(kind, file, self.problems)
        if item is not None:
            into[item_id] = replace(item, id=item_id, file=name)

    def _exercise(self, name: str, stem: str, data: bytes) -> None:
        item_id = id_of(name, stem, self.problems)
        file = self._yaml(name, data)
        if item_id is None or file is None:
            return
        sheet = validated(ExerciseSheet, file, self.problems)
        if sheet is not None:
            self.exercises[item_id] = replace(sheet, id=item_id, file=name)

    def _answer(self, name: str, stem: str, data: bytes) -> None:
        item_id, text = id_of(name, stem, self.problems), decode(name, data, self.problems)
        split = front_matter(name, text, self.problems) if item_id and text is not None else None
        if split is None or item_id is None:
            return
        file, body, _ = split
        self.texts[name] = file
        answer = validated(ModelAnswer, file, self.problems)
        if answer is not None:
            self.answers[item_id] = replace(answer, id=item_id, body=body.strip(), file=name)

    def _resources(self, name: str, data: bytes) -> None:
        file = self._yaml(name, data)
        content = validated(ResourceFile, file, self.problems) if file else None
        kind = name.rsplit("/", 1)[-1].removesuffix(".yaml")
        for key, item in (content.resources if content else {}).items():
            if self._new(name, "resources", key, self.resources):
                self.resources[key] = replace(item, id=key, kind=kind, file=name)

    def _questions(self, name: str, data: bytes) -> None:
        file = self._yaml(name, data)
        content = validated(QuestionFile, file, self.problems) if file else None
        group = name.rsplit("/", 1)[-1].removesuffix(".yaml")
        for key, item in (content.questions if content else {}).items():
            if self._new(name, "questions", key, self.questions):
                self.questions[key] = replace(item, id=key, group=group, file=name)

    def _new(self, name: str, field: str, key: str, have: Mapping[str, Resource | Question]) -> bool:
        if key not in have:
            return True
        message = f"{key!r} also stands in {have[key].file}"
        hint = "keep one of the two"
        self.problems.append(self.texts[name].problem((field, key), "duplicate-id", message, hint))
        return False

    def finish(self) -> Loaded:
        """Check what spans files, and assemble the value."""
        if self.root is None and ROOT not in {p.file for p in self.problems}:
            hint = "add one; `cairn new curriculum` shows how"
            self.problems.append(Problem(ROOT, 0, "missing-file", "there is no curriculum.yaml", hint))
        areas = self._areas()
        graph, reasons = link(self.topics, areas, self.texts, self.problems)
        place = {area: i for i, area in enumerate(areas)}
        first = {t.id: min(graph.position[s] for s in t.skills) for t in self.topics.values()}
        topics = sorted(self.topics.values(), key=lambda t: (place[t.area], first[t.id]))
        root = self.root
        parts = (self.paths, self.papers, self.resources, self.questions, self.comparisons, self.exercises)
        entries, names = index_names(areas, {t.id: t for t in topics}, *parts, self.texts, self.problems)
        curriculum = Curriculum(
            title=root.title if root else "Untitled curriculum",
            version=root.version if root else "0",
            summary=(root.summary or "") if root else "",
            areas=read_only(areas),
            topics=read_only({t.id: t for t in topics}),
            paths=read_only(self.paths),
            papers=read_only(self.papers),
            resources=read_only(self.resources),
            questions=read_only(self.questions),
            comparisons=read_only(self.comparisons),
            exercises=read_only(self.exercises),
            answers=read_only(self.answers),
            items=ItemBank(self.items, self.item_code),
            backgrounds=read_only({k: replace(b, id=k) for k, b in root.backgrounds.items()} if root else {}),
            goals=root.goals if root else (),
            graph=graph,
            reasons=read_only(reasons),
            entries=read_only(entries),
            names=read_only(names),
        )
        return Loaded(curriculum, tuple(sorted(set(self.problems))), self.texts, read_only(self.checks))

    def _areas(self) -> dict[str, Area]:
        declared = {k: replace(a, id=k) for k, a in self.root.areas.items()} if self.root else {}
        file = self.texts.get(ROOT)
        for area in declared.values():
            if area.within is not None and area.within not in declared and file:
                message = f"the area {area.id!r} lies within the unknown area {area.within!r}"
                path = ("areas", area.id, "within")
                self.problems.append(file.problem(path, "dangling", message, "name an area of this file"))
        declared = {k: a if a.within in declared else replace(a, within=None) for k, a in declared.items()}
        for key in sorted(_on_a_loop(declared)):
            if file:
                message = f"the area {key!r} lies within itself"
                self.problems.append(
                    file.problem(("areas", key, "within"), "cycle", message, "remove one `within`")
                )
            declared[key] = replace(declared[key], within=None)
        for topic in self.topics.values():
            if topic.area not in declared:
                if self.root is not None:
                    message = f"the area {topic.area!r} is not in {ROOT}"
                    hint = "add it there, or move the folder"
                    self.problems.append(Problem(topic.file, 0, "dangling", message, hint))
                title = topic.area.replace("-", " ").capitalize()
                declared[topic.area] = Area(title=title, summary=title, id=topic.area)
        return declared


def _on_a_loop(areas: Mapping[str, Area]) -> set[str]:
    found: set[str] = set()
    for key in areas:
        trail: list[str] = []
        here: str | None = key
        while here is not None and here not in trail:
            trail.append(here)
            here = areas[here].within
        if here == key:
            found.add(key)
    return found


def _checked_levels(topic: Topic, file: FileText, problems: list[Problem]) -> Mapping[Level, Depth]:
    """The levels in depth order; a hole, or a deeper entry for a missing level, is a problem."""
    have = [level for level in LEVELS if level in topic.levels]
    if have != list(LEVELS[: len(have)]):
        message = "the levels have a hole: " + ", ".join(have)
        problems.append(
            file.problem(("levels",), "level", message, "a deeper level needs the shallower ones")
        )
    for name, entries in (("requires", topic.requires), ("contains", topic.contains)):
        for level in entries:
            if level not in topic.levels:
                message = f"{name} names the level {level.value!r}, which this topic does not have"
                hint = "add the level, or move the entry to another"
                problems.append(file.problem((name, level.value), "level", message, hint))
    return read_only({level: topic.levels[level] for level in have})
