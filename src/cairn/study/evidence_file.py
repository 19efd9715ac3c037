"""Evidence as a file of JSON lines: all that was kept of what a person did, to be taken elsewhere and back.

The first line says what the file is. Each other line is one event, or one answer with the event it gave. Reading the
same file twice keeps nothing twice, and the same lines give the same belief.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cairn.learner import Evidence, Outcome, Source
from cairn.store.answers import Answered
from cairn.study.answering import Answering

FORMAT = 1
KIND = "cairn-evidence"
MOST_LINES = 5_000_000


class EvidenceFileError(ValueError):
    """Raised when a file is no evidence. `line` is where, counted from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True, slots=True)
class Taken:
    """What was read: events and answers in the file, and how many of each were new."""

    events: int
    answers: int
    new_events: int
    new_answers: int
    background: str | None


def lines(answering: Answering) -> Iterator[str]:
    """The file of one person, line by line."""
    desk = answering.desk
    yield json.dumps({"kind": KIND, "format": FORMAT, "background": desk.background()})
    for event in desk.log.of(desk.person_id):
        yield json.dumps(
            {
                "at": event.at.isoformat(),
                "source": event.source.value,
                "skill": event.skill,
                "outcome": event.outcome.value,
                "ref": event.ref,
                "detail": event.detail,
            },
            ensure_ascii=False,
        )
    for kept in reversed(answering.answers.of(desk.person_id)):
        yield json.dumps(
            {
                "answer": kept.answer,
                "item": kept.item,
                "version": kept.version,
                "seed": kept.seed,
                "skill": kept.skill,
                "parameters": dict(kept.parameters),
                "mark": kept.mark,
                "seconds": kept.seconds,
                "occasion": kept.occasion,
                "at": kept.at.isoformat(),
            },
            ensure_ascii=False,
        )


def take(answering: Answering, text: Iterable[str]) -> Taken:
    """Keep what a file holds for this person; what is there already stays as it is.

    The whole file is read before anything is kept. The background is taken where the person has said none.

    Raises:
        EvidenceFileError: a line is not what it should be; nothing was kept.
    """
    person = answering.desk.person_id
    events: list[Evidence] = []
    answers: list[Answered] = []
    background: str | None = None
    for number, raw in enumerate(text, start=1):
        if number > MOST_LINES:
            raise EvidenceFileError(number, f"the file has more than {MOST_LINES} lines")
        if not raw.strip():
            continue
        value = _object(number, raw)
        if number == 1:
            background = _head(value)
            continue
        try:
            if "answer" in value:
                answers.append(_answer(person, value))
            else:
                events.append(_event(person, value))
        except (KeyError, TypeError, ValueError) as error:
            raise EvidenceFileError(number, _said(error)) from None
    return _kept(answering, events, answers, background)


def _kept(
    answering: Answering, events: list[Evidence], answers: list[Answered], background: str | None
) -> Taken:
    desk = answering.desk
    person = desk.person()
    if background in desk.atlas.curriculum.backgrounds and person.background is None:
        desk.set_background(background)
    new_answers = sum(
        answering.answers.keep(kept, [])
        for kept in answers
        if answering.answers.find(desk.person_id, kept.item, kept.seed) is None
    )
    new_events = desk.log.append_new(events)
    return Taken(len(events), len(answers), new_events, new_answers, background)


def _object(number: int, raw: str) -> dict[str, Any]:
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError):
        raise EvidenceFileError(number, "this line is no JSON") from None
    if not isinstance(value, dict):
        raise EvidenceFileError(number, "this line is no JSON object")
    return value


def _head(value: dict[str, Any]) -> str | None:
    if value.get("kind") != KIND:
        raise EvidenceFileError(1, f'the first line of such a file says "kind": "{KIND}"')
    if value.get("format") != FORMAT:
        raise EvidenceFileError(
            1, f"the format {value.get('format')!r} is unknown here; this Cairn reads {FORMAT}"
        )
    background = value.get("background")
    return background if isinstance(background, str) else None


def _event(person: str, value: dict[str, Any]) -> Evidence:
    return Evidence(
        person,
        datetime.fromisoformat(_text(value, "at", 64)),
        Source(value["source"]),
        _text(value, "skill", 120),
        Outcome(value["outcome"]),
        _text(value, "ref", 200) if value.get("ref") is not None else None,
        _text(value, "detail", 200) if value.get("detail") is not None else None,
    )


def _answer(person: str, value: dict[str, Any]) -> Answered:
    answer, seconds = value["answer"], value.get("seconds")
    fits = answer is None or isinstance(answer, str)
    if not fits and not (isinstance(answer, list) and all(isinstance(key, str) for key in answer)):
        msg = "`answer` must be a text, a list of texts or null"
        raise ValueError(msg)
    if value.get("mark") not in {"right", "wrong", "passed"}:
        msg = "`mark` must be right, wrong or passed"
        raise ValueError(msg)
    if not isinstance(value["seed"], int) or not isinstance(value["parameters"], dict):
        msg = "`seed` must be a whole number and `parameters` an object"
        raise ValueError(msg)
    at = datetime.fromisoformat(_text(value, "at", 64))
    if at.tzinfo is None:
        msg = "`at` needs a time zone"
        raise ValueError(msg)
    return Answered(
        person=person,
        item=_text(value, "item", 160),
        version=_text(value, "version", 32),
        seed=value["seed"],
        skill=_text(value, "skill", 120),
        parameters=value["parameters"],
        answer=answer,
        mark=value["mark"],
        seconds=float(seconds) if seconds is not None else None,
        occasion=_text(value, "occasion", 32),
        at=at,
    )


def _text(value: dict[str, Any], key: str, longest: int) -> str:
    found = value[key]
    if not isinstance(found, str) or not 0 < len(found) <= longest:
        msg = f"`{key}` must be a text of at most {longest} characters"
        raise ValueError(msg)
    return found


def _said(error: Exception) -> str:
    return f"{error} is missing" if isinstance(error, KeyError) else str(error)
