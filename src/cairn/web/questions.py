"""The question bank: a question, one's own answer, the model answer beside it, and a rubric to grade oneself by."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cairn.app import App
from cairn.claims.code import ExcerptError, excerpt, highlight
from cairn.curriculum import Curriculum
from cairn.curriculum.model_answer import ModelAnswer
from cairn.study.checking import read_python
from cairn.study.errors import UnknownItemError
from cairn.study.interview_report import place_title
from cairn.study.self_grading import MOST_TEXT, Credit
from cairn.web import asking, assets
from cairn.web.asking import seconds, seed_of
from cairn.web.forms import pairs
from cairn.web.templating import page
from cairn.web.views import Views


def routes() -> list[Route]:
    """All routes of the question bank."""
    return [
        Route("/questions", questions),
        Route("/questions/{id}", question, methods=["GET"]),
        Route("/questions/{id}", answer, methods=["POST"]),
        Route("/questions/{id}/answered/{number}", answered),
    ]


@dataclass(frozen=True, slots=True)
class Link:
    """A page section to read: what it is called, and its address."""

    title: str
    href: str


@dataclass(frozen=True, slots=True)
class CriterionView:
    """One criterion as a page shows it, with the credit that was given, if any was."""

    point: Markup
    weight: int
    levels: tuple[tuple[str, Markup], ...]
    see: Link
    given: str = ""


@dataclass(frozen=True, slots=True)
class MistakeView:
    """One common wrong answer."""

    says: Markup
    because: Markup
    see: Link | None


@dataclass(frozen=True, slots=True)
class AnswerView:
    """A model answer as a page shows it."""

    body: Markup
    code: Markup
    exercise: str
    rubric: tuple[CriterionView, ...]
    wrong: tuple[MistakeView, ...]
    fails_ask: Markup
    fails: Markup
    fails_see: Link
    then: Markup
    minutes: float


def line(text: str, name: str) -> Markup:
    """A text of a model answer as HTML within a line."""
    return _line(text, name, id(assets.formulas(name)))


def prose(text: str, name: str) -> Markup:
    """A text of a model answer as HTML."""
    return _prose(text, name, id(assets.formulas(name)))


@lru_cache(maxsize=8192)
def _line(text: str, name: str, formulas: int) -> Markup:  # noqa: ARG001  # made anew with new formulas
    return asking.line(text, name)


@lru_cache(maxsize=1024)
def _prose(text: str, name: str, formulas: int) -> Markup:  # noqa: ARG001
    return asking.prose(text, name)


def view(app: App, model: ModelAnswer, given: Sequence[str] = ()) -> AnswerView:
    """A model answer, ready for its template.

    Args:
        app: where the curriculum lies.
        model: the answer.
        given: credits that were given, in the order of the rubric.
    """
    curriculum, name = app.atlas.curriculum, model.id
    rubric = tuple(
        CriterionView(
            point=line(c.point, name),
            weight=c.weight,
            levels=tuple((level.value, line(getattr(c, level.value), name)) for level in Credit),
            see=link(curriculum, c.see),
            given=given[i] if i < len(given) else "",
        )
        for i, c in enumerate(model.rubric)
    )
    wrong = tuple(
        MistakeView(line(w.says, name), line(w.because, name), link(curriculum, w.see) if w.see else None)
        for w in model.wrong
    )
    return AnswerView(
        body=prose(model.body, name),
        code=_code(app, model.code),
        exercise=model.code.split("/")[1] if model.code else "",
        rubric=rubric,
        wrong=wrong,
        fails_ask=line(model.fails.ask, name),
        fails=prose(model.fails.answer, name),
        fails_see=link(curriculum, model.fails.see),
        then=prose(model.then, name) if model.then else Markup(),
        minutes=model.minutes,
    )


def link(curriculum: Curriculum, place: str) -> Link:
    """The page section that `topic#section` means."""
    return Link(place_title(curriculum, place), f"/topics/{place}")


def _code(app: App, place: str | None) -> Markup:
    """The source of a function that belongs to the answer; nothing where it is gone."""
    if not place:
        return Markup()
    file, _, name = place.partition("#")
    text = read_python(app.settings.curriculum, file)
    try:
        return Markup(highlight(excerpt(text, name))) if text is not None else Markup()  # noqa: S704  # escaped there
    except ExcerptError:
        return Markup()


def questions(request: Request) -> Response:
    """All questions by group, with those that were answered marked."""
    app: App = request.app.state.app
    curriculum = app.atlas.curriculum
    groups: dict[str, list[Any]] = {}
    for found in curriculum.questions.values():
        groups.setdefault(found.group, []).append(found)
    counts = app.self_grading().answers.counts(app.desk().person_id)
    done = {q for q in curriculum.questions if counts.get(f"question/{q}")}
    return page(request, "questions.html", groups=groups, done=done)


def question(request: Request) -> Response:
    """One question: answer it, or read the model answer; and the gap to answering it."""
    app: App = request.app.state.app
    curriculum = app.atlas.curriculum
    name = request.path_params["id"]
    if name not in curriculum.questions:
        raise HTTPException(404)
    model = curriculum.answers.get(name)
    if model is not None and request.query_params.get("show") == "answer":
        return _reading(request, app, name, model)
    return _asking(request, app, name)


def _asking(request: Request, app: App, name: str) -> Response:
    views: Views = request.app.state.views
    found = app.atlas.curriculum.questions[name]
    model = app.atlas.curriculum.answers.get(name)
    grading = app.self_grading()
    return page(
        request,
        "question.html",
        question=found,
        model=model,
        cost=app.desk().gap(name) if views.targets_by_topic(found.targets) else None,
        number=grading.number(name),
        earlier=grading.kept(name)[:3] if model else [],
        now=int(time.time()),
    )


def _reading(request: Request, app: App, name: str, model: ModelAnswer) -> Response:
    found = app.atlas.curriculum.questions[name]
    return page(request, "question_answer.html", question=found, answer=view(app, model), graded=None)


async def answer(request: Request) -> Response:
    """Show the model answer beside one's own, or keep the grades."""
    fields = await pairs(request)
    return await run_in_threadpool(_answer, request, fields)


def _answer(request: Request, fields: list[tuple[str, str]]) -> Response:
    app: App = request.app.state.app
    name, values = request.path_params["id"], dict(fields)
    grading = app.self_grading()
    try:
        _, model = grading.model(name)
    except UnknownItemError:
        raise HTTPException(404) from None
    number = seed_of(values.get("number", ""))
    said = said_in(values)
    if values.get("say") == "pass":
        grading.keep(name, number, None, said=said, seconds=seconds(values))
        return RedirectResponse(f"/questions/{name}?show=answer", status_code=303)
    if values.get("say") != "keep":
        return _compare(request, model, values)
    given = credits_in(values, len(model.rubric))
    if given is None:
        return _compare(request, model, values, "Grade every point: in full, in part, or not.")
    grading.keep(name, number, given, said=said, seconds=seconds(values))
    return RedirectResponse(f"/questions/{name}/answered/{number}", status_code=303)


def credits_in(values: Mapping[str, str], count: int) -> tuple[Credit, ...] | None:
    """The credits in a form's fields `c0`, `c1`, ...; None where one is missing."""
    found = [values.get(f"c{i}", "") for i in range(count)]
    known = {level.value for level in Credit}
    return tuple(map(Credit, found)) if all(text in known for text in found) else None


def _compare(request: Request, model: ModelAnswer, values: Mapping[str, str], problem: str = "") -> Response:
    """One's own answer beside the model answer, with the rubric to fill in."""
    app: App = request.app.state.app
    given = [values.get(f"c{i}", "") for i in range(len(model.rubric))]
    return page(
        request,
        "question_compare.html",
        status=422 if problem else 200,
        question=app.atlas.curriculum.questions[model.id],
        answer=view(app, model, given),
        number=seed_of(values.get("number", "")),
        said=said_in(values),
        asked=values.get("asked", ""),
        problem=problem,
    )


def said_in(values: Mapping[str, str]) -> str:
    """What was written, within bounds."""
    return values.get("text", "").replace("\r\n", "\n")[:MOST_TEXT]


def answered(request: Request) -> Response:
    """One answer that was kept: the grades, and what to read where something was missing."""
    app: App = request.app.state.app
    name = request.path_params["id"]
    grading = app.self_grading()
    try:
        found, model = grading.model(name)
    except UnknownItemError:
        raise HTTPException(404) from None
    graded = grading.find(name, seed_of(request.path_params["number"]))
    if graded is None:
        raise HTTPException(404)
    given = [m.value for m in graded.marks] if graded.current else []
    return page(
        request, "question_answer.html", question=found, answer=view(app, model, given), graded=graded
    )
