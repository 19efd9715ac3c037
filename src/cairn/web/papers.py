"""The pages of the paper tracker: which paper is next, three passes with their questions, and what they led to."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cairn.curriculum import Kind
from cairn.curriculum.paper import Paper
from cairn.planning import PlanError
from cairn.study import papers
from cairn.study.diary_words import duration
from cairn.study.passes import PASSES
from cairn.study.planning import NoPlanError
from cairn.web.diary import MAX_FORM, minutes_of, sentence, verbs, wanted
from cairn.web.forms import pairs
from cairn.web.templating import page
from cairn.web.ways import WAYS

MOST_IDEAS = 50


def routes() -> list[Route]:
    """All routes of the tracker."""
    return [
        Route("/reading", shelf, methods=["GET"]),
        Route("/reading/{paper}", paper, methods=["GET"]),
        Route("/reading/{paper}", keep, methods=["POST"]),
    ]


def shelf(request: Request) -> Response:
    """The papers in hand, the next of the plan's track, and a way to any other."""
    diary, planning = verbs(request)
    curriculum = diary.desk.atlas.curriculum
    text = request.query_params.get("paper", "").strip()[:200]
    if text:
        entry = curriculum.resolve(text)
        if entry is not None and entry.kind is Kind.PAPER:
            return RedirectResponse(f"/reading/{quote(entry.id)}", status_code=303)
    try:
        entries = [curriculum.resolve(t) for t in planning.terms().targets]
        paths = [curriculum.paths[e.id] for e in entries if e is not None and e.id in curriculum.paths]
    except NoPlanError:
        paths = []
    planned = bool(paths)
    track = papers.listed(curriculum, paths or curriculum.paths.values())
    begun = papers.shelf(diary)
    open_ = [one for one in begun if one.next is not None]
    waiting = [one for one in track if one.paper.id not in {b.paper.id for b in begun}]
    return page(
        request,
        "reading.html",
        text=text,
        hits=diary.desk.atlas.search(text, 6, kinds=[Kind.PAPER]) if text else [],
        open=open_,
        done=[one for one in begun if one.next is None],
        first=open_[0] if open_ else None,
        waiting=[(one, diary.desk.gap(one.paper.id) if one.paper.needs else None) for one in waiting],
        planned=planned,
        passes=PASSES,
        duration=duration,
        ways=WAYS,
    )


def _found(request: Request) -> Paper:
    papers_ = verbs(request)[0].desk.atlas.curriculum.papers
    name = request.path_params["paper"]
    if name not in papers_:
        raise HTTPException(404)
    return papers_[name]


def paper(request: Request) -> Response:
    """One paper: what was found on each pass, the next pass, what it needs and what can be built from it."""
    return _paper(request, _found(request), {})


def _paper(request: Request, found: Paper, typed: Mapping[str, str], problem: str = "") -> Response:
    diary, _ = verbs(request)
    kept = next((one for one in papers.shelf(diary) if one.paper.id == found.id), None)
    done = kept.done if kept else {}
    asked = request.query_params.get("pass", "") or typed.get("stage", "")
    coming = next((p for p in PASSES if p.stage not in done), None)
    if asked in {"1", "2", "3"}:
        coming = PASSES[int(asked) - 1]
    curriculum = diary.desk.atlas.curriculum
    return page(
        request,
        "reading_paper.html",
        status=422 if problem else 200,
        paper=found,
        passes=PASSES,
        done=done,
        coming=coming,
        typed=typed,
        problem=problem,
        gap=diary.desk.gap(found.id) if found.needs else None,
        exercises=papers.to_implement(curriculum, found),
        ideas=[idea for stage in sorted(done) for idea in done[stage].ideas],
        duration=duration,
        ways=WAYS,
    )


async def keep(request: Request) -> Response:
    """Keep a pass over a paper; its minutes go to the log."""
    fields = dict(await pairs(request, MAX_FORM))
    return await run_in_threadpool(_keep, request, fields)


def _keep(request: Request, fields: dict[str, str]) -> Response:
    diary, planning = verbs(request)
    found, stage = _found(request), fields.get("stage", "")
    answers = {
        name.removeprefix("answer-"): value.replace("\r\n", "\n").strip()
        for name, value in fields.items()
        if name.startswith("answer-") and value.strip()
    }
    ideas = [line.strip()[:300] for line in fields.get("ideas", "").splitlines() if line.strip()][:MOST_IDEAS]
    try:
        if stage not in {"1", "2", "3"}:
            raise PlanError("it was not said which pass this is", "choose the first, second or third")
        diary.read(
            found.id,
            int(stage),
            minutes_of(fields.get("minutes", "")),
            answers=answers,
            ideas=ideas,
            zone=wanted(planning)[1],
        )
    except PlanError as error:
        return _paper(request, found, fields, sentence(error))
    return RedirectResponse(f"/reading/{found.id}#record", status_code=303)
