"""What each kind of item must have."""

from __future__ import annotations

from cairn.curriculum.items.item import ChoiceSheet, FreeSheet, Item, OrderSheet
from cairn.curriculum.items.rules.place import Place


def form(item: Item, at: Place) -> None:
    """Enough wrong answers to tell ideas apart, and a rubric that can be met."""
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
