"""What the templates are given: figures and links worked out, nothing left to decide but the look."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from cairn.app import App
from cairn.curriculum import Curriculum, Entry, Kind, Level, Skill
from cairn.curriculum.path import LearningPath
from cairn.curriculum.topic import Topic
from cairn.planning import Gap, Hours, Pace
from cairn.planning.gap import Step, total
from cairn.study.checking import folder_of
from cairn.web import claims, drawing, playing

_FEW = 10


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a gap: consecutive levels of one topic."""

    topic: Topic
    steps: tuple[Step, ...]
    hours: Hours

    @property
    def level(self) -> Level:
        """The deepest level of the line."""
        return self.steps[-1].skill.level

    @property
    def skill(self) -> Skill:
        """The deepest skill of the line."""
        return self.steps[-1].skill

    @property
    def because(self) -> str:
        """Why it is needed."""
        return self.steps[-1].because

    @property
    def is_target(self) -> bool:
        """Whether the goal asks for it by name."""
        return any(step.is_target for step in self.steps)


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of a gap that stand together in one area, with the place of the first in the whole."""

    title: str
    rows: tuple[Row, ...]
    hours: Hours
    start: int


@dataclass(frozen=True, slots=True)
class Need:
    """A topic that another requires or unlocks, at the deepest level, with the reason for each own level."""

    entry: Entry
    skill: Skill
    reasons: tuple[tuple[Level, str], ...] = ()


@dataclass(frozen=True, slots=True)
class TopicTable:
    """The topics of one area with their hours."""

    id: str
    title: str
    topics: tuple[tuple[Topic, Hours], ...]
    hours: Hours


@dataclass(frozen=True, slots=True)
class ResourceLine:
    """A resource or paper in a list."""

    title: str
    href: str
    by: str


@dataclass(frozen=True, slots=True)
class Way:
    """A gap as the map lights it.

    Attributes:
        gap: the gap.
        goal: what it leads to.
        home: the topic that stands for the goal, if one does.
        levels: how deep each topic of the gap is needed.
        asked: the topics that the goal asks for by name, unless they are too many to stand out.
        needs: for each topic of the gap, those of the gap that it requires directly.
    """

    gap: Gap
    goal: Entry
    home: str
    levels: Mapping[str, Level]
    asked: frozenset[str]
    needs: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A citation with the thing it cites."""

    title: str
    href: str
    role: str
    at: str


@dataclass(frozen=True, slots=True)
class AreaLine:
    """An area in a list."""

    id: str
    title: str
    summary: str
    topics: int
    hours: Hours
    parts: tuple[AreaLine, ...] = field(default=())


class Views:
    """The view models of one app. What depends on the curriculum alone is worked out once."""

    def __init__(self, app: App) -> None:
        self.app = app
        self._pages: dict[str, claims.PageView] = {}

    @property
    def curriculum(self) -> Curriculum:
        """The curriculum."""
        return self.app.atlas.curriculum

    @cached_property
    def map(self) -> drawing.Drawing:
        """The laid-out map."""
        return drawing.draw(self.curriculum)

    def way(self, gap: Gap) -> Way:
        """A gap to one goal, for the map."""
        goal = gap.targets[0].entry
        asked = frozenset(s.skill.topic for s in gap.steps if s.is_target)
        needs: dict[str, dict[str, None]] = {}
        for step in gap.steps:
            below = needs.setdefault(step.skill.topic, {})
            below |= {s.topic: None for s in step.needs if s.topic != step.skill.topic}
        return Way(
            gap=gap,
            goal=goal,
            home=goal.id if goal.kind is Kind.TOPIC else goal.within if goal.within in needs else "",
            levels={s.skill.topic: s.skill.level for s in gap.steps},
            asked=asked if len(asked) <= _FEW else frozenset(),
            needs={topic: tuple(below) for topic, below in needs.items()},
        )

    def entry(self, item: str) -> Entry | None:
        """The entry of an id."""
        return self.curriculum.resolve(item)

    def link(self, item: str) -> tuple[str, str]:
        """Title and address of an id; an unknown id keeps its text and points to search."""
        entry = self.entry(item)
        return (entry.title, drawing.href(entry)) if entry else (item, f"/search?q={item}")

    def groups(self, gap: Gap) -> tuple[Group, ...]:
        """A gap as lines under area headings."""
        rows: list[Row] = []
        for step in gap.steps:
            if rows and rows[-1].topic.id == step.skill.topic:
                steps = (*rows[-1].steps, step)
                rows[-1] = Row(rows[-1].topic, steps, total(s.hours for s in steps))
            else:
                rows.append(Row(self.curriculum.topics[step.skill.topic], (step,), step.hours))
        groups: list[Group] = []
        start = 1
        for area, together in groupby(rows, key=lambda row: row.topic.area):
            lines = tuple(together)
            title = self.curriculum.areas[area].title
            groups.append(Group(title, lines, total(row.hours for row in lines), start))
            start += len(lines)
        return tuple(groups)

    def page(self, topic: Topic) -> claims.PageView:
        """A topic's page with the first outcome of its checks, rendered once."""
        if topic.id not in self._pages:
            made = claims.view(self.app, topic)
            self._pages[topic.id] = claims.PageView(playing.placed(self.app, topic, made.pieces), made.record)
        return self._pages[topic.id]

    def prepare(self) -> None:
        """Render the pages with checks or playgrounds, run the checks that were not run before, make the drills."""
        for topic in self.curriculum.topics.values():
            folder = folder_of(topic)
            if self.app.workbench.has(folder) or self.app.stage.has(folder):
                self.page(topic)
            self.curriculum.items.drills(topic.id)

    def needs(self, topic: Topic) -> list[Need]:
        """What a topic requires: each topic once."""
        found: dict[str, Need] = {}
        for level, reasons in topic.requires.items():
            for skill, reason in reasons.items():
                if skill in self.curriculum.graph.position:
                    have = found.get(skill.topic)
                    deepest = skill if have is None else max(have.skill, skill, key=lambda s: s.level.depth)
                    said = (*(have.reasons if have else ()), (level, reason))
                    found[skill.topic] = Need(self.curriculum.entries[skill.topic], deepest, said)
        return list(found.values())

    def unlocks(self, topic: Topic) -> list[Need]:
        """What builds on a topic directly, in learning order."""
        graph = self.curriculum.graph
        users = {j for own in topic.skills for j in graph.unlocks[graph.position[own]]}
        found: dict[str, Skill] = {}
        for user in (graph.nodes[j] for j in sorted(users)):
            if user.topic != topic.id:
                found.setdefault(user.topic, user)
        return [Need(self.curriculum.entries[name], skill) for name, skill in found.items()]

    def sources(self, topic: Topic) -> list[SourceLine]:
        """A topic's sources, with those that say they teach it."""
        lines = [SourceLine(*self.link(s.of), s.role.value, s.at) for s in topic.sources]
        cited = {s.of for s in topic.sources}
        for paper in self.curriculum.papers.values():
            if paper.id not in cited and any(s.topic == topic.id for s in paper.teaches):
                lines.append(SourceLine(*self.link(paper.id), "paper", str(paper.year)))
                cited.add(paper.id)
        names = {topic.id, *(s.id for s in topic.sections)}
        for resource in self.curriculum.resources.values():
            if resource.id not in cited:
                places = [place for key, place in resource.teaches.items() if key in names]
                if places:
                    lines.append(SourceLine(*self.link(resource.id), resource.kind.rstrip("s"), places[0]))
        return lines

    def questions(self, topic: Topic) -> list[tuple[str, str]]:
        """Questions that ask for a topic: text and address."""
        return [
            (q.ask, f"/questions/{q.id}")
            for q in self.curriculum.questions.values()
            if any(s.topic == topic.id for s in q.targets)
        ]

    def paths_through(self, topic: Topic) -> list[tuple[LearningPath, Level]]:
        """Paths that ask for a topic by name, with the depth they ask."""
        found = []
        for path in self.curriculum.paths.values():
            levels = [s.level for s in path.targets if s.topic == topic.id]
            if levels:
                found.append((path, max(levels, key=lambda lv: lv.depth)))
        return found

    @cached_property
    def areas(self) -> tuple[AreaLine, ...]:
        """All areas, wide ones with their parts, in learning order."""
        areas = self.curriculum.areas
        tops = [a for a in areas.values() if a.within is None]
        return tuple(self._area_line(a.id) for a in tops if self.curriculum.topics_of(a.id))

    def _area_line(self, area_id: str) -> AreaLine:
        area = self.curriculum.areas[area_id]
        parts = tuple(self._area_line(a.id) for a in self.curriculum.areas.values() if a.within == area_id)
        topics = self.curriculum.topics_of(area_id)
        return AreaLine(
            area_id, area.title, area.summary, len(topics), self.curriculum.hours_of(area_id), parts
        )

    def targets_by_topic(self, skills: Iterable[Skill]) -> list[tuple[Topic, Level]]:
        """Target skills as topics with the depth asked, in order."""
        found: dict[str, Level] = {}
        for skill in skills:
            have = found.get(skill.topic)
            if have is None or skill.level.depth > have.depth:
                found[skill.topic] = skill.level
        topics = self.curriculum.topics
        return [(topics[t], level) for t, level in found.items() if t in topics]

    def hours(self, skills: Sequence[Skill], pace: Pace) -> Hours:
        """Hours of some skills alone, without what they require."""
        known = self.curriculum.graph.position
        return total(pace.hours(s) for s in dict.fromkeys(skills) if s in known)

    def tables(self, area_id: str, pace: Pace) -> list[TopicTable]:
        """The topics of an area: of each area within it, then its own."""
        topics = self.curriculum.topics.values()
        names = [*(a.id for a in self.curriculum.areas.values() if a.within == area_id), area_id]
        tables = []
        for name in names:
            lines = tuple((t, self.hours(t.skills, pace)) for t in topics if t.area == name)
            if lines:
                title = self.curriculum.areas[name].title
                tables.append(TopicTable(name, title, lines, total(hours for _, hours in lines)))
        return tables

    def resources_by_kind(self) -> dict[str, list[ResourceLine]]:
        """All resources and papers, by kind."""
        found: dict[str, list[ResourceLine]] = {}
        for resource in self.curriculum.resources.values():
            line = ResourceLine(resource.title, f"/resources/{resource.id}", ", ".join(resource.by))
            found.setdefault(resource.kind, []).append(line)
        for paper in self.curriculum.papers.values():
            by = f"{paper.authors[0]}{' et al.' if len(paper.authors) > 1 else ''}, {paper.year}"
            found.setdefault("papers", []).append(ResourceLine(paper.title, f"/papers/{paper.id}", by))
        return dict(sorted(found.items()))
