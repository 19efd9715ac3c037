"""What makes an item a good one, checked by drawing it many times.

The work falls into topics, which do not need each other, and a conclusion over all of them; so that a caller may
spread the topics over processes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cairn.curriculum.curriculum import Curriculum
from cairn.curriculum.items import proving
from cairn.curriculum.items.bank import TopicItems
from cairn.curriculum.items.item import Item
from cairn.curriculum.items.rules import cue, repeat
from cairn.curriculum.items.rules.form import form
from cairn.curriculum.items.rules.link import Links
from cairn.curriculum.items.rules.place import Place
from cairn.curriculum.items.rules.text import texts, variety
from cairn.curriculum.items.variant import ItemError, Variant, variant
from cairn.curriculum.problem import Problem
from cairn.curriculum.skill import Level, Skill

VARIANTS = 50
QUICK = 2


@dataclass(frozen=True, slots=True)
class ItemReport:
    """The findings on items and what they amount to.

    Attributes:
        problems: findings.
        items: how many items there are.
        variants: how many variants were drawn.
        coverage: for each skill that has items, how many.
        kinds: how many items there are of each kind.
        unproved: items with a key that no independent route states, of the kinds that can have one.
    """

    problems: tuple[Problem, ...]
    items: int
    variants: int
    coverage: Mapping[Skill, int]
    kinds: Mapping[str, int]
    unproved: int


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found in one topic, in plain values that travel between processes."""

    problems: tuple[Problem, ...]
    coverage: Mapping[Skill, int]
    kinds: Mapping[str, int]
    unproved: int
    variants: int
    lengths: tuple[cue.Lengths, ...]
    prints: tuple[repeat.Prints, ...]


def lint_items(
    curriculum: Curriculum, topics: Iterable[str] | None = None, variants: int = VARIANTS
) -> ItemReport:
    """Draw every item of some topics, or of all, and report what is wrong.

    Args:
        curriculum: where the items, pages and skills are.
        topics: only these; None for all.
        variants: how many variants of each item to draw.
    """
    wanted = curriculum.items.topics if topics is None else topics
    return conclude([examine(curriculum, topic, variants) for topic in wanted])


def examine(curriculum: Curriculum, topic: str, variants: int = VARIANTS) -> Findings:
    """Everything that can be said of one topic's items by themselves."""
    read = curriculum.items.topic(topic)
    linter = _Linter(curriculum, variants, list(read.problems))
    if topic in curriculum.topics:
        for item in read.items.values():
            linter.item(item, read)
        if read.items and variants >= VARIANTS:
            skills = [s for s in curriculum.topics[topic].skills if s.level is not Level.DERIVE]
            linter.problems += repeat.thin({str(s): linter.coverage[s] for s in skills}, read)
    elif read.file is not None:
        hint = "add topic.md beside it, or remove it"
        linter.problems.append(Problem(read.file.name, 0, "dangling", f"there is no topic {topic!r}", hint))
    return linter.findings()


def conclude(found: Iterable[Findings]) -> ItemReport:
    """The report over all topics, with what can be seen only over many items."""
    parts = list(found)
    problems = {p for part in parts for p in part.problems}
    problems.update(repeat.duplicates([p for part in parts for p in part.prints]))
    problems.update(cue.over_areas(x for part in parts for x in part.lengths))
    coverage: Counter[Skill] = Counter()
    kinds: Counter[str] = Counter()
    for part in parts:
        coverage.update(part.coverage)
        kinds.update(part.kinds)
    return ItemReport(
        problems=tuple(sorted(problems)),
        items=kinds.total(),
        variants=sum(part.variants for part in parts),
        coverage=dict(coverage),
        kinds=dict(kinds),
        unproved=sum(part.unproved for part in parts),
    )


class _Linter:
    """The rules over the items of one topic, and what they leave for the conclusion."""

    def __init__(self, curriculum: Curriculum, variants: int, problems: list[Problem]) -> None:
        self.curriculum, self.variants, self.problems = curriculum, variants, problems
        self.coverage: Counter[Skill] = Counter()
        self.kinds: Counter[str] = Counter()
        self.drawn = self.unproved = 0
        self.lengths: list[cue.Lengths] = []
        self.prints: list[repeat.Prints] = []
        self.links = Links(curriculum)

    def item(self, item: Item, read: TopicItems) -> None:
        """Everything about one item."""
        at = Place(item, read.file, self.problems)
        self.coverage[item.skill] += 1
        self.kinds[item.kind.value] += 1
        self.unproved += getattr(item.sheet, "check", "") is None
        self.links.check(item, at)
        form(item, at)
        drawn = self._draw(item, at)
        self.drawn += len(drawn)
        if len(drawn) < self.variants:
            return
        texts(drawn, at)
        if self.variants >= VARIANTS:
            variety(drawn, at)
            lengths = cue.cues(drawn, self.curriculum.topics[item.topic].area, at)
            self.lengths += [lengths] if lengths else []
        shape = repeat.prints(drawn, read)
        self.prints += [shape] if shape else []

    def _draw(self, item: Item, at: Place) -> list[Variant]:
        """The variants, each proved, up to the first that fails."""
        drawn: list[Variant] = []
        for seed in range(1, self.variants + 1):
            try:
                made = variant(item, seed)
                proving.prove(made)
            except ItemError as error:
                hint = "see it with: cairn item show " + item.id
                at.error(error.path, "item", f"{error} (seed {seed})", hint)
                break
            drawn.append(made)
        return drawn

    def findings(self) -> Findings:
        """What was found."""
        return Findings(
            problems=tuple(self.problems),
            coverage=dict(self.coverage),
            kinds=dict(self.kinds),
            unproved=self.unproved,
            variants=self.drawn,
            lengths=tuple(self.lengths),
            prints=tuple(self.prints),
        )
