"""What a careful author would check by hand: edges that say nothing, references to nowhere, missing sections."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from cairn.curriculum.curriculum import Curriculum, Kind
from cairn.curriculum.document import Path
from cairn.curriculum.loader import ROOT, Loaded
from cairn.curriculum.path import Checkpoint, LearningPath, Step
from cairn.curriculum.placeholder import unfilled
from cairn.curriculum.problem import Problem, Severity
from cairn.curriculum.prose import owed
from cairn.curriculum.rubrics import rubrics
from cairn.curriculum.skill import Skill
from cairn.curriculum.topic import Status, Topic
from cairn.curriculum.writing import written

SECTIONS = (
    "Why", "Intuition", "Statement", "Derivation", "Failure modes",
    "Worked example", "In practice", "Common mistakes",
)  # fmt: skip
REQUIRED = ("Why", "Intuition", "Statement", "Failure modes")

_HEADING = re.compile(r"^##[ \t]+(?P<title>[^ \t].*)$")
_FENCE = re.compile(r"^[ \t]*(```|~~~)")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Report:
    """The linter's findings and what the curriculum amounts to."""

    problems: tuple[Problem, ...]
    topics: int
    skills: int
    edges: int
    pages: int
    exercises: int
    drafts: int
    questions: int = 0
    answers: int = 0

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Findings that must be mended."""
        return tuple(p for p in self.problems if p.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """Findings that should be mended."""
        return tuple(p for p in self.problems if p.severity is Severity.WARNING)

    def and_also(self, problems: Iterable[Problem]) -> Report:
        """The same report with further findings in their places."""
        return replace(self, problems=tuple(sorted({*self.problems, *problems})))


def lint(loaded: Loaded) -> Report:
    """Everything that is wrong with a loaded curriculum, the loader's own findings included."""
    curriculum = loaded.curriculum
    linter = _Linter(loaded)
    found = [*loaded.problems]
    found += linter.decorative_edges()
    for topic in curriculum.topics.values():
        found += linter.topic(topic)
    for path in curriculum.paths.values():
        found += linter.path(path)
    found += linter.catalogue()
    found += rubrics(loaded)
    complete = sum(t.status is Status.COMPLETE for t in curriculum.topics.values())
    return Report(
        problems=tuple(sorted(set(found))),
        topics=len(curriculum.topics),
        skills=len(curriculum.graph.nodes),
        edges=len(curriculum.reasons),
        pages=complete,
        exercises=len(curriculum.exercises),
        drafts=len(curriculum.topics) - complete,
        questions=len(curriculum.questions),
        answers=len(curriculum.answers),
    )


class _Linter:
    """The checks, with what they all need."""

    def __init__(self, loaded: Loaded) -> None:
        self.curriculum: Curriculum = loaded.curriculum
        self.texts = loaded.texts
        self.skills = frozenset(self.curriculum.graph.nodes)
        self.citable = frozenset(self.curriculum.resources) | frozenset(self.curriculum.papers)

    def at(self, file: str, path: Path, code: str, message: str, hint: str = "") -> Problem:
        """An error at a value of a YAML text."""
        return self.texts[file].problem(path, code, message, hint)

    def decorative_edges(self) -> Iterator[Problem]:
        """Written requirements that follow from others."""
        graph = self.curriculum.graph
        for i, p in graph.implied():
            skill, needed = graph.nodes[i], graph.nodes[p]
            if (skill, needed) not in self.curriculum.reasons:
                continue
            through = next(
                graph.nodes[q] for q in reversed(graph.needs[i]) if q != p and p in graph.below([q])
            )
            topic = self.curriculum.topics[skill.topic]
            message = f"{skill} requires {needed}, which {through} already implies"
            yield self.at(
                topic.file,
                ("requires", skill.level.value, str(needed)),
                "implied",
                message,
                "remove the line",
            )

    def topic(self, topic: Topic) -> Iterator[Problem]:
        """One topic: its references and its page."""
        file = topic.file
        for level, weights in topic.contains.items():
            for skill in weights:
                path = ("contains", level.value, str(skill))
                yield from self._skill(file, path, skill)
                if skill.topic == topic.id:
                    yield self.at(file, path, "self", f"{topic.id} contains itself", "remove the line")
        for i, source in enumerate(topic.sources):
            if source.of not in self.citable:
                hint = f"add papers/{source.of}.yaml or an entry in resources/, or mend the id"
                message = f"the source {source.of!r} is neither a resource nor a paper"
                yield self.at(file, ("sources", i), "dangling", message, hint)
        if not topic.sources and topic.status is not Status.OUTLINE:
            yield _warning(
                self.at(file, (), "no-source", "no sources", "cite at least one, with the exact place")
            )
        for i, alias in enumerate(topic.aliases):
            if alias.casefold() == topic.title.casefold():
                yield _warning(
                    self.at(file, ("aliases", i), "alias", f"the alias {alias!r} is the title", "remove it")
                )
        if topic.status is not Status.OUTLINE:
            yield from unfilled(file, self.texts[file].text)
            yield from self._page(topic)
            yield from owed(topic)
        elif topic.body.strip():
            message = "an outline has no page, but this one has text"
            yield self.at(file, ("status",), "status", message, "make it a draft")

    def _page(self, topic: Topic) -> Iterator[Problem]:
        headings: list[tuple[str, int]] = []
        offset = self.texts[topic.file].text.count("\n") - topic.body.count("\n")
        inside, since = "", 0
        for number, line in enumerate(topic.body.split("\n"), start=offset + 1):
            control = _CONTROL.search(line)
            if control:
                message = f"the control character U+{ord(control[0]):04X} is not allowed"
                yield Problem(topic.file, number, "control", message, "remove it")
            border = "```" if _FENCE.match(line) else "$$" if line.count("$$") % 2 else ""
            if border and inside in {"", border}:
                inside, since = "" if inside else border, number
            if inside:
                continue
            heading = _HEADING.match(line)
            if heading:
                headings.append((heading["title"].rstrip(), number))
            yield from written(topic.file, number, line)
        if inside:  # it hides every heading after it
            yield Problem(
                topic.file, since, "unclosed", f"{inside} without its partner", f"close it with {inside}"
            )
        else:
            yield from _sections(topic.file, offset, headings)

    def path(self, path: LearningPath) -> Iterator[Problem]:
        """One path: every reference in it."""
        for i, phase in enumerate(path.phases):
            for j, step in enumerate(phase.steps):
                yield from self._step(path.file, ("phases", i, "steps", j), step)
            if phase.checkpoint:
                at: Path = ("phases", i, "checkpoint", "questions")
                yield from self._ids(
                    path.file, at, phase.checkpoint.questions, self.curriculum.questions, "question"
                )
                yield from self._gate(path.file, ("phases", i, "checkpoint"), phase.checkpoint)
        for j, step in enumerate(path.steps):
            yield from self._step(path.file, ("steps", j), step)
        for i, track in enumerate(path.tracks):
            yield from self._ids(
                path.file, ("tracks", i, "resources"), track.resources, self.citable, "resource"
            )
            yield from self._skills(path.file, ("tracks", i, "targets"), track.targets)
        for i, rule in enumerate(path.rules):
            yield from self._skills(path.file, ("rules", i, "targets"), rule.targets)
            yield from self._ids(
                path.file, ("rules", i, "resources"), rule.resources, self.citable, "resource"
            )
        for i, questions in enumerate(path.lists):
            at = ("lists", i, "questions")
            yield from self._ids(path.file, at, questions.questions, self.curriculum.questions, "question")
        if path.phases and path.steps:
            yield self.at(
                path.file, ("steps",), "shape", "a path has phases or steps, not both", "move the steps"
            )

    def _gate(self, file: str, at: Path, gate: Checkpoint) -> Iterator[Problem]:
        """What grades a gate's questions, and where its criteria lead."""
        for name, exercises in gate.exercises.items():
            here = (*at, "exercises", name)
            if name not in gate.questions:
                yield self.at(
                    file, here, "dangling", f"{name!r} is no question of this checkpoint", "name one of it"
                )
            yield from self._ids(file, here, exercises, self.curriculum.exercises, "exercise")
        for n, skills in enumerate(gate.repairs):
            yield from self._skills(file, (*at, "repairs", n), skills)
        if len(gate.repairs) > len(gate.criteria):
            said = f"{len(gate.repairs)} repairs stand beside {len(gate.criteria)} criteria"
            yield self.at(
                file, (*at, "repairs"), "shape", said, "give one list for each criterion, in their order"
            )

    def _step(self, file: str, at: Path, step: Step) -> Iterator[Problem]:
        yield from self._skills(file, (*at, "targets"), step.targets)
        yield from self._ids(file, (*at, "resources"), step.resources, self.citable, "resource or paper")
        yield from self._ids(file, (*at, "questions"), step.questions, self.curriculum.questions, "question")

    def catalogue(self) -> Iterator[Problem]:
        """Papers, resources, questions, comparisons and the root file: every reference in them."""
        c = self.curriculum
        for paper in c.papers.values():
            yield from self._skills(paper.file, ("needs",), paper.needs)
            yield from self._skills(paper.file, ("teaches",), paper.teaches)
        for r in c.resources.values():
            for key in r.teaches:
                entry = c.entries.get(key)
                if entry is None or entry.kind not in {Kind.TOPIC, Kind.SECTION, Kind.AREA}:
                    message = f"{r.id} teaches {key!r}, which is no topic, section or area"
                    yield self.at(
                        r.file, ("resources", r.id, "teaches", key), "dangling", message, "mend the id"
                    )
            yield from self._ids(
                r.file, ("resources", r.id, "members"), r.members, self.citable, "resource or paper"
            )
        for q in c.questions.values():
            yield from self._skills(q.file, ("questions", q.id, "targets"), q.targets)
        for exercise in c.exercises.values():
            yield from self._skills(exercise.file, ("skills",), exercise.skills)
            yield from self._ids(exercise.file, ("uses",), exercise.uses, c.exercises, "exercise")
            of = [exercise.of] if exercise.of else []
            yield from self._ids(exercise.file, ("of",), of, c.exercises, "exercise", indexed=False)
        for comparison in c.comparisons.values():
            for i, side in enumerate(comparison.sides):
                yield from self._ids(
                    comparison.file, ("sides", i, "path"), [side.path], c.paths, "path", indexed=False
                )
                yield from self._skills(comparison.file, ("sides", i, "targets"), side.targets)
        yield from self._root()

    def _root(self) -> Iterator[Problem]:
        c = self.curriculum
        for b in c.backgrounds.values():
            yield from self._skills(ROOT, ("backgrounds", b.id, "knows"), b.knows)
            yield from self._ids(ROOT, ("backgrounds", b.id, "seen"), b.seen, c.areas, "area")
        goals = [goal.target for goal in c.goals]
        for i, target in enumerate(goals):
            if c.resolve(target) is None:
                yield self.at(
                    ROOT, ("goals", i), "dangling", f"the goal {target!r} is unknown", "mend the id"
                )
        used = {t.area for t in c.topics.values()} | {a.within for a in c.areas.values()}
        for area in c.areas.values():
            if area.id not in used and ROOT in self.texts:
                message = f"the area {area.id!r} has no topics"
                yield _warning(
                    self.at(ROOT, ("areas", area.id), "empty-area", message, "add a topic or remove it")
                )

    def _skill(self, file: str, at: Path, skill: Skill) -> Iterator[Problem]:
        if skill in self.skills:
            return
        topic = self.curriculum.topics.get(skill.topic)
        if topic is None:
            yield self.at(
                file, at, "dangling", f"the topic {skill.topic!r} is unknown", "mend the id or add the topic"
            )
        else:
            have = ", ".join(level.value for level in topic.levels)
            message = f"{skill.topic} has no level {skill.level.value!r}"
            yield self.at(file, at, "level", message, f"it has {have}")

    def _skills(self, file: str, at: Path, skills: Iterable[Skill]) -> Iterator[Problem]:
        for i, skill in enumerate(skills):
            yield from self._skill(file, (*at, i), skill)

    def _ids(
        self,
        file: str,
        at: Path,
        ids: Iterable[str],
        known: Container[str],
        kind: str,
        *,
        indexed: bool = True,
    ) -> Iterator[Problem]:
        for i, item in enumerate(ids):
            if item not in known:
                place = (*at, i) if indexed else at
                yield self.at(
                    file, place, "dangling", f"the {kind} {item!r} is unknown", "mend the id or add it"
                )


def _sections(file: str, before: int, headings: list[tuple[str, int]]) -> Iterator[Problem]:
    """The headings of a page, with the line of each; `before` is the last line before the page."""
    titles = [title for title, _ in headings]
    for title in REQUIRED:
        if title not in titles:
            yield Problem(file, before, "section", f"the section {title!r} is missing", f"add '## {title}'")
    for title, number in headings:
        if title not in SECTIONS:
            yield Problem(
                file, number, "section", f"no page has a section {title!r}", f"use {', '.join(SECTIONS)}"
            )
    known = [(SECTIONS.index(t), n) for t, n in headings if t in SECTIONS]
    for (a, _), (b, number) in pairwise(known):
        if b <= a:
            message = f"the section {SECTIONS[b]!r} stands after {SECTIONS[a]!r}, or twice"
            yield Problem(file, number, "section", message, "keep the order of docs/authoring.md")


def _warning(problem: Problem) -> Problem:
    return Problem(problem.file, problem.line, problem.code, problem.message, problem.hint, Severity.WARNING)
