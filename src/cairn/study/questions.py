"""Items as documents: what a face shows of a variant, and what it may never show before the answer."""

from __future__ import annotations

from typing import Any

from cairn.curriculum.items.grading import Graded, Note
from cairn.curriculum.items.key import ChoiceKey, Foreseen, NumericKey, ShapeKey
from cairn.curriculum.items.variant import Variant

FORMAT = 1


def as_document(made: Variant, *, key: bool = False) -> dict[str, Any]:
    """A variant for a face. The answer, the mistakes and the explanation are in it only with `key`."""
    question: dict[str, Any] = {
        "format": FORMAT,
        "item": made.item.id,
        "version": made.item.version,
        "seed": made.seed,
        "skill": str(made.item.skill),
        "kind": made.item.kind.value,
        "minutes": made.item.sheet.minutes,
        "ask": made.ask,
        "code": made.code or None,
        "multiple": isinstance(made.key, ChoiceKey) and made.key.multiple,
        "options": [{"key": o.key, "text": o.text} for o in made.options],
        "unit": made.key.unit if isinstance(made.key, NumericKey) else None,
        "symbols": list(made.key.symbols) if isinstance(made.key, ShapeKey) else [],
        "variables": [*getattr(made.item.sheet, "variables", ()), *getattr(made.item.sheet, "arrays", ())],
    }
    if key:
        question |= {
            "parameters": dict(made.parameters),
            "answer": made.shown,
            "explanation": made.explanation,
            "mistakes": [_foreseen(f) for f in made.foreseen],
        }
    return question


def graded_document(graded: Graded) -> dict[str, Any]:
    """A graded answer for a face."""
    return {
        "format": FORMAT,
        "mark": graded.mark.value,
        "message": graded.message,
        "because": [_foreseen(f) for f in graded.because],
        "answer": graded.shown or None,
        "explanation": graded.explanation or None,
        "options": [_note(n) for n in graded.notes],
    }


def _note(note: Note) -> dict[str, Any]:
    """An option once the question is answered: whether it was right, and for a wrong one why not."""
    head = {"key": note.option.key, "text": note.option.text, "right": note.right}
    return head | {"why": _foreseen(note.why) if note.why else None}


def _foreseen(found: Foreseen) -> dict[str, Any]:
    return {
        "misconception": found.misconception,
        "says": found.says,
        "repairs": found.repairs,
        "lacks": str(found.lacks) if found.lacks else None,
    }
