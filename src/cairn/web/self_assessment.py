"""The pages of a phase besides its checkpoint: the list to ask oneself, and what its path leaves for later."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cairn.app import App
from cairn.planning import PlanError
from cairn.study import self_assessment
from cairn.study.checkpoints import Checkpoints
from cairn.study.self_assessment import list_after
from cairn.web.forms import pairs
from cairn.web.templating import page
from cairn.web.ways import WAYS


def routes() -> list[Route]:
    """All routes of lists and of what is left for later."""
    return [
        Route("/checkpoints/{id}/yourself", yourself, methods=["GET"]),
        Route("/checkpoints/{id}/yourself", tell, methods=["POST"]),
        Route("/paths/{id}/later", later),
    ]


def _verbs(request: Request) -> Checkpoints:
    app: App = request.app.state.app
    return app.checkpoints()


def _name(request: Request) -> str:
    return str(request.path_params["id"])[:120]


def yourself(request: Request) -> Response:
    """The questions to ask oneself after a phase."""
    return _yourself(request)


def _yourself(request: Request, problem: str = "") -> Response:
    verbs, phase = _verbs(request), _name(request)
    try:
        names = list_after(verbs, phase)
        path, number = verbs.path(phase)
    except PlanError:
        raise HTTPException(404) from None
    if not names:
        raise HTTPException(404)
    questions = [verbs.desk.atlas.curriculum.questions[name] for name in names]
    said = self_assessment.said(verbs, phase)
    weak = [(q, verbs.gap(q.targets)) for q in questions if said.get(q.id) == "not-met"]
    return page(
        request,
        "checkpoint_self.html",
        status=422 if problem else 200,
        path=path,
        part=path.phases[number],
        number=number,
        questions=questions,
        said=said,
        weak=weak,
        problem=problem,
        ways=WAYS,
    )


async def tell(request: Request) -> Response:
    """Keep what a person says of themself."""
    fields = dict(await pairs(request))
    return await run_in_threadpool(_tell, request, fields)


def _tell(request: Request, fields: dict[str, str]) -> Response:
    verbs, phase = _verbs(request), _name(request)
    said = {name: value == "met" for name, value in fields.items() if value in {"met", "not-met"}}
    try:
        if not any(name in said for name in list_after(verbs, phase)):
            return _yourself(request, "Nothing was said yet: choose yes or not yet for at least one.")
        self_assessment.tell(verbs, phase, said)
    except PlanError:
        raise HTTPException(404) from None
    return RedirectResponse(f"/checkpoints/{phase}/yourself#answers", status_code=303)


def later(request: Request) -> Response:
    """What a path says to skip or to put off, with the reason and when to learn it."""
    verbs, name = _verbs(request), _name(request)
    curriculum = verbs.desk.atlas.curriculum
    if name not in curriculum.paths:
        raise HTTPException(404)
    entries = verbs.planning.later(name)
    return page(
        request,
        "later.html",
        path=curriculum.paths[name],
        skipped=[e for e in entries if not e.when],
        put_off=[(e, verbs.gap(e.skills)) for e in entries if e.when],
        ways=WAYS,
    )
