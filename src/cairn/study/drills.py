"""Drills that a complete page gives by itself: what breaks without a hypothesis, and the order of a derivation.

Both are made of what the page says and its `claims.py` declares, so a page that is completed brings its own. They are
ordinary items: chosen, ordered, graded and kept like those that an author wrote.

A theorem drill is one failure mode. It shows the claim with its hypotheses, drops one, and asks what goes wrong: what
the failure mode states, beside what goes wrong without *other* hypotheses, and ideas that people have of hypotheses.
The counterexample that runs on the page is the proof.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from cairn.claims.declared import Declared, declared
from cairn.claims.declaring import CheckKind
from cairn.claims.page import CLAIMS, Derivation, Step, derivations
from cairn.curriculum import Curriculum, Level
from cairn.curriculum.items.item import AnySheet, ChoiceSheet, Distractor, Item, OrderSheet, ProofStep
from cairn.curriculum.items.proving import prove
from cairn.curriculum.items.variant import ItemError, variant
from cairn.curriculum.prose import split
from cairn.curriculum.topic import Topic

THEOREM, ORDER = "drill-without-", "drill-order-"
"""What the names of the two kinds begin with; the id of the check follows."""

FEWEST_STEPS = 3
NUMBERS = "worked-numbers"
"""The claim that holds a page's numbers together; it is no theorem."""

_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\.py#[^)]*\)")
_MARKUP = re.compile(r"([*_`\[\]<])")

_GENERAL = (
    Distractor(
        text="Nothing: a proof of it uses this hypothesis, but the statement holds without.",
        misconception="drill-idle-hypothesis",
        says="The statement itself fails. A counterexample that runs is on the page: all else is kept.",
    ),
    Distractor(
        text="It fails in every single case, since hypotheses are necessary as well as sufficient.",
        misconception="drill-necessary-hypothesis",
        says="Hypotheses are sufficient. Without one the statement may fail, and one counterexample shows it. "
        "There may be cases in which it holds all the same.",
    ),
    Distractor(
        text="It may fail by bad luck in a small sample, and holds again once the experiment is repeated.",
        misconception="drill-bad-luck",
        says="It is no accident of a draw: the counterexample comes out the same with every seed it was run with.",
    ),
)


def drills(topic: Topic, source: str) -> dict[str, Item]:
    """The drills of a page, by name. What cannot be asked soundly is left out.

    Args:
        topic: a topic with its page.
        source: the text of its `claims.py`.
    """
    checks = declared(source)
    every: dict[str, AnySheet] = {**dict(_theorems(topic, checks)), **dict(_orders(topic, checks))}
    made = {name: _item(topic, name, sheet) for name, sheet in every.items()}
    return {name: item for name, item in made.items() if _sound(item)}


def failure_of(item: str) -> str | None:
    """The id of the failure mode that a theorem drill is made of; None for any other item."""
    name = item.partition("/")[2]
    return name.removeprefix(THEOREM) if name.startswith(THEOREM) else None


def order_of(item: str) -> str | None:
    """The id of the derivation that a proof-order drill is made of; None for any other item."""
    name = item.partition("/")[2]
    return name.removeprefix(ORDER) if name.startswith(ORDER) else None


def is_drill(item: str) -> bool:
    """Whether an item's id is a drill's."""
    return item.partition("/")[2].startswith((THEOREM, ORDER))


def _item(topic: Topic, name: str, sheet: AnySheet) -> Item:
    version = hashlib.sha256(repr(sheet).encode()).hexdigest()[:12]
    return Item(f"{topic.id}/{name}", sheet, version, {}, {}, topic.file)


def _sound(item: Item) -> bool:
    """Whether variants can be drawn of it whose key the grader takes."""
    try:
        for seed in (1, 2):
            prove(variant(item, seed))
    except ItemError:
        return False
    return True


def _level(topic: Topic, wanted: Level) -> Level:
    """The wanted level, or the deepest that the topic has."""
    return wanted if wanted in topic.levels else topic.skills[-1].level


# ---- what breaks without a hypothesis ------------------------------------------------------------------------


def _theorems(topic: Topic, checks: Sequence[Declared]) -> Iterator[tuple[str, ChoiceSheet]]:
    claims = {c.id: c for c in checks if c.kind is not CheckKind.FAILURE and c.id != NUMBERS}
    failures = [c for c in checks if c.kind is CheckKind.FAILURE and c.of in claims]
    for failure in failures:
        others = [f for f in failures if f.without != failure.without and f.states != failure.states]
        yield THEOREM + failure.id, _theorem(topic, claims[failure.of], failure, others)


def _theorem(topic: Topic, claim: Declared, failure: Declared, others: Sequence[Declared]) -> ChoiceSheet:
    listed = "\n".join(f"- {_plain(a)}" for a in claim.assumes)
    under = f"It is stated under these hypotheses:\n\n{listed}\n\n" if listed else ""
    dropped = _plain(failure.without)
    listed_there = failure.without in claim.assumes
    away = "Drop this one and keep the rest:" if listed_there else "Take this away and keep the rest:"
    elsewhere = [
        Distractor(
            text=_plain(other.states),
            misconception="drill-other-hypothesis",
            says=f"That is what goes wrong without “{_plain(other.without)}”, which is kept here. "
            f"Dropped was “{dropped}”.",
        )
        for other in others
    ]
    return ChoiceSheet(
        kind="choice",
        level=_level(topic, Level.USE),
        ask=f"**{_plain(claim.states)}**\n\n{under}{away} **{dropped}**. What can go wrong?",
        explain=f"A counterexample without “{dropped}”: {_plain(failure.states)} The page runs it.",
        minutes=1.5,
        answer=_plain(failure.states),
        distractors=(*elsewhere, *_GENERAL),
        show=4,
        repairs=f"{topic.id}#failure-modes",
    )


# ---- the order of a derivation -------------------------------------------------------------------------------


def _orders(topic: Topic, checks: Sequence[Declared]) -> Iterator[tuple[str, OrderSheet]]:
    known = {c.id: c for c in checks if c.kind is CheckKind.DERIVATION}
    for found in _derivations(topic.body, known):
        check = known.get(found.id)
        if check is None or len(found.steps) < FEWEST_STEPS:
            continue
        texts = [_step(s) for s in found.steps]
        yield (
            ORDER + check.id,
            OrderSheet(
                kind="order",
                level=_level(topic, Level.DERIVE),
                ask=f"**{_plain(check.states)}**\n\nPut the steps of the derivation in order.",
                explain="Each step uses what stands before it. On the page every one is checked with numbers.",
                minutes=max(1.5, 0.6 * len(texts)),
                steps=tuple(_ordered(texts, check.after)),
                repairs=f"{topic.id}#derivation",
            ),
        )


def _derivations(body: str, known: Iterable[str]) -> Iterator[Derivation]:
    """The derivations of a page. Only the sections that refer to one are parsed."""
    references = tuple(f"({CLAIMS}#{name})" for name in known)
    for section in split(body).values():
        if any(reference in section for reference in references):
            yield from derivations(section)


def _ordered(texts: Sequence[str], after: Mapping[int, tuple[int, ...]]) -> Iterator[ProofStep]:
    """The steps, each with those it needs: what `after` says, else the one before it."""
    for number, text in enumerate(texts, 1):
        needed = after.get(number, (number - 1,) if number > 1 else ())
        yield ProofStep(text=text, id=f"step-{number}", after=tuple(f"step-{n}" for n in needed))


def _step(step: Step) -> str:
    """A step as an option: its first paragraph, with its formula where that stands alone below."""
    first = " ".join(step.text.split("\n\n")[0].split())
    if step.formula and "$" not in first:
        first = f"{first.rstrip(' :')}: ${step.formula}$"
    return _LINK.sub(r"\1", first)


def _plain(text: str) -> str:
    """A plain sentence as Markdown that says the same."""
    return _MARKUP.sub(r"\\\1", text)


# ---- choosing one --------------------------------------------------------------------------------------------


def topics_with_drills(curriculum: Curriculum) -> dict[str, tuple[Item, ...]]:
    """The drills of every page that has any, theorem drills first, in learning order."""
    found = {}
    for topic in curriculum.topics:
        made = tuple(curriculum.items.drills(topic).values())
        if made:
            found[topic] = made
    return found


def next_drill(items: Sequence[Item], counts: Mapping[str, int]) -> Item:
    """Of some drills the one that was answered least often, the first of those."""
    return min(items, key=lambda item: counts.get(item.id, 0))
