"""The pages of interviews: choose, one question a screen with a clock that can be paused, and an honest report.

All state is kept with the person: a reload, a second tab and a restart go on where it stopped.
"""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cairn.app import App
from cairn.planning import UnknownTargetError
from cairn.study.interview_report import about_what, markdown, report, tally
from cairn.study.interviewing import LENGTHS, Grading, Interview, InterviewError, Stage, Turn
from cairn.study.self_grading import Credit
from cairn.web.forms import pairs
from cairn.web.questions import credits_in, line, link, said_in, view
from cairn.web.templating import page
from cairn.web.views import Views

NOW = "/interview/now"


def routes() -> list[Route]:
    """All routes of interviews."""
    return [
        Route("/interview", choose, methods=["GET"]),
        Route("/interview", begin, methods=["POST"]),
        Route(NOW, now, methods=["GET"]),
        Route(NOW, act, methods=["POST"]),
        Route("/interview/{number:int}", report_page),
        Route("/interview/{number:int}/report.md", export),
    ]


def choose(request: Request) -> Response:
    """What the interview is about and how long; the one under way first."""
    return _choose(request, {}, [])


def _choose(request: Request, values: dict[str, str], areas: list[str], problem: str = "") -> Response:
    app: App = request.app.state.app
    views: Views = request.app.state.views
    interviewing = app.interviewing()
    found = interviewing.current()
    curriculum = app.atlas.curriculum
    asked = {
        s.topic
        for q in curriculum.answers
        for s in curriculum.questions[q].targets
        if q in curriculum.questions
    }
    tops = [
        area for area in curriculum.areas.values()
        if area.within is None and any(t.id in asked for t in curriculum.topics_of(area.id))
    ]  # fmt: skip
    moment = interviewing.grading.desk.clock()
    return page(
        request,
        "interview.html",
        status=422 if problem else 200,
        going=found,
        left=round(found.left(moment) / 60) if found else 0,
        title=about_what(curriculum, found) if found else "",
        past=[(i, about_what(curriculum, i)) for i in reversed(interviewing.finished())][:10],
        goals=[(g, views.curriculum.resolve(g.target)) for g in app.desk().goals()[:6]],
        areas=tops,
        chosen=areas,
        lengths=LENGTHS,
        minutes=values.get("minutes", str(LENGTHS[0])),
        target=values.get("target", "")[:200],
        at_end=values.get("grading") == Grading.END.value,
        problem=problem,
    )


async def begin(request: Request) -> Response:
    """Begin an interview."""
    fields = await pairs(request)
    return await run_in_threadpool(_begin, request, fields)


def _begin(request: Request, fields: list[tuple[str, str]]) -> Response:
    app: App = request.app.state.app
    values = dict(fields)
    areas = [value for name, value in fields if name == "area"][:50]
    target = values.get("target", "").strip()[:200]
    text = values.get("minutes", "").strip()
    minutes = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0
    try:
        app.interviewing().begin(minutes, [target] if target else [], areas, values.get("grading", ""))
    except UnknownTargetError:
        return _choose(
            request, values, areas, f"“{target}” is no goal on the map. Leave it empty for everything."
        )
    except InterviewError as error:
        return _choose(request, values, areas, f"{str(error)[:1].upper()}{str(error)[1:]}: {error.hint}.")
    return RedirectResponse(NOW, status_code=303)


def now(request: Request) -> Response:
    """What comes next: the question, its follow-up, or the grades."""
    return _now(request)


def _now(request: Request, values: dict[str, str] | None = None, problem: str = "") -> Response:
    app: App = request.app.state.app
    found = app.interviewing().current()
    if found is None:
        return RedirectResponse("/interview", status_code=303)
    turn = found.turn
    if turn is None:
        app.interviewing().end()
        return RedirectResponse(f"/interview/{found.id}", status_code=303)
    return _show(request, found, turn, values or {}, problem)


def _show(request: Request, found: Interview, turn: Turn, values: dict[str, str], problem: str) -> Response:
    app: App = request.app.state.app
    curriculum = app.atlas.curriculum
    model = curriculum.answers[turn.question]
    moment = app.desk().clock()
    grading = turn.stage is Stage.GRADE
    given = [values.get(f"c{i}", "") for i in range(len(model.rubric))]
    owed = [t for t in found.turns if t.stage is Stage.GRADE]
    return page(
        request,
        "interview_grade.html" if grading else "interview_ask.html",
        status=422 if problem else 200,
        found=found,
        turn=turn,
        title=about_what(curriculum, found),
        question=curriculum.questions[turn.question],
        number=len([t for t in found.turns if t.stage is Stage.DONE]) + (1 if grading else 1 + len(owed)),
        answer=view(app, model, given) if grading else None,
        fails=line(model.fails.ask, model.id),
        follow=values.get("follow", ""),
        minutes=model.minutes,
        left=round(found.left(moment)),
        running=found.since is not None,
        owed=len(owed),
        problem=problem,
    )


async def act(request: Request) -> Response:
    """An answer, a grade, a pause, or the end."""
    fields = await pairs(request)
    return await run_in_threadpool(_act, request, fields)


def _act(request: Request, fields: list[tuple[str, str]]) -> Response:
    app: App = request.app.state.app
    interviewing = app.interviewing()
    found, values = interviewing.current(), dict(fields)
    if found is None:
        return RedirectResponse("/interview", status_code=303)
    step = values.get("step", "")
    match values.get("say", ""):
        case "answer":
            interviewing.say(step, said_in(values))
        case "pass":
            interviewing.skip(step)
        case "keep":
            problem = _graded(app, found, values)
            if problem:
                return _now(request, values, problem)
        case "pause":
            interviewing.pause()
        case "resume":
            interviewing.resume()
        case "finish":
            interviewing.finish()
        case "close":
            interviewing.end()
    if interviewing.current() is None:
        over = interviewing.find(found.id)
        return RedirectResponse(f"/interview/{found.id}" if over else "/interview", status_code=303)
    return RedirectResponse(NOW, status_code=303)


def _graded(app: App, found: Interview, values: dict[str, str]) -> str:
    """Keep the grades of a form; what is wrong with them, or ""."""
    turn = found.turn
    if turn is None or turn.stage is not Stage.GRADE or found.step != values.get("step"):
        return ""  # from another tab: where the interview stands is shown again
    marks = credits_in(values, len(app.atlas.curriculum.answers[turn.question].rubric))
    follow = values.get("follow", "")
    if marks is None or follow not in set(Credit):
        return "Grade every point and the follow-up: in full, in part, or not."
    app.interviewing().grade(found.step, marks, Credit(follow))
    return ""


def report_page(request: Request) -> Response:
    """The report of a finished interview."""
    app: App = request.app.state.app
    interviewing = app.interviewing()
    found = interviewing.find(request.path_params["number"])
    if found is None:
        raise HTTPException(404)
    made = report(interviewing, found)
    curriculum = app.atlas.curriculum
    names = [a.question for a in made.asked]
    return page(
        request,
        "interview_report.html",
        report=made,
        title=about_what(curriculum, found),
        tally=tally(made),
        answers={q: view(app, curriculum.answers[q]) for q in names},
        links=[(link(curriculum, r.place), [line(p, names[0]) for p in r.points]) for r in made.readings],
        weak=[q for q in names if made.gap and any(t.entry.id == q for t in made.gap.targets)],
    )


def export(request: Request) -> Response:
    """The report as a Markdown file."""
    app: App = request.app.state.app
    interviewing = app.interviewing()
    found = interviewing.find(request.path_params["number"])
    if found is None:
        raise HTTPException(404)
    text = markdown(report(interviewing, found), app.atlas.curriculum)
    name = f'attachment; filename="interview-{found.id}.md"'
    return Response(text, media_type="text/markdown; charset=utf-8", headers={"content-disposition": name})
