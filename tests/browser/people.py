"""Synthetic people who answer a diagnosis by keyboard, from what they truly know."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from cairn.curriculum import Curriculum, Level, Skill
from cairn.curriculum.items.key import ChoiceKey, FreeKey, NumericKey, OrderKey
from cairn.curriculum.items.variant import Variant, variant

MATHS = frozenset({"linear-algebra", "calculus", "probability-statistics", "optimization-theory"})
CRAFT = frozenset({"python-programming", "software-engineering-basics", "computer-science"})
PATIENCE = 60_000


def closed(curriculum: Curriculum, has: Callable[[Skill], bool]) -> frozenset[Skill]:
    """The skills that somebody has, without those whose requirements they lack."""
    graph = curriculum.graph
    wished = {i for i, skill in enumerate(graph.nodes) if has(skill)}
    return frozenset(graph.nodes[i] for i in wished if graph.below([i]) <= wished)


def beginner(curriculum: Curriculum) -> frozenset[Skill]:
    """Somebody who has heard of the simplest things only."""
    first = {"vectors", "functions-exponentials-logarithms", "python-fundamentals"}
    return closed(curriculum, lambda s: s.level is Level.RECOGNISE and s.topic in first)


def mathematician(curriculum: Curriculum) -> frozenset[Skill]:
    """Somebody with a degree in mathematics who is new to machine learning."""
    return closed(curriculum, lambda s: curriculum.topics[s.topic].area in MATHS)


def engineer(curriculum: Curriculum) -> frozenset[Skill]:
    """Somebody who programs daily and has forgotten mathematics but for its words."""
    return closed(
        curriculum,
        lambda s: (
            (area := curriculum.topics[s.topic].area) in CRAFT
            or (s.level is Level.RECOGNISE and area in {"linear-algebra", "calculus"})
        ),
    )


@dataclass
class Person:
    """Somebody at the keyboard of a diagnosis.

    Attributes:
        curriculum: the map, from which the right answers are taken.
        knows: what they truly know.
        asked: the items and skills they were asked, in order.
        minutes: how long they would have taken, by the items' own minutes.
    """

    curriculum: Curriculum
    knows: frozenset[Skill]
    asked: list[str] = field(default_factory=list)
    minutes: float = 0.0

    def answer(self, page) -> None:
        """Answer the question on the page, by keyboard alone, and go on past its explanation."""
        form = page.locator("form.question")
        if form.get_attribute("data-question") == "word":
            skill = Skill.parse(form.locator("[name=skill]").get_attribute("value"))
            self.asked.append(str(skill))
            self.minutes += 0.3
            self._press(page, "y" if skill in self.knows else "n")
            return
        item = self.curriculum.items.get(form.locator("[name=item]").get_attribute("value"))
        made = variant(item, int(form.locator("[name=seed]").get_attribute("value")))
        self.asked.append(item.id)
        self.minutes += item.sheet.minutes
        self._took(page, item.sheet.minutes)
        if item.skill in self.knows:
            enter(page, made)
        else:
            self._press(page, "?")
        if page.locator("[data-answered]").count():
            self._press(page, "Enter")

    def _took(self, page, minutes: float) -> None:
        """Let the page look as if it had been shown so long ago."""
        page.evaluate(
            "s => { const f = document.querySelector('[name=asked]'); f.value = String(Number(f.value) - s); }",
            round(60 * minutes),
        )

    def _press(self, page, key: str) -> None:
        with page.expect_navigation(timeout=PATIENCE):
            page.keyboard.press(key)


def enter(page, made: Variant) -> None:
    """Give the right answer to a question by keyboard, and hand it in."""
    keys = [option.key for option in made.options]
    match made.key:
        case ChoiceKey():
            for key in made.key.right:
                page.keyboard.press(str(keys.index(key) + 1))
            last = "Enter"
        case OrderKey():
            arrange(page, made.key.steps)
            last = "Enter"
        case FreeKey():
            raise AssertionError("a diagnosis asks nothing that a person grades")
        case _:
            page.keyboard.insert_text(right(made))
            last = "Control+Enter" if made.item.kind.value == "output" else "Enter"
    with page.expect_navigation(timeout=PATIENCE):
        page.keyboard.press(last)


def arrange(page, steps) -> None:
    """Put steps in order with the arrow keys, leaving out what does not belong."""
    shown = "[...document.querySelectorAll('.order li')].map(e => e.dataset.key)"
    for place, key in enumerate(steps):
        page.locator(f".order li[data-key='{key}']").focus()
        for _ in range(page.evaluate(shown).index(key) - place):
            page.keyboard.press("Alt+ArrowUp")
    for key in page.evaluate(shown)[len(steps) :]:
        page.locator(f".order li[data-key='{key}']").focus()
        page.keyboard.press("x")


def right(made: Variant) -> str:
    """The right answer as it is typed."""
    match made.key:
        case NumericKey(value):
            return str(value.tolist() if hasattr(value, "tolist") else repr(float(value)))
    text = getattr(made.key, "text", None)
    if text is not None:
        return text
    sizes = made.key.sizes
    return "error" if sizes is None else "(" + ", ".join(sizes) + ("," if len(sizes) == 1 else "") + ")"
