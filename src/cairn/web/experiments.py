"""The pages of experiments: what was asked, what was run, what was seen, what comes next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cairn.planning import PlanError
from cairn.store.logbook import Experiment
from cairn.web.diary import MAX_FORM, sentence, verbs
from cairn.web.forms import pairs
from cairn.web.templating import page
from cairn.web.ways import WAYS


def routes() -> list[Route]:
    """All routes of experiments."""
    return [
        Route("/log/experiments", experiments, methods=["GET"]),
        Route("/log/experiments", write, methods=["POST"]),
        Route("/log/experiments/{number:int}", change, methods=["GET"]),
        Route("/log/experiments/{number:int}", rewrite, methods=["POST"]),
    ]


@dataclass(frozen=True, slots=True)
class Note:
    """What stands in the form of a note."""

    subject: str = ""
    question: str = ""
    setup: str = ""
    result: str = ""
    conclusion: str = ""

    @classmethod
    def of(cls, values: Mapping[str, str]) -> Note:
        """From a form."""
        return cls(**{f.name: values.get(f.name, "").replace("\r\n", "\n") for f in fields(cls)})

    @classmethod
    def kept(cls, note: Experiment) -> Note:
        """From a note that is kept."""
        return cls(note.subject, note.question, note.setup, note.result, note.conclusion)


def experiments(request: Request) -> Response:
    """All notes by subject, and a form for the next."""
    return _show(request, Note(subject=request.query_params.get("subject", "")[:120]))


def _show(request: Request, typed: Note, problem: str = "") -> Response:
    diary, _ = verbs(request)
    by_subject: dict[str, list[Experiment]] = {}
    for note in reversed(diary.experiments()):
        by_subject.setdefault(note.subject, []).append(note)
    curriculum = diary.desk.atlas.curriculum
    return page(
        request,
        "experiments.html",
        status=422 if problem else 200,
        typed=typed,
        problem=problem,
        notes=by_subject,
        exercises=curriculum.exercises,
        ways=WAYS,
    )


async def write(request: Request) -> Response:
    """Keep a note."""
    values = dict(await pairs(request, MAX_FORM))
    return await run_in_threadpool(_write, request, Note.of(values))


def _write(request: Request, typed: Note) -> Response:
    diary, _ = verbs(request)
    try:
        diary.note(typed.subject, typed.question, typed.setup, typed.result, typed.conclusion)
    except PlanError as error:
        return _show(request, typed, sentence(error))
    return RedirectResponse("/log/experiments#notes", status_code=303)


def _kept(request: Request) -> Experiment:
    diary, _ = verbs(request)
    number = int(request.path_params["number"])
    found = next((note for note in diary.experiments() if note.number == number), None)
    if found is None:
        raise HTTPException(404)
    return found


def change(request: Request) -> Response:
    """One note, to go on with or to remove."""
    note = _kept(request)
    return _change(request, note, Note.kept(note))


def _change(request: Request, note: Experiment, typed: Note, problem: str = "") -> Response:
    exercises = verbs(request)[0].desk.atlas.curriculum.exercises
    status = 422 if problem else 200
    return page(
        request, "experiment.html", status=status, note=note, typed=typed, problem=problem, exercises=exercises,
        ways=WAYS,
    )  # fmt: skip


async def rewrite(request: Request) -> Response:
    """Rewrite a note, or remove it."""
    values = dict(await pairs(request, MAX_FORM))
    return await run_in_threadpool(_rewrite, request, values)


def _rewrite(request: Request, values: dict[str, str]) -> Response:
    diary, _ = verbs(request)
    note, typed = _kept(request), Note.of(values)
    try:
        if values.get("do") == "remove":
            diary.discard(note.number)
        else:
            diary.rewrite(
                note.number,
                typed.subject,
                typed.question,
                setup=typed.setup,
                result=typed.result,
                conclusion=typed.conclusion,
            )
    except PlanError as error:
        return _change(request, note, typed, sentence(error))
    return RedirectResponse("/log/experiments#notes", status_code=303)
