"""Items that ask the same, and skills that too few items ask."""

from __future__ import annotations

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cairn.curriculum.items.bank import TopicItems
from cairn.curriculum.items.rules.text import SEEN
from cairn.curriculum.items.variant import Variant
from cairn.curriculum.problem import Problem, Severity

ALIKE = 0.8
"""Share of common shingles from which two items count as the same."""
SHINGLE = 3
_TOKEN = re.compile(r"\\?[a-z]+|0|[^\w\s]")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Prints:
    """What an item looks like once rendered.

    Attributes:
        item: its full id.
        kind: only items of one kind are compared.
        shingles: hashes of all runs of three words over some variants, numbers taken as one.
        problem: what to report of it, but for the other item's name.
    """

    item: str
    kind: str
    shingles: frozenset[int]
    problem: Problem


def prints(drawn: Sequence[Variant], read: TopicItems) -> Prints | None:
    """The look of an item, from its first variants."""
    if not drawn or read.file is None:
        return None
    item = drawn[0].item
    found: set[int] = set()
    for made in drawn[:SEEN]:
        texts = [made.ask, made.code, *sorted(o.text for o in made.options)]
        for text in texts:
            words = _words(text)
            found |= {_hash(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1)) if words}
    hint = "change one, or make one item of them"
    problem = read.file.problem(("items", item.name, "ask"), "duplicate", "", hint)
    return Prints(item.id, item.kind.value, frozenset(found), problem)


def _words(text: str) -> list[str]:
    return _TOKEN.findall(_NUMBER.sub("0", text.lower()))


def _hash(words: Sequence[str]) -> int:
    return zlib.crc32(" ".join(words).encode())


def duplicates(found: Sequence[Prints]) -> Iterator[Problem]:
    """An error for each item that asks the same as an earlier one, whatever their topics."""
    where: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
    for i, one in enumerate(found):
        shared = Counter(j for shingle in one.shingles for j in where[one.kind, shingle])
        for j, count in shared.items():
            if count >= ALIKE * len(one.shingles | found[j].shingles):
                message = f"{one.item.partition('/')[2]}: asks the same as {found[j].item}"
                yield Problem(one.problem.file, one.problem.line, "duplicate", message, one.problem.hint)
        for shingle in one.shingles:
            where[one.kind, shingle].append(i)


def thin(curriculum_skills: Mapping[str, int], read: TopicItems) -> Iterator[Problem]:
    """A warning for each skill with fewer than two items."""
    if read.file is None:
        return
    for skill, count in curriculum_skills.items():
        if count < 2:
            message = f"{skill} has {count or 'no'} item{'s' if count != 1 else ''}; two are needed"
            hint = "write another, of a different form"
            problem = read.file.problem(("items",), "thin", message, hint)
            yield Problem(problem.file, problem.line, "thin", message, hint, Severity.WARNING)
