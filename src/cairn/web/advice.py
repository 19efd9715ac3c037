"""The pages of advice: where one stands and a few questions, the frontier to go deep in; what each does to the plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cairn.app import App
from cairn.curriculum import Skill
from cairn.curriculum.path import LearningPath, Step
from cairn.planning import Mode, PlanError, UnknownTargetError
from cairn.planning.outline import choices
from cairn.planning.plan import Plan
from cairn.planning.profile import Answers, Profile, profile
from cairn.study.atlas import UnknownBackgroundError, UnknownSkillError
from cairn.study.before_after import BeforeAfter, answered, before_after
from cairn.study.planning import NoPlanError, Planning
from cairn.study.planning_terms import Terms, request_of
from cairn.web.diary import sentence
from cairn.web.forms import pairs
from cairn.web.templating import page
from cairn.web.ways import WAYS

_WIDTH = 560


def routes() -> list[Route]:
    """All routes of advice."""
    return [
        Route("/profile", show, methods=["GET"]),
        Route("/profile", answer, methods=["POST"]),
        Route("/frontier", frontier, methods=["GET"]),
        Route("/frontier", choose, methods=["POST"]),
    ]


@dataclass(frozen=True, slots=True)
class Bar:
    """The range of a plan's end on the axis that two plans share: x of early, end and late."""

    early: float
    end: float
    late: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """Two ranges on one axis, and the dates at its ends."""

    before: Bar
    after: Bar
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Said:
    """What stands in the form of the profile."""

    background: str = ""
    met: tuple[str, ...] = ()
    prefers: str = ""
    cares: str = ""

    @classmethod
    def of(cls, fields: Sequence[tuple[str, str]]) -> Said:
        """From a form."""
        values = dict(fields)
        met = tuple(dict.fromkeys(v for name, v in fields if name == "met"))
        return cls(values.get("background", ""), met, values.get("prefers", ""), values.get("cares", ""))


def _planning(request: Request) -> Planning:
    app: App = request.app.state.app
    return app.planning()


def _terms(planning: Planning) -> Terms | None:
    try:
        return planning.terms()
    except NoPlanError:
        return None


def drawn(both: BeforeAfter) -> Drawn | None:
    """Where the two ranges lie; None where one of the plans has no end."""

    def ends(plan: Plan) -> tuple[date, date, date] | None:
        return (plan.early or plan.finish, plan.finish, plan.late or plan.finish) if plan.finish else None

    old, new = ends(both.before), ends(both.after)
    if old is None or new is None:
        return None
    first, last = min(*old, *new), max(*old, *new)
    span = max(1, (last - first).days)

    def bar(when: tuple[date, date, date]) -> Bar:
        early, end, late = (6 + (_WIDTH - 12) * (d - first).days / span for d in when)
        return Bar(early, end, late)

    return Drawn(bar(old), bar(new), first, last)


# -- the profile --------------------------------------------------------------------------------------------------


def show(request: Request) -> Response:
    """Strengths and gaps before the goal, and the few questions."""
    planning = _planning(request)
    terms = _terms(planning)
    return _profile(request, _kept(planning, terms))


def _kept(planning: Planning, terms: Terms | None) -> Said:
    """The answers as they are kept."""
    background = planning.desk.background() or ""
    if terms is None:
        return Said(background=background)
    prefers = ""
    if terms.mix:
        usual = {"doing": 0.7, "reading": 0.2, "watching": 0.1}
        whole = sum(terms.mix)
        lifts = {m: share / whole - usual[m] for m, share in zip(usual, terms.mix, strict=True)}
        prefers = max(lifts, key=lambda m: lifts[m]) if max(lifts.values()) > 0.05 else ""
    return Said(background, terms.met, prefers, ", ".join(terms.sooner))


def _profile(
    request: Request, said: Said, both: BeforeAfter | None = None, problem: str = "", *, kept: bool = False
) -> Response:
    planning = _planning(request)
    desk, terms = planning.desk, _terms(planning)
    targets = terms.targets if terms else tuple(g.target for g in desk.goals()[:1])
    found = _stands(planning, terms, targets)
    return page(
        request,
        "profile.html",
        status=422 if problem else 200,
        profile=found,
        titles=[_title(planning, t) for t in targets],
        said=said,
        problem=problem,
        both=both,
        drawn=drawn(both) if both else None,
        planned=terms is not None,
        modes=list(Mode),
        begun=desk.stands().belief is not None,
        kept=kept or "kept" in request.query_params,
        ways=WAYS,
    )


def _title(planning: Planning, target: str) -> str:
    entry = planning.desk.atlas.curriculum.resolve(target)
    return entry.title if entry else target


def _stands(planning: Planning, terms: Terms | None, targets: tuple[str, ...]) -> Profile | None:
    if not targets:
        return None
    wanted = terms or Terms(targets=targets, start=planning.today(), hours=7)
    desk, curriculum, stands_ = planning.desk, planning.desk.atlas.curriculum, planning.desk.stands()
    belief = {}
    if stands_.belief is not None:
        belief = dict(zip(curriculum.graph.nodes, stands_.belief.p.tolist(), strict=True))
    return profile(
        curriculum, request_of(desk.atlas, wanted, stands_.knows, desk.background(), belief=belief)
    )


async def answer(request: Request) -> Response:
    """Say what some answers would change, or keep them."""
    fields = await pairs(request)
    return await run_in_threadpool(_answer, request, fields)


def _answer(request: Request, fields: list[tuple[str, str]]) -> Response:
    planning, said, do = _planning(request), Said.of(fields), dict(fields).get("do", "")
    terms = _terms(planning)
    try:
        if terms is None:
            planning.desk.set_background(said.background or None)
            return RedirectResponse("/profile?kept=1#questions", status_code=303)
        different = _different(planning, terms, said)
        if do == "keep":
            planning.desk.set_background(said.background or None)
            planning.replan(**different)
            return RedirectResponse("/profile?kept=1#questions", status_code=303)
        return _profile(request, said, before_after(planning, **different))
    except PlanError as error:
        return _profile(request, said, problem=sentence(error))
    except (UnknownSkillError, UnknownTargetError, UnknownBackgroundError) as error:
        text = str(error)
        return _profile(request, said, problem=f"{text[:1].upper()}{text[1:]}.")


def _different(planning: Planning, terms: Terms, said: Said) -> dict[str, Any]:
    """The terms that answers change."""
    cares: list[Skill] = [
        planning.desk.atlas.skill(part.strip()) for part in said.cares[:500].split(",") if part.strip()
    ]
    found = answered(planning, terms, Answers(said.met, said.prefers or None, tuple(cares)))
    if not said.prefers and terms.mix and _kept(planning, terms).prefers:
        found["mix"] = None
    planning.desk.atlas.background(said.background or None)
    return found | {"background": said.background or None}


# -- the frontier -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Frontier:
    """One of the frontiers: its step, and whether the plan goes deep in it."""

    step: Step
    name: str
    chosen: bool


def frontier(request: Request) -> Response:
    """The frontiers to choose from."""
    return _frontier(request)


def _offered(
    planning: Planning, terms: Terms | None
) -> tuple[LearningPath, int, tuple[Step, ...], bool] | None:
    """A path that leaves a choice, how many to choose, the steps, and whether it is the plan's."""
    curriculum = planning.desk.atlas.curriculum
    mine = [curriculum.resolve(t) for t in terms.targets] if terms else []
    names = [e.id for e in mine if e is not None and e.id in curriculum.paths]
    for name in (*names, *curriculum.paths):
        number, steps = choices(curriculum, curriculum.paths[name])
        if number:
            return curriculum.paths[name], number, steps, name in names
    return None


def _frontier(
    request: Request, picked: str = "", both: BeforeAfter | None = None, problem: str = ""
) -> Response:
    planning = _planning(request)
    terms = _terms(planning)
    offered = _offered(planning, terms)
    desk = planning.desk
    deep = terms.choose if terms else ()
    rows = []
    for step in offered[2] if offered else ():
        chosen = any(word.casefold() in step.title.casefold() for word in deep)
        one = Frontier(step, step.title.rpartition(", ")[2].capitalize(), chosen)
        rows.append((one, desk.gap(*map(str, step.targets))))
    return page(
        request,
        "frontier.html",
        status=422 if problem else 200,
        path=offered[0] if offered else None,
        number=offered[1] if offered else 0,
        rows=rows,
        planned=bool(offered and offered[3]),
        picked=picked or next((one.step.title for one, _ in rows if one.chosen), ""),
        both=both,
        drawn=drawn(both) if both else None,
        problem=problem,
        kept="kept" in request.query_params,
        ways=WAYS,
    )


async def choose(request: Request) -> Response:
    """Say what a frontier would change, or keep it."""
    fields = dict(await pairs(request))
    return await run_in_threadpool(_choose, request, fields)


def _choose(request: Request, fields: dict[str, str]) -> Response:
    planning, picked = _planning(request), fields.get("frontier", "")
    offered = _offered(planning, _terms(planning))
    titles = [step.title for step in offered[2]] if offered else []
    try:
        if picked and picked not in titles:
            raise PlanError(f"{picked[:60]!r} is no frontier of this path", "choose one of those below")
        different = {"choose": (picked,) if picked else ()}
        if fields.get("do") == "keep":
            planning.replan(**different)
            return RedirectResponse("/frontier?kept=1", status_code=303)
        return _frontier(request, picked, before_after(planning, **different))
    except PlanError as error:
        return _frontier(request, picked if picked in titles else "", problem=sentence(error))
