"""What makes an item a good one, checked by drawing it many times."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from cairn.curriculum.curriculum import Curriculum, Kind as EntryKind
from cairn.curriculum.items import comparing, proving
from cairn.curriculum.items.bank import TopicItems
from cairn.curriculum.items.item import ChoiceSheet, FreeSheet, Item, Kind, OrderSheet, Wrong
from cairn.curriculum.items.key import ChoiceKey
from cairn.curriculum.items.variant import ItemError, Variant, variant
from cairn.curriculum.problem import Problem, Severity
from cairn.curriculum.reading import FileText
from cairn.curriculum.skill import Level, Skill, slug

VARIANTS = 50
QUICK = 2
FEWEST = {Kind.NUMERIC: 8, Kind.EXPRESSION: 2, Kind.SHAPE: 5, Kind.OUTPUT: 4}
"""How many different questions the variants of an item must show, by kind."""

_HEADING = re.compile(r"^##[ \t]+(?P<title>[^ \t#].*)$", re.MULTILINE)
_WORD = re.compile(r"[a-z]+|\\[a-z]+")
_HOLE = re.compile(r"<<.*?>>", re.DOTALL)
ALIKE = 0.9
"""Share of word pairs from which two questions count as the same."""


@dataclass(frozen=True, slots=True)
class ItemReport:
    """The findings on items and what they amount to.

    Attributes:
        problems: findings.
        items: how many items there are.
        variants: how many variants were drawn.
        coverage: for each skill that has items, how many.
    """

    problems: tuple[Problem, ...]
    items: int
    variants: int
    coverage: Mapping[Skill, int]


@dataclass(slots=True)
class _Tally:
    """What is counted over many items."""

    longest: Counter[str] = field(default_factory=Counter)
    shortest: Counter[str] = field(default_factory=Counter)
    chances: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    stems: dict[str, list[tuple[Item, frozenset[tuple[str, ...]]]]] = field(default_factory=dict)


def lint_items(
    curriculum: Curriculum, topics: Iterable[str] | None = None, variants: int = VARIANTS
) -> ItemReport:
    """Draw every item of some topics, or of all, and report what is wrong.

    Args:
        curriculum: where the items, pages and skills are.
        topics: only these; None for all.
        variants: how many variants of each item to draw.
    """
    linter = _Linter(curriculum, variants)
    bank = curriculum.items
    coverage: Counter[Skill] = Counter()
    for topic in bank.topics if topics is None else topics:
        read = bank.topic(topic)
        linter.problems += read.problems
        if topic not in curriculum.topics:
            if read.file is not None:
                hint = "add topic.md beside it, or remove it"
                linter.problems.append(
                    Problem(read.file.name, 0, "dangling", f"there is no topic {topic!r}", hint)
                )
            continue
        for item in read.items.values():
            linter.item(item, read)
            coverage[item.skill] += 1
    linter.over_all()
    return ItemReport(
        tuple(sorted(set(linter.problems))), sum(coverage.values()), linter.drawn, dict(coverage)
    )


class _Linter:
    """The checks, with what they share."""

    def __init__(self, curriculum: Curriculum, variants: int) -> None:
        self.curriculum, self.variants = curriculum, variants
        self.problems: list[Problem] = []
        self.drawn = 0
        self.tally = _Tally()
        self.anchors: dict[str, frozenset[str]] = {}

    def item(self, item: Item, read: TopicItems) -> None:
        """Everything about one item."""
        at = _Place(item, read.file, self.problems)
        if item.skill not in self.curriculum.graph.position:
            have = ", ".join(level.value for level in self.curriculum.topics[item.topic].levels)
            at.error(
                ("level",), "level", f"{item.topic} has no level {item.sheet.level.value!r}", f"it has {have}"
            )
        self._links(item, at)
        _form(item, at)
        drawn: list[Variant] = []
        for seed in range(1, self.variants + 1):
            try:
                made = variant(item, seed)
                proving.prove(made)
            except ItemError as error:
                at.error(
                    error.path, "item", f"{error} (seed {seed})", "see it with: cairn item show " + item.id
                )
                return
            drawn.append(made)
        self.drawn += len(drawn)
        self._texts(drawn, at)
        if self.variants >= VARIANTS:
            _variety(drawn, at)
            self._positions(drawn, at)
        self._stem(item)

    # ---- links -----------------------------------------------------------------------------------------------

    def _links(self, item: Item, at: _Place) -> None:
        if item.sheet.repairs:
            self._anchor(item.sheet.repairs, at, ("repairs",))
        for path, wrong in _wrongs(item):
            shared = item.misconceptions.get(wrong.misconception)
            if shared is not None:
                if shared.repairs:
                    self._anchor(
                        shared.repairs, at, (), root=("misconceptions", wrong.misconception, "repairs")
                    )
                if shared.lacks:
                    self._lacks(
                        item, shared.lacks, at, (), root=("misconceptions", wrong.misconception, "lacks")
                    )
            if wrong.repairs:
                self._anchor(wrong.repairs, at, (*path, "repairs"))
            if wrong.lacks:
                self._lacks(item, wrong.lacks, at, (*path, "lacks"))
            if not (wrong.repairs or item.sheet.repairs or (shared and shared.repairs)):
                hint = "add `repairs: topic#section` here, to the misconception or to the item"
                at.error(path, "repairs", f"nothing says what repairs {wrong.misconception!r}", hint)

    def _anchor(
        self, place: str, at: _Place, path: tuple[str | int, ...], root: tuple[str | int, ...] = ()
    ) -> None:
        topic, _, anchor = place.partition("#")
        if topic not in self.anchors:
            self.anchors[topic] = self._anchors_of(topic)
        if anchor not in self.anchors[topic]:
            have = ", ".join(sorted(self.anchors[topic])) or "no such topic"
            at.error(path, "dangling", f"there is no page section {place!r}", f"sections: {have}", root=root)

    def _anchors_of(self, topic_id: str) -> frozenset[str]:
        topic = self.curriculum.topics.get(topic_id)
        if topic is None:
            return frozenset()
        headings = {slug(m["title"]) for m in _HEADING.finditer(topic.body)}
        return frozenset(headings | {s.id for s in topic.sections})

    def _lacks(
        self,
        item: Item,
        skill: Skill,
        at: _Place,
        path: tuple[str | int, ...],
        root: tuple[str | int, ...] = (),
    ) -> None:
        graph = self.curriculum.graph
        if skill not in graph.position:
            at.error(path, "dangling", f"the skill {skill} is unknown", "mend the id or the level", root=root)
        elif item.skill in graph.position and graph.position[skill] not in graph.below(
            [graph.position[item.skill]]
        ):
            message = f"{skill} is no prerequisite of {item.skill}, directly or not"
            at.error(path, "lacks", message, "name a prerequisite, or leave `lacks` out", root=root)

    # ---- texts -----------------------------------------------------------------------------------------------

    def _texts(self, drawn: list[Variant], at: _Place) -> None:
        for made in drawn[:5]:
            for path, text in _shown_texts(made):
                problem = _broken(text)
                if problem:
                    at.error(
                        path,
                        "text",
                        f"{problem} (seed {made.seed})",
                        "see it with: cairn item show " + made.item.id,
                    )
                    return

    def _positions(self, drawn: list[Variant], at: _Place) -> None:
        """Where the right option stands, and whether its length gives it away."""
        first = drawn[0]
        if not isinstance(first.key, ChoiceKey) or first.key.multiple:
            return
        area = self.curriculum.topics[first.item.topic].area
        share = _length_shares(drawn)
        size = float(np.mean([len(v.options) for v in drawn]))
        self.tally.longest[area] += 1 if share[0] > 0.5 else 0
        self.tally.shortest[area] += 1 if share[1] > 0.5 else 0
        self.tally.chances[area].append(1 / size)
        places = Counter(_place(v) for v in drawn)
        if max(places.values()) > len(drawn) / size + 6 * math.sqrt(len(drawn) / size):
            at.error((), "position", "the right option stands too often in the same place", "")
        if share[2] > 1.6:
            message = f"the right option is on average {share[2]:.1f} times as long as the longest wrong one"
            at.warn(("answer",), "length", message, "shorten it, or say the wrong ones as fully")

    # ---- over all items --------------------------------------------------------------------------------------

    def _stem(self, item: Item) -> None:
        text = " ".join([item.sheet.ask, getattr(item.sheet, "code", "")])
        words = _WORD.findall(_HOLE.sub(" ", text).lower())
        pairs = frozenset(zip(words, words[1:], strict=False)) or frozenset([tuple(words)])
        self.tally.stems.setdefault(item.topic, []).append((item, pairs))

    def over_all(self) -> None:
        """What can be seen only over many items: questions twice, and a length that gives the answer away."""
        stems = [entry for topic in self.tally.stems.values() for entry in topic]
        where: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
        for i, (_, pairs) in enumerate(stems):
            for pair in pairs:
                where[pair].append(i)
        for i, (item, pairs) in enumerate(stems):
            shared = Counter(j for pair in pairs for j in where[pair] if j < i)
            for j, count in shared.items():
                other, others = stems[j]
                if count / len(pairs | others) > ALIKE and _same_answers(item, other):
                    read = self.curriculum.items.topic(item.topic)
                    message = f"asks the same as {other.id}"
                    _Place(item, read.file, self.problems).error(
                        ("ask",), "duplicate", message, "change one, or make one item of them"
                    )
        for area, chances in self.tally.chances.items():
            for count, word in (
                (self.tally.longest[area], "longest"),
                (self.tally.shortest[area], "shortest"),
            ):
                expected = sum(chances)
                if len(chances) >= 6 and count > expected + 2.5 * math.sqrt(
                    sum(c * (1 - c) for c in chances)
                ):
                    message = f"in the area {area} the right option is the {word} in {count} of {len(chances)} choice items"
                    hint = "lengthen or shorten some options: the length must not tell"
                    self.problems.append(
                        Problem(f"topics/{area}", 0, "length", message, hint, Severity.WARNING)
                    )


class _Place:
    """Where problems of an item are put: the file and the line of a part of it."""

    def __init__(self, item: Item, file: FileText | None, problems: list[Problem]) -> None:
        self.item, self.file, self.problems = item, file, problems

    def error(
        self,
        path: tuple[str | int, ...],
        code: str,
        message: str,
        hint: str,
        *,
        root: tuple[str | int, ...] = (),
    ) -> None:
        """An error at a part of the item, or at `root`, a place in the file."""
        if self.file is not None:
            where = root or ("items", self.item.name, *path)
            self.problems.append(self.file.problem(where, code, f"{self.item.name}: {message}", hint))

    def warn(self, path: tuple[str | int, ...], code: str, message: str, hint: str) -> None:
        """A warning at a part of the item."""
        self.error(path, code, message, hint)
        if self.file is not None:
            found = self.problems.pop()
            self.problems.append(
                Problem(found.file, found.line, found.code, found.message, found.hint, Severity.WARNING)
            )


def _wrongs(item: Item) -> Iterator[tuple[tuple[str | int, ...], Wrong]]:
    for name in ("mistakes", "distractors"):
        for i, wrong in enumerate(getattr(item.sheet, name, ())):
            yield (name, i), wrong


def _form(item: Item, at: _Place) -> None:
    """What each kind must have."""
    match item.sheet:
        case ChoiceSheet() as sheet:
            if len(sheet.distractors) < 3 and not sheet.show:
                message = f"{len(sheet.distractors)} wrong options make guessing easy"
                at.warn(
                    ("distractors",),
                    "few-options",
                    message,
                    "write at least three, or say `show: 2` where only two exist",
                )
        case FreeSheet() as sheet:
            if sheet.passes and sheet.passes > len(sheet.rubric):
                at.error(
                    ("passes",), "rubric", f"there are only {len(sheet.rubric)} points", "lower `passes`"
                )
            for i, point in enumerate(sheet.rubric):
                if point.misconception and point.misconception not in item.misconceptions:
                    message = f"the misconception {point.misconception!r} is not described"
                    at.error(("rubric", i), "misconception", message, "describe it under `misconceptions`")
        case OrderSheet():
            pass
        case sheet:
            if not sheet.mistakes:
                message = "no wrong answer is foreseen"
                at.warn(
                    (),
                    "no-mistakes",
                    message,
                    "add `mistakes`: what would a person with a wrong idea answer?",
                )


def _variety(drawn: list[Variant], at: _Place) -> None:
    """That the seed changes the question, and that drawing is not mostly refused."""
    item = drawn[0].item
    different = len({(v.ask, v.code, frozenset(o.text for o in v.options)) for v in drawn})
    fewest = FEWEST.get(item.kind, 1)
    if different < fewest:
        message = (
            f"{len(drawn)} seeds give {different} different questions; {item.kind.value} items need {fewest}"
        )
        at.error(("vary",), "variety", message, "vary more")
    if item.kind is Kind.CHOICE and different < 2:
        message = "every seed gives the same question with the same options"
        at.warn((), "variety", message, "vary the case, or write more options than are shown")
    draws = float(np.mean([v.draws for v in drawn]))
    if draws > 20:
        message = f"on average {draws:.0f} draws are needed for one that fits"
        at.warn(("vary",), "draws", message, "draw what fits in the first place")


def _shown_texts(made: Variant) -> Iterator[tuple[tuple[str | int, ...], str]]:
    yield ("ask",), made.ask
    yield ("explain",), made.explanation
    for option in made.options:
        yield ((), option.text)
    for foreseen in made.foreseen:
        yield ((), foreseen.says)


_CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)
_FILLER = re.compile(
    r"\b(simply|obviously|trivially|delve|powerful|leverage[sd]?|cutting-edge)\b", re.IGNORECASE
)


def _broken(text: str) -> str:
    """What is wrong with a rendered text, or nothing."""
    bare = _CODE.sub(" ", text)
    if bare.replace("\\$", "").count("$") % 2:
        return "a $ without its partner"
    if "<<" in bare or ">>" in bare:
        return "a hole that was not filled"
    if re.search(r"\+\s*-\d|-\s*-\d", bare):
        return "two signs in a row, as in + -3: use the form :signed or :term"
    filler = _FILLER.search(bare)
    return f"the filler word {filler[0]!r}" if filler else ""


def _length_shares(drawn: list[Variant]) -> tuple[float, float, float]:
    """How often the key is the longest and the shortest option, and its mean length over the longest wrong one."""
    longest, shortest, ratio = 0, 0, []
    for made in drawn:
        assert isinstance(made.key, ChoiceKey)  # noqa: S101  # the caller saw to it
        right = [_length(o.text) for o in made.options if o.key in made.key.right]
        wrong = [_length(o.text) for o in made.options if o.key not in made.key.right]
        longest += right[0] > 1.1 * max(wrong)
        shortest += 1.1 * right[0] < min(wrong)
        ratio.append(right[0] / max(max(wrong), 12))
    return longest / len(drawn), shortest / len(drawn), float(np.mean(ratio))


def _length(text: str) -> int:
    """The length as it looks: LaTeX commands count as one sign."""
    return len(re.sub(r"\\[a-zA-Z]+|[{}$^_]", ".", text).replace(".", ""))


def _place(made: Variant) -> int:
    return next(i for i, o in enumerate(made.options) if o.key in made.key.right)  # type: ignore[union-attr]


def _same_answers(a: Item, b: Item) -> bool:
    """Whether two items with alike questions also offer alike answers. Choice items may share a stem."""
    if a.kind is not Kind.CHOICE or b.kind is not Kind.CHOICE:
        return a.kind is b.kind
    return bool(_answers(a) == _answers(b))


def _answers(item: Item) -> Any:  # noqa: ANN401
    return getattr(item.sheet, "answer", None)
