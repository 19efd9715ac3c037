"""Find things by what people call them: ids, titles, aliases, with typing mistakes forgiven."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from cairn.curriculum.curriculum import Curriculum, Entry, Kind, folded

_WORD = re.compile(r"[a-z0-9]+")
_ORDER = {kind: i for i, kind in enumerate(Kind)}
_TYPO = 0.75


@dataclass(frozen=True, slots=True)
class Hit:
    """One result. `score` lies in (0, 1]; 1 is the thing itself."""

    entry: Entry
    score: float
    summary: str


class SearchIndex:
    """All names of a curriculum, prepared once so that each key stroke is answered in about a millisecond."""

    def __init__(self, curriculum: Curriculum) -> None:
        self._curriculum = curriculum
        self._rows: list[tuple[Entry, tuple[str, ...], tuple[tuple[str, ...], ...], frozenset[str]]] = []
        for entry in curriculum.entries.values():
            names = tuple(dict.fromkeys((entry.id, *entry.names)))
            words = tuple(_words(name) for name in names)
            about = frozenset(_words(self._summary(entry)))
            self._rows.append((entry, tuple(folded(n) for n in names), words, about))

    def find(self, text: str, limit: int = 8, kinds: Iterable[Kind] | None = None) -> list[Hit]:
        """The best matches for a text, best first; equal scores by kind, then title."""
        wanted, key = _words(text), folded(text)
        if not key:
            return []
        allowed = frozenset(kinds) if kinds is not None else None
        exact = self._curriculum.resolve(text)
        hits: list[Hit] = []
        for entry, names, words, about in self._rows:
            if allowed is not None and entry.kind not in allowed:
                continue
            score = (
                1.0
                if exact is not None and entry.id == exact.id
                else _score(key, wanted, names, words, about)
            )
            if score > 0:
                hits.append(Hit(entry, score, self._summary(entry)))
        if exact is not None and exact.kind is Kind.SKILL and (allowed is None or Kind.SKILL in allowed):
            hits.append(Hit(exact, 1.0, self._summary(exact)))
        if not hits:
            hits = self._guesses(key, allowed)
        hits.sort(key=lambda h: (-h.score, _ORDER[h.entry.kind], len(h.entry.title), h.entry.title))
        return hits[:limit]

    def _guesses(self, key: str, allowed: frozenset[Kind] | None) -> list[Hit]:
        """Names that differ from the text by a typing mistake or two."""
        hits: list[Hit] = []
        matcher = SequenceMatcher(autojunk=False)
        matcher.set_seq2(key)
        for entry, names, _, _ in self._rows:
            if allowed is not None and entry.kind not in allowed:
                continue
            best = 0.0
            for name in names:
                matcher.set_seq1(name)
                if matcher.real_quick_ratio() > _TYPO and matcher.quick_ratio() > _TYPO:
                    best = max(best, matcher.ratio())
            if best > _TYPO:
                hits.append(Hit(entry, best / 2, self._summary(entry)))
        return hits

    def _summary(self, entry: Entry) -> str:  # noqa: PLR0911  # one kind after another
        c = self._curriculum
        match entry.kind:
            case Kind.TOPIC:
                return c.topics[entry.id].summary
            case Kind.SKILL:
                return c.topics[entry.within].summary
            case Kind.SECTION:
                return f"In {c.topics[entry.within].title}"
            case Kind.AREA:
                return c.areas[entry.id].summary
            case Kind.PATH:
                return c.paths[entry.id].summary
            case Kind.PHASE | Kind.TRACK:
                return f"In {c.paths[entry.within].title}"
            case Kind.PAPER:
                return c.papers[entry.id].summary
            case Kind.RESOURCE:
                return c.resources[entry.id].note
            case Kind.QUESTION:
                return "Question"
            case Kind.EXERCISE:
                return "Code to write, judged"
            case Kind.COMPARISON:
                return c.comparisons[entry.id].question


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold()))


def _score(
    key: str,
    wanted: tuple[str, ...],
    names: tuple[str, ...],
    words: tuple[tuple[str, ...], ...],
    about: frozenset[str],
) -> float:
    best = 0.0
    for name, parts in zip(names, words, strict=True):
        if name == key:
            return 0.99
        closeness = len(key) / len(name) if name else 0
        if name.startswith(key):
            best = max(best, 0.7 + 0.25 * closeness)
        elif wanted and all(any(p.startswith(w) for p in parts) for w in wanted):
            best = max(best, 0.45 + 0.25 * min(1.0, closeness))
        elif len(key) > 3 and key in name:
            best = max(best, 0.3 + 0.1 * closeness)
    if best == 0.0 and wanted and all(any(a.startswith(w) for a in about) for w in wanted):
        best = 0.2
    return best
