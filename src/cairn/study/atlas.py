"""The map with its verbs: find, show, gap, next, unlocks. What `import cairn` hands out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from cairn.curriculum import Curriculum, Entry, Kind, Level, Loaded, Problem, Skill
from cairn.curriculum.area import Background
from cairn.curriculum.linter import Report, lint
from cairn.curriculum.search import Hit, SearchIndex
from cairn.curriculum.topic import Status
from cairn.planning import Gap, Pace, Target, UnknownTargetError, find_gap, resolve_target

if TYPE_CHECKING:
    from cairn.curriculum.items.item import Item


class UnknownSkillError(LookupError):
    """Raised when a text that should name a skill does not. `text` is what was asked."""

    def __init__(self, text: str, guesses: Sequence[str] = ()) -> None:
        hint = f"; did you mean {' or '.join(guesses)}?" if guesses else ""
        super().__init__(f"{text!r} names no topic or skill{hint}")
        self.text, self.guesses = text, tuple(guesses)


class UnknownBackgroundError(LookupError):
    """Raised when a background is not one of the curriculum's."""

    def __init__(self, text: str, known: Iterable[str]) -> None:
        super().__init__(f"{text!r} is no background; choose one of {', '.join(known)}")


class Atlas:
    """A loaded curriculum, ready to be asked.

    Example:
        >>> import cairn
        >>> atlas = cairn.load()
        >>> gap = atlas.gap("backpropagation", knows=["chain-rule"], background="engineer")
        >>> str(gap.skills[-1])
        'backpropagation@use'
    """

    def __init__(self, loaded: Loaded) -> None:
        self._loaded = loaded
        self.curriculum: Curriculum = loaded.curriculum
        self.curriculum.items.made_by(self._drills)

    def _drills(self, topic: str) -> Mapping[str, Item]:
        """The drills of a complete page."""
        from cairn.study.drills import drills  # noqa: PLC0415  # not needed by the map

        found = self.curriculum.topics.get(topic)
        source = self._loaded.checks.get(topic)
        whole = found is not None and found.status is Status.COMPLETE
        return drills(found, source) if whole and found is not None and source else {}

    @property
    def loaded(self) -> Loaded:
        """What the loader made, with the texts that problems refer to."""
        return self._loaded

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What the loader found wrong with the files."""
        return self._loaded.problems

    @cached_property
    def search_index(self) -> SearchIndex:
        """All names, prepared for search."""
        return SearchIndex(self.curriculum)

    def lint(self) -> Report:
        """Everything that is wrong with the curriculum, and what it amounts to."""
        return lint(self._loaded)

    def find(self, text: str) -> Entry | None:
        """The thing an id, title or alias names; else the best match of a search; else None."""
        exact = self.curriculum.resolve(text)
        if exact is not None:
            return exact
        hits = self.search(text, limit=1)
        return hits[0].entry if hits else None

    def search(self, text: str, limit: int = 8, kinds: Iterable[Kind] | None = None) -> list[Hit]:
        """The best matches for a text, best first."""
        return self.search_index.find(text, limit, kinds)

    def target(self, text: str, level: Level | str | None = None) -> Target:
        """The goal a text names.

        Raises:
            UnknownTargetError: nothing has this name, or it cannot be a goal.
            ValueError: the level is unknown.
        """
        return resolve_target(self.curriculum, text, Level(level) if level is not None else None)

    def skill(self, text: str) -> Skill:
        """The skill a text names: `svd@use`, or a topic, meaning its `use` level or its deepest if shallower.

        Raises:
            UnknownSkillError: nothing of that name is a topic or skill.
        """
        entry = self.curriculum.resolve(text)
        if entry is not None and entry.kind in {Kind.SKILL, Kind.TOPIC, Kind.SECTION}:
            return self.target(text).skills[0]
        guesses = [h.entry.id for h in self.search(text.partition("@")[0], 2, kinds=[Kind.TOPIC])]
        raise UnknownSkillError(text, guesses)

    def background(self, background: str | None) -> Background | None:
        """The kind of background with this id; None stays None.

        Raises:
            UnknownBackgroundError: the curriculum has no such background.
        """
        if background is None:
            return None
        found = self.curriculum.backgrounds.get(background)
        if found is None:
            raise UnknownBackgroundError(background, self.curriculum.backgrounds)
        return found

    def gap(
        self,
        *targets: str,
        level: Level | str | None = None,
        knows: Iterable[str | Skill] = (),
        background: str | None = None,
        lacks: Iterable[Skill] = (),
    ) -> Gap:
        """What stands between a person and one or more goals.

        Args:
            targets: ids, titles or aliases of topics, skills, paths, phases, questions or papers.
            level: how deep a topic is wanted where the target does not say: recognise, use or derive.
            knows: skills or topics the person has; what these require is taken as known too.
            background: id of one of the curriculum's backgrounds.
            lacks: skills the person was seen not to have, even if something they know requires them.

        Returns:
            The missing skills in learning order, with hours as ranges and reasons.

        Raises:
            UnknownTargetError: a target names nothing that can be a goal.
            UnknownSkillError: something in `knows` is no topic or skill.
            UnknownBackgroundError: the background is unknown.
        """
        if not targets:
            raise UnknownTargetError("", "name at least one goal")
        wanted = [self.target(text, level) for text in targets]
        known = [s if isinstance(s, Skill) else self.skill(s) for s in knows]
        return find_gap(self.curriculum, wanted, known, self.background(background), lacks)

    def next(self, knows: Iterable[str | Skill] = (), background: str | None = None) -> list[Skill]:
        """What can be learned now: every skill whose requirements are all known. In learning order."""
        graph = self.curriculum.graph
        kind = self.background(background)
        known = [s if isinstance(s, Skill) else self.skill(s) for s in knows]
        known += kind.knows if kind else ()
        return [graph.nodes[i] for i in graph.fringe(graph.position[s] for s in known if s in graph.position)]

    def unlocks(self, text: str, *, directly: bool = False) -> list[Skill]:
        """What builds on a topic or skill, directly or at all. In learning order.

        For a topic that is everything that builds on any of its levels.
        """
        graph = self.curriculum.graph
        entry = self.curriculum.resolve(text)
        if entry is not None and entry.kind is Kind.TOPIC:
            start = [graph.position[s] for s in self.curriculum.topics[entry.id].skills]
        else:
            start = [graph.position[self.skill(text)]]
        found = {j for i in start for j in graph.unlocks[i]} if directly else graph.above(start)
        return [graph.nodes[i] for i in sorted(found - set(start))]

    def way_to(self, text: str) -> list[Skill]:
        """A path's target skills in its own order; for anything else, all skills that lead to it."""
        target = self.target(text)
        if target.entry.kind in {Kind.PATH, Kind.PHASE}:
            return list(target.skills)
        return list(find_gap(self.curriculum, [target]).skills)

    def pace(self, background: str | None = None) -> Pace:
        """Hours for a kind of person."""
        return Pace(self.curriculum, self.background(background))
