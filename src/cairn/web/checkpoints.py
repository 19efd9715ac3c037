"""The pages of checkpoints: one question a screen, then its model answer, and what follows from the result."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cairn.app import App
from cairn.curriculum import Curriculum
from cairn.planning import PlanError
from cairn.planning.changes import Changes
from cairn.study.answering import Occasion
from cairn.study.checkpoints import Asked, Checkpoints, Sheet
from cairn.study.planning import NoPlanError
from cairn.study.self_assessment import list_after
from cairn.study.self_grading import Credit
from cairn.web import asking
from cairn.web.diagnosing import reply_to
from cairn.web.diary import sentence
from cairn.web.forms import pairs
from cairn.web.questions import Link, credits_in, link
from cairn.web.questions import view as model_view
from cairn.web.templating import page
from cairn.web.ways import WAYS

MAX_ANSWER = 200_000
"""Bytes of a form with a written answer: one that is too long is told so and not lost."""


def routes() -> list[Route]:
    """All routes of checkpoints."""
    return [
        Route("/checkpoints", overview, methods=["GET"]),
        Route("/checkpoints", strictness, methods=["POST"]),
        Route("/checkpoints/{id}", sheet, methods=["GET"]),
        Route("/checkpoints/{id}", act, methods=["POST"]),
        Route("/checkpoints/{id}/ask/{question}", ask, methods=["GET"]),
        Route("/checkpoints/{id}/ask/{question}", answer, methods=["POST"]),
        Route("/checkpoints/{id}/check/{question}", check, methods=["GET"]),
        Route("/checkpoints/{id}/check/{question}", checked, methods=["POST"]),
    ]


def _verbs(request: Request) -> Checkpoints:
    app: App = request.app.state.app
    return app.checkpoints()


def _name(request: Request, key: str) -> str:
    return str(request.path_params[key])[:120]


def _sheet(request: Request) -> tuple[Checkpoints, Sheet]:
    verbs = _verbs(request)
    try:
        return verbs, verbs.sheet(_name(request, "id"))
    except PlanError:
        raise HTTPException(404) from None


def _gates(verbs: Checkpoints) -> str | None:
    """Whether the plan's checkpoints are hard or soft; None without a plan."""
    try:
        return verbs.planning.terms().gates
    except NoPlanError:
        return None


def overview(request: Request) -> Response:
    """All checkpoints by path, and whether they stop."""
    verbs = _verbs(request)
    found = verbs.phases()
    planned = verbs.planned()
    mine = [one for path, sheets in found if path.id in planned for one in sheets]
    ahead = next(
        (one for one in mine or [s for _, sheets in found for s in sheets] if not _passed(one)), None
    )
    return page(
        request,
        "checkpoints.html",
        paths=found,
        planned=planned,
        ahead=ahead,
        passed=_passed,
        gates=_gates(verbs),
        ways=WAYS,
    )


def _passed(one: Sheet) -> bool:
    return one.last is not None and one.last.passed


async def strictness(request: Request) -> Response:
    """Keep whether checkpoints stop the next phase, and plan anew."""
    fields = dict(await pairs(request))
    return await run_in_threadpool(_strictness, request, fields.get("gates", ""))


def _strictness(request: Request, gates: str) -> Response:
    _verbs(request).planning.replan(gates=gates)
    return RedirectResponse("/checkpoints#strict", status_code=303)


def sheet(request: Request) -> Response:
    """One checkpoint: its criteria and questions, how they stand, and the result once all are answered."""
    return _show(request)


def _show(
    request: Request, problem: str = "", changes: Changes | None = None, typed: str = "", status: int = 200
) -> Response:
    verbs, found = _sheet(request)
    if found.gate.phase != _name(request, "id"):
        return RedirectResponse(f"/checkpoints/{found.gate.phase}", status_code=308)
    path, number = verbs.path(found.gate.phase)
    after = path.phases[number + 1] if number + 1 < len(path.phases) else None
    weak = verbs.weak(found) if found.decided else []
    exercises = verbs.desk.atlas.curriculum.exercises
    return page(
        request,
        "checkpoint.html",
        status=status,
        sheet=found,
        path=path,
        number=number,
        after=after,
        verdict=verbs.verdict(found) if found.decided else None,
        weak=weak,
        reads={
            w.question: _reads(found, w.question, verbs.desk.atlas.curriculum) for w in weak if w.question
        },
        repair=urlencode(
            [("target", str(skill)) for skill in dict.fromkeys(s for w in weak for s in w.skills)]
        ),
        exercises=exercises,
        gates=_gates(verbs),
        list_after=list_after(verbs, found.gate.phase),
        problem=problem,
        typed=typed,
        changes=changes,
        moves=sorted(changes.moves, key=lambda move: "/repair/" not in move.id)[:6] if changes else [],
        first_weak=next(
            (s for w in weak for s in w.skills if s.topic in verbs.desk.atlas.curriculum.topics), None
        ),
        ways=WAYS,
    )


def _reads(found: Sheet, name: str, curriculum: Curriculum) -> list[Link]:
    """The page sections behind the points of a rubric that were not there in full."""
    model = curriculum.answers.get(name)
    kept = next((a.kept for a in found.asked if a.question.id == name), None)
    marks = kept.marks if kept else ()
    if model is None or len(marks) != len(model.rubric):
        return []
    places = [c.see for c, mark in zip(model.rubric, marks, strict=True) if mark != Credit.FULL.value]
    return [link(curriculum, place) for place in dict.fromkeys(places)]


async def act(request: Request) -> Response:
    """Decide, ask again, leave out, or lay the repairs into the plan."""
    fields = dict(await pairs(request))
    return await run_in_threadpool(_act, request, fields)


def _act(request: Request, fields: dict[str, str]) -> Response:
    verbs, found = _sheet(request)
    phase, do = found.gate.phase, fields.get("do", "")
    here = f"/checkpoints/{phase}"
    try:
        if do == "replan":
            return _show(request, changes=verbs.planning.replan().changes)
        if do == "decide":
            for criterion in found.to_say:
                said = fields.get(f"criterion-{criterion.number}")
                if said in {"met", "not-met"}:
                    verbs.say(phase, criterion.number, met=said == "met")
                elif said == "waived":
                    verbs.leave(phase, criterion.number, fields.get("reason", ""))
            verbs.decide(phase)
            here += "#result"
        elif do in {"again", "everything"}:
            verbs.again(phase, everything=do == "everything")
        elif do == "waive":
            verbs.waive(
                phase,
                [a.question.id for a in found.asked if a.state in {"open", "draft", "check"}],
                fields.get("reason", ""),
            )
            for criterion in found.to_say:
                if criterion.state == "open":
                    verbs.leave(phase, criterion.number, fields.get("reason", ""))
    except PlanError as error:
        return _show(request, sentence(error), typed=fields.get("reason", ""), status=422)
    return RedirectResponse(here, status_code=303)


def _asked(request: Request) -> tuple[Checkpoints, Sheet, Asked]:
    verbs, found = _sheet(request)
    name = _name(request, "question")
    asked = next((a for a in found.asked if a.question.id == name), None)
    if asked is None:
        raise HTTPException(404)
    return verbs, found, asked


def ask(request: Request) -> Response:
    """One question: first one's own answer, then the model answer beside it."""
    _, found, asked = _asked(request)
    return _question(request, found, asked)


def _question(
    request: Request,
    found: Sheet,
    asked: Asked,
    *,
    problem: str = "",
    text: str | None = None,
    **more: Any,  # noqa: ANN401
) -> Response:
    app: App = request.app.state.app
    curriculum = app.atlas.curriculum
    model = curriculum.answers.get(asked.question.id)
    given = more.get("given") or (asked.kept.marks if asked.kept else ())
    written = asked.kept.text if asked.kept else ""
    return page(
        request,
        "checkpoint_ask.html",
        status=422 if problem else 200,
        sheet=found,
        asked=asked,
        number=1 + [a.question.id for a in found.asked].index(asked.question.id),
        question=curriculum.questions[asked.question.id],
        exercises=[curriculum.exercises[e] for e in asked.question.exercises],
        text=written if text is None else text,
        answer=model_view(app, model, given) if model else None,
        compare=text is None and asked.state != "open" and "change" not in request.query_params,
        problem=problem,
        reason=more.get("reason", asked.kept.reason if asked.kept else ""),
        ways=WAYS,
    )


async def answer(request: Request) -> Response:
    """Keep an answer, its grade, or the reason to leave it out."""
    fields = dict(await pairs(request, MAX_ANSWER))
    return await run_in_threadpool(_answer, request, fields)


def _answer(request: Request, fields: dict[str, str]) -> Response:
    verbs, found, asked = _asked(request)
    phase, name, do = found.gate.phase, asked.question.id, fields.get("do", "")
    text = fields.get("text", "").replace("\r\n", "\n")
    back = f"/checkpoints/{phase}/ask/{name}"
    try:
        if do == "write":
            verbs.write(phase, name, text)
            return RedirectResponse(f"{back}#key", status_code=303)
        if do == "waive":
            verbs.waive(phase, [name], fields.get("reason", ""))
        elif do in {"met", "not-met", "grade"}:
            after = _graded(verbs, found, asked, fields)
            if after.state == "check":
                return RedirectResponse(f"/checkpoints/{phase}/check/{name}", status_code=303)
        else:
            raise PlanError("it was not said what to do", "use one of the buttons")
    except PlanError as error:
        typed = text if "text" in fields else None
        given = [fields.get(f"c{n}", "") for n in range(6)]
        reason = fields.get("reason", "")
        return _question(
            request, found, asked, problem=sentence(error), text=typed, reason=reason, given=given
        )
    return RedirectResponse(_onward(verbs, phase), status_code=303)


def _graded(verbs: Checkpoints, found: Sheet, asked: Asked, fields: dict[str, str]) -> Asked:
    """Keep a grade: by the rubric where there is one, else a plain word.

    Raises:
        PlanError: a point has no grade.
    """
    phase, name = found.gate.phase, asked.question.id
    model = verbs.desk.atlas.curriculum.answers.get(name)
    if fields["do"] == "not-met" or model is None:
        return verbs.grade(phase, name, met=fields["do"] == "met")
    return verbs.by_rubric(phase, name, credits_in(fields, len(model.rubric)) or ())


def _onward(verbs: Checkpoints, phase: str) -> str:
    """The next question, or the sheet when there is none."""
    after = verbs.sheet(phase).next
    if after is None:
        return f"/checkpoints/{phase}#result"
    return f"/checkpoints/{phase}/{'check' if after.state == 'check' else 'ask'}/{after.question.id}"


def check(request: Request) -> Response:
    """The machine's question that goes with one for the person."""
    verbs, found, asked = _asked(request)
    if asked.state != "check":
        return RedirectResponse(f"/checkpoints/{found.gate.phase}/ask/{asked.question.id}", status_code=303)
    made = verbs.answering.ask(asked.item)
    return _machine(request, found, asked, asking.question(made))


def _machine(
    request: Request, found: Sheet, asked: Asked, question: asking.Question, status: int = 200
) -> Response:
    number = 1 + [a.question.id for a in found.asked].index(asked.question.id)
    return page(
        request,
        "checkpoint_check.html",
        status=status,
        sheet=found,
        asked=asked,
        question=question,
        number=number,
    )


async def checked(request: Request) -> Response:
    """Keep the answer to the machine's question."""
    fields = await pairs(request)
    return await run_in_threadpool(_checked, request, fields)


def _checked(request: Request, fields: list[tuple[str, str]]) -> Response:
    verbs, found, asked = _asked(request)
    reply = reply_to(request, fields, Occasion.CHECKPOINT)
    if isinstance(reply, asking.Question):
        return _machine(request, found, asked, reply, 422)
    item, seed = reply.variant.item, reply.variant.seed
    mark = reply.earlier.mark if reply.earlier else reply.graded.mark.value
    if item.skill in asked.question.skills:
        verbs.checked(found.gate.phase, asked.question.id, item.id, seed, mark)
    following = urlencode({"next": _onward(verbs, found.gate.phase).partition("#")[0]})
    return RedirectResponse(f"/answered/{item.id}/{seed}?{following}", status_code=303)
