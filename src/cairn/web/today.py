"""Today: one next step, the rest of the day, and what was done, by timer or by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cairn.app import App
from cairn.curriculum import Skill
from cairn.learner import Outcome
from cairn.planning import Act, PlanError, Slot
from cairn.planning.weeks import BESIDE
from cairn.store.logbook import Timer
from cairn.study.logbook import MOST_MINUTES, Diary
from cairn.study.planning import NoPlanError, Planning
from cairn.study.planning_made import Made
from cairn.study.planning_says import day_name
from cairn.web import plan_views, ways
from cairn.web.forms import form
from cairn.web.planning import changed, planning_of
from cairn.web.templating import page
from cairn.web.views import Views

SAYS = {
    "logged": "Logged.",
    "finished": "Done, and logged.",
    "known": "Kept: you know it. The plan leaves it out.",
    "gone": "That is not in today's plan any more. Nothing was changed.",
    "running": "A timer runs already. Stop it first.",
    "still": "No timer runs.",
    "minutes": "The minutes must be a whole number from 1 to 1440. Nothing was changed.",
}


def routes() -> list[Route]:
    """The routes of today."""
    return [
        Route("/today", today, methods=["GET"]),
        Route("/today", act, methods=["POST"]),
    ]


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing of today, as it is shown.

    Attributes:
        slot: the piece of the plan.
        verb: what one does.
        title: what it is about.
        link: where it is done.
        movable: whether it can be put off or known.
    """

    slot: Slot
    verb: str
    title: str
    link: str
    movable: bool


def _thing(request: Request, slot: Slot) -> Thing:
    activity = slot.activity
    views: Views = request.app.state.views
    topic = views.curriculum.topics.get(activity.skill.topic) if activity.skill else None
    named = activity.act in {Act.READ, Act.PRACTISE, Act.REPAIR} and topic is not None
    title = topic.title if named and topic else activity.title.removeprefix("Checkpoint: ")
    movable = activity.skill is not None and activity.act not in {Act.REPAIR, *BESIDE}
    return Thing(slot, plan_views.VERBS[activity.act], title, plan_views.link(request, activity), movable)


def today(request: Request) -> Response:
    """The next step, large; then the rest."""
    planning = planning_of(request)
    diary = _diary(request)
    try:
        made = planning.current()
    except NoPlanError:
        return _nothing(request, planning, diary)
    now = planning.today(made.terms.zone)
    day = made.plan.on(now)
    slots = day.slots if day else ()
    open_, done = [s for s in slots if not s.done], [s for s in slots if s.done]
    timer = diary.running()
    next_, rest = _next(open_, timer)
    later = next((d for d in made.plan.days if d.date > now and any(not s.done for s in d.slots)), None)
    return page(
        request,
        "today.html",
        now=now,
        next=_thing(request, next_) if next_ else None,
        rest=[_thing(request, slot) for slot in rest],
        done=done,
        left=sum(s.minutes for s in open_),
        spent=sum(s.minutes for s in done),
        timer=timer,
        elapsed=_elapsed(planning, timer),
        running_here=timer is not None and next_ is not None and timer.activity == next_.activity.id,
        later=later,
        first_later=_thing(request, next(s for s in later.slots if not s.done)) if later else None,
        plan_title=" + ".join(wish.target.entry.title for wish in made.request.wishes),
        finish=made.plan.finish,
        said=SAYS.get(request.query_params.get("said", ""), ""),
        typed=request.query_params.get("typed", "")[:20],
        changed=changed(request, planning, made),
        here="/today",
        beside=ways.BESIDE,
        reviews=_reviews(request, slots),
        day_name=day_name,
        most=MOST_MINUTES,
        holds=True,
    )


def _nothing(request: Request, planning: Planning, diary: Diary) -> Response:
    """No plan: one line, and the way to one."""
    goals = planning.desk.goals()
    timer = diary.running()
    return page(
        request,
        "today.html",
        now=planning.today(),
        holds=False,
        next=None,
        rest=[],
        done=[],
        left=0,
        spent=0,
        timer=timer,
        elapsed=_elapsed(planning, timer),
        running_here=False,
        later=None,
        first_later=None,
        plan_title=goals[0].target if goals else "",
        finish=None,
        said=SAYS.get(request.query_params.get("said", ""), ""),
        typed=request.query_params.get("typed", "")[:20],
        changed=None,
        here="/today",
        beside=ways.BESIDE,
        reviews=_reviews(request, ()),
        day_name=day_name,
        most=MOST_MINUTES,
    )


def _next(slots: list[Slot], timer: Timer | None) -> tuple[Slot | None, list[Slot]]:
    """What to do now, which is what the timer runs for if it is in the plan, and the rest in order."""
    if not slots:
        return None, []
    first = next((s for s in slots if timer is not None and s.activity.id == timer.activity), slots[0])
    return first, [s for s in slots if s is not first]


def _elapsed(planning: Planning, timer: Timer | None) -> int:
    if timer is None:
        return 0
    return max(0, round((planning.desk.clock() - timer.started_at).total_seconds() / 60))


def _reviews(request: Request, slots: tuple[Slot, ...]) -> int:
    """How many reviews are due, where the day's plan does not name them; none before there is evidence."""
    app: App = request.app.state.app
    desk = app.desk()
    if any(s.activity.act is Act.REVIEW for s in slots) or not desk.log.of(desk.person_id):
        return 0
    return len(app.reviewing().today().reviews)


def _diary(request: Request) -> Diary:
    app: App = request.app.state.app
    return app.diary()


async def act(request: Request) -> Response:
    """Begin, stop, log, put off, or say that one knows it."""
    fields = await form(request)
    return await run_in_threadpool(_act, request, fields)


def _act(request: Request, fields: Mapping[str, str]) -> Response:
    planning, diary = planning_of(request), _diary(request)
    verb, name = fields.get("do", ""), fields.get("activity", "")
    if verb in {"stop", "finish"} and not name:
        return _stop(planning, diary, finished=verb == "finish")
    made = _current(planning)
    slot = _slot(made, planning.today(made.terms.zone), name) if made else None
    if made is None or slot is None:
        return _back("gone")
    match verb:
        case "begin":
            return _begin(request, diary, slot)
        case "log" | "finish":
            return _log(diary, slot, fields.get("minutes", ""), made.terms.zone, finished=verb == "finish")
        case "later" | "know" if slot.activity.skill is not None:
            return _spare(planning, slot.activity.skill, made, known=verb == "know")
        case _:
            return _back("gone")


def _begin(request: Request, diary: Diary, slot: Slot) -> Response:
    """Start the timer, and go to where it is done."""
    activity = slot.activity
    try:
        diary.start(activity.id, activity.mode.value, title=activity.title, planned=activity.minutes)
    except PlanError:
        return _back("running")
    return RedirectResponse(plan_views.link(request, activity), status_code=303)


def _log(diary: Diary, slot: Slot, text: str, zone: str | None, *, finished: bool) -> Response:
    """Keep minutes by hand; as many as were planned where none are said."""
    minutes, activity = _minutes(text, slot.minutes), slot.activity
    if minutes is None:
        return _back("minutes", typed=text[:20])
    diary.log(
        activity.id,
        minutes,
        activity.mode.value,
        title=activity.title,
        planned=activity.minutes,
        finished=finished,
        zone=zone,
    )
    return _back("finished" if finished else "logged")


def _spare(planning: Planning, skill: Skill, made: Made, *, known: bool) -> Response:
    """Put a skill off to tomorrow, or leave it out because the person knows it."""
    if known:
        planning.desk.say([skill], Outcome.KNOWN)
        return _back("known")
    tomorrow = planning.today(made.terms.zone) + timedelta(days=1)
    planning.move(str(skill), tomorrow)
    return _back("", changed=1, moved=str(skill), to=tomorrow.isoformat())


def _stop(planning: Planning, diary: Diary, *, finished: bool) -> Response:
    """Stop the timer and keep its minutes."""
    timer = diary.running()
    if timer is None:
        return _back("still")
    made = _current(planning)
    zone = made.terms.zone if made else None
    diary.stop(finished=finished, zone=zone)
    return _back("finished" if finished else "logged")


def _current(planning: Planning) -> Made | None:
    try:
        return planning.current()
    except NoPlanError:
        return None


def _slot(made: Made | None, now: date, name: str) -> Slot | None:
    day = made.plan.on(now) if made else None
    return next((s for s in day.slots if s.activity.id == name and not s.done), None) if day else None


def _minutes(text: str, usual: int) -> int | None:
    text = text.strip()
    if not text:
        return usual
    if not (text.isascii() and text.isdigit() and len(text) < 6):
        return None
    found = int(text)
    return found if 1 <= found <= MOST_MINUTES else None


def _back(said: str, **more: Any) -> Response:  # noqa: ANN401
    query = urlencode(({"said": said} if said else {}) | more)
    return RedirectResponse(f"/today?{query}" if query else "/today", status_code=303)
