"""What gives a choice away without knowing: the place of the right option, or its length."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from cairn.curriculum.items.key import ChoiceKey
from cairn.curriculum.items.rules.place import Place
from cairn.curriculum.items.variant import Variant
from cairn.curriculum.problem import Problem, Severity

FEWEST_ITEMS = 6
"""From how many choice items of an area on lengths are judged together."""


@dataclass(frozen=True, slots=True)
class Lengths:
    """How the right options' lengths stand out in one item.

    Attributes:
        area: the area of its topic.
        chance: the share of right options, which is how often one would be the longest by chance.
        longest: whether a right option is clearly the longest in most variants.
        shortest: whether one is clearly the shortest.
    """

    area: str
    chance: float
    longest: bool
    shortest: bool


def cues(drawn: Sequence[Variant], area: str, at: Place) -> Lengths | None:
    """Report cues of one choice item, and give what is to be judged over an area."""
    shown = [v for v in drawn if isinstance(v.key, ChoiceKey) and 0 < len(v.key.right) < len(v.options)]
    if not shown:
        return None
    _positions(shown, at)
    seen = [_lengths(v) for v in shown]
    ratio = float(np.mean([np.mean(right) / max(*wrong, 12) for right, wrong in seen]))
    if ratio > 1.6:
        message = f"the right option is on average {ratio:.1f} times as long as the longest wrong one"
        at.warn(("answer",), "length", message, "shorten it, or say the wrong ones as fully")
    longest = np.mean([max(right) > 1.1 * max(wrong) for right, wrong in seen])
    shortest = np.mean([1.1 * min(right) < min(wrong) for right, wrong in seen])
    chance = float(np.mean([len(right) / (len(right) + len(wrong)) for right, wrong in seen]))
    return Lengths(area, chance, bool(longest > 0.5), bool(shortest > 0.5))


def _positions(shown: Sequence[Variant], at: Place) -> None:
    """Whether right options stand in one place more often than chance puts them: six standard deviations."""
    places = Counter(i for v in shown for i, right in enumerate(_rights(v)) if right)
    expected = sum(places.values()) / max(len(v.options) for v in shown)
    if max(places.values()) > expected + 6 * math.sqrt(expected):
        at.error((), "position", "a right option stands too often in the same place", "")


def _rights(made: Variant) -> Iterator[bool]:
    assert isinstance(made.key, ChoiceKey)  # noqa: S101  # the caller saw to it
    for option in made.options:
        yield option.key in made.key.right


def _lengths(made: Variant) -> tuple[list[int], list[int]]:
    """The lengths of the right and of the wrong options."""
    sides: tuple[list[int], list[int]] = ([], [])
    for option, right in zip(made.options, _rights(made), strict=True):
        sides[not right].append(_length(option.text))
    return sides


def _length(text: str) -> int:
    """The length as it looks: LaTeX commands count as one sign."""
    return len(re.sub(r"\\[a-zA-Z]+|[{}$^_]", ".", text).replace(".", ""))


def over_areas(found: Iterable[Lengths]) -> Iterator[Problem]:
    """Warnings for areas in which the length of an option tells whether it is right."""
    by_area: defaultdict[str, list[Lengths]] = defaultdict(list)
    for lengths in found:
        by_area[lengths.area].append(lengths)
    for area, items in by_area.items():
        expected = sum(i.chance for i in items)
        limit = expected + 2.5 * math.sqrt(sum(i.chance * (1 - i.chance) for i in items))
        for word, count in (
            ("longest", sum(i.longest for i in items)),
            ("shortest", sum(i.shortest for i in items)),
        ):
            if len(items) >= FEWEST_ITEMS and count > limit:
                message = f"in the area {area} the right option is the {word} in {count} of {len(items)} choice items"
                hint = "lengthen or shorten some options: the length must not tell"
                yield Problem(f"topics/{area}", 0, "length", message, hint, Severity.WARNING)
