"""The command of the question bank: answer in your own words, compare, grade yourself."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from cairn.app import App
from cairn.cli.output import document, fail, heading, next_step, paragraph, quiet, say, strong, style
from cairn.study.typeset import readable

if TYPE_CHECKING:
    from cairn.curriculum.model_answer import ModelAnswer
    from cairn.curriculum.question import Question
    from cairn.study.self_grading import Credit

WORDS = {"full": "in full", "partial": "in part", "none": "not"}
KEYS = {"f": "full", "p": "partial", "n": "none"}


@click.command()
@click.argument("name", metavar="[QUESTION]", default="")
@click.option("--answer", "reading", is_flag=True, help="Print the model answer and its rubric; ask nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON document.")
@click.pass_obj
def question(app: App, name: str, reading: bool, as_json: bool) -> None:
    """Answer a question in your own words, compare, and grade yourself by its rubric. Without a name: list them all."""
    from cairn.cli.asking import need_terminal  # noqa: PLC0415
    from cairn.curriculum import Kind  # noqa: PLC0415

    curriculum = app.atlas.curriculum
    if not name:
        _list(app, as_json)
        return
    entry = curriculum.resolve(name)
    if entry is None or entry.kind is not Kind.QUESTION:
        fail(f"there is no question {name!r}", "cairn question lists them")
        return
    asked, model = curriculum.questions[entry.id], curriculum.answers.get(entry.id)
    if as_json:
        document(described(asked, model))
        return
    if model is None:
        fail(f"{asked.id} has no model answer yet", "cairn question lists those that have one")
        return
    if reading:
        heading(asked.ask)
        show_model(model)
        show_rubric(model)
        follow_ups(asked, model)
        next_step(f"cairn question {asked.id}", "answer it yourself")
        return
    need_terminal("run it in a terminal, or in the browser: cairn up; --answer prints the model answer")
    _ask(app, asked, model)


def _list(app: App, as_json: bool) -> None:
    curriculum = app.atlas.curriculum
    if as_json:
        rows = [
            {"id": q.id, "ask": q.ask, "group": q.group, "answered": q.id in curriculum.answers}
            for q in curriculum.questions.values()
        ]
        document({"format": 1, "questions": rows})
        return
    group = ""
    for q in curriculum.questions.values():
        if q.group != group:
            group = q.group
            heading("\n" + group.replace("-", " ").capitalize())
        paragraph(q.ask, "  ", hang="  ")
        say(quiet(f"  {q.id}"))
    next_step("cairn question q-vc-define", "answer one" if curriculum.answers else "read one")


def described(asked: Question, model: ModelAnswer | None) -> dict[str, Any]:
    """A question with its model answer as a document."""
    found: dict[str, Any] = {
        "format": 1,
        "id": asked.id,
        "ask": asked.ask,
        "kind": [k.value for k in asked.kind],
        "targets": list(map(str, asked.targets)),
        "follow_up": asked.follow_up,
        "answer": None,
    }
    if model is not None:
        found |= {
            "answer": model.body,
            "minutes": model.minutes,
            "code": model.code,
            "rubric": [
                {
                    "point": c.point, "weight": c.weight, "full": c.full, "partial": c.partial,
                    "none": c.none, "see": c.see,
                }
                for c in model.rubric
            ],
            "wrong": [{"says": w.says, "because": w.because, "see": w.see} for w in model.wrong],
            "fails": {"ask": model.fails.ask, "answer": model.fails.answer, "see": model.fails.see},
            "then": model.then,
        }  # fmt: skip
    return found


def _ask(app: App, asked: Question, model: ModelAnswer) -> None:
    from cairn.cli.asking import StoppedError  # noqa: PLC0415

    grading = app.self_grading()
    number, began = grading.number(asked.id), time.monotonic()
    heading(asked.ask, f"about {model.minutes:g} min")
    try:
        said = own_words()
        seconds = time.monotonic() - began
        marks = None if said.strip() == "?" else grades(model)
    except StoppedError:
        say(quiet("Stopped. Nothing was counted."))
        return
    grading.keep(asked.id, number, marks, said="" if marks is None else said, seconds=seconds)
    if marks is None:
        show_model(model)
    else:
        show_marks(model, marks)
    follow_ups(asked, model)
    next_step("cairn interview", "several of them, against the clock")


def own_words() -> str:
    """What a person says, in lines; `?` alone means "I don't know".

    Raises:
        StoppedError: they stop.
    """
    from cairn.cli.asking import lines  # noqa: PLC0415

    say(quiet("your answer; an empty line ends it · ? I don’t know · q stops"))
    return lines(())


def grades(model: ModelAnswer) -> tuple[Credit, ...]:
    """The model answer, and a person's grade for each criterion.

    Raises:
        StoppedError: they stop.
    """
    from cairn.cli.asking import heard  # noqa: PLC0415
    from cairn.study.self_grading import Credit  # noqa: PLC0415

    show_model(model)
    say()
    say(strong("Grade yourself") + quiet("  f in full · p in part · n not"))
    found = []
    for i, c in enumerate(model.rubric, 1):
        say()
        paragraph(f"{i}. {readable(c.point)}" + (f" (counts {c.weight})" if c.weight > 1 else ""), bold=True)
        for key, level in KEYS.items():
            paragraph(f"{key}  {readable(getattr(c, level))}", "   ", hang="   ")
        while (said := heard().strip().lower()) not in KEYS:
            say("Answer f, p or n.")
        found.append(Credit(KEYS[said]))
    return tuple(found)


def show_model(model: ModelAnswer) -> None:
    """The model answer as readable text."""
    from cairn.cli.asking import prose  # noqa: PLC0415

    say()
    say(strong("A model answer"))
    prose(model.body, "  ")
    if model.code:
        say(quiet(f"  code: {model.code}"))


def show_rubric(model: ModelAnswer) -> None:
    """What it is graded by."""
    say()
    say(strong("Graded by"))
    for c in model.rubric:
        paragraph(readable(c.point) + (f" (counts {c.weight})" if c.weight > 1 else ""), "  ")
        for level, word in WORDS.items():
            paragraph(f"{word}: {readable(getattr(c, level))}", "    ", hang="  ")
        say(quiet(f"    read: {c.see}"))


def show_marks(model: ModelAnswer, marks: Sequence[Credit]) -> None:
    """Each criterion with its grade, and what to read where something was missing."""
    say()
    for c, mark in zip(model.rubric, marks, strict=True):
        word = f"{WORDS[mark.value]:<8}"
        say(f"  {quiet(word) if mark.value == 'full' else style(word, fg='yellow')} {readable(c.point)}")
        if mark.value != "full":
            say(quiet(f"           read: {c.see}"))


def follow_ups(asked: Question, model: ModelAnswer) -> None:
    """When it fails, what comes next, and the common wrong answers."""
    from cairn.cli.asking import prose  # noqa: PLC0415

    say()
    say(strong("Common wrong answers"))
    for w in model.wrong:
        paragraph(f"✗ {readable(w.says)}", "  ", hang="  ")
        paragraph(readable(w.because), "    ", dim=True)
    pairs = [(model.fails.ask, model.fails.answer)]
    pairs += [(asked.follow_up, model.then)] if asked.follow_up and model.then else []
    for ask, answer in pairs:
        say()
        paragraph(readable(ask), bold=True)
        prose(answer, "  ")
