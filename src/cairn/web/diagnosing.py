"""The pages of diagnosis: choose a goal, one question a screen, and where the person stands at the end.

All state is the evidence and the address: a reload, a second tab and a restart go on where it stopped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cairn.app import App
from cairn.curriculum import LEVELS, Skill
from cairn.study.answering import Occasion, Reply
from cairn.study.diagnosing import ENDS, EVERYTHING, Diagnosing, Picture
from cairn.web import asking
from cairn.web.forms import BadFormError, pairs
from cairn.web.templating import page
from cairn.web.views import Views

MINUTES = 15
MOST_MINUTES = 240
FIRST = 3
"""Questions of a first look."""


def routes() -> list[Route]:
    """All routes of diagnosis."""
    return [
        Route("/diagnose", diagnose, methods=["GET"]),
        Route("/diagnose", answer, methods=["POST"]),
        Route("/diagnose/picture", picture),
    ]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a diagnosis is about, as an address says it.

    Attributes:
        targets: the goals; `everything` alone for the whole map.
        level: how deep a topic is wanted, if it was said.
        minutes: for the whole sitting.
        questions: at most so many, where only a first look is wanted.
    """

    targets: tuple[str, ...]
    level: str | None
    minutes: int
    questions: int | None

    @classmethod
    def of(cls, fields: Sequence[tuple[str, str]]) -> Asked:
        """From the fields of an address or a form; what makes no sense becomes what is usual."""
        values = dict(fields)
        targets = [value.strip()[:200] for name, value in fields if name == "target" and value.strip()][:20]
        level = values.get("level")
        return cls(
            targets=tuple(targets),
            level=level if level in {lv.value for lv in LEVELS} else None,
            minutes=_whole(values.get("minutes", ""), MOST_MINUTES) or MINUTES,
            questions=_whole(values.get("questions", ""), 200),
        )

    @property
    def fields(self) -> list[tuple[str, str]]:
        """As fields."""
        found = [("target", target) for target in self.targets]
        found += [("level", self.level)] if self.level else []
        found += [("minutes", str(self.minutes))]
        return [*found, ("questions", str(self.questions))] if self.questions else found

    @property
    def address(self) -> str:
        """Where its questions are asked."""
        return f"/diagnose?{urlencode(self.fields)}"

    @property
    def picture(self) -> str:
        """Where its end is shown."""
        return f"/diagnose/picture?{urlencode(self.fields)}"

    def title(self, views: Views) -> str:
        """What it is about, for a heading."""
        if self.targets == (EVERYTHING,):
            return "everything on the map"
        return " + ".join(views.app.atlas.target(t, self.level).entry.title for t in self.targets)


def _whole(text: str, most: int) -> int | None:
    """A whole number above 0, at most `most`; None for anything else."""
    text = text.strip()
    if not (text.isascii() and text.isdigit() and len(text) < 9 and int(text) > 0):
        return None
    return min(int(text), most)


def _diagnosing(request: Request) -> Diagnosing:
    app: App = request.app.state.app
    return app.diagnosing()


def diagnose(request: Request) -> Response:
    """The next question; the picture when there is none; the choice of a goal where none is named."""
    asked = Asked.of(request.query_params.multi_items())
    diagnosing = _diagnosing(request)
    views: Views = request.app.state.views
    if not asked.targets:
        return _choose(request, diagnosing)
    curriculum = views.curriculum
    if (
        len(asked.targets) == 1
        and asked.targets[0] != EVERYTHING
        and not curriculum.resolve(asked.targets[0])
    ):
        return RedirectResponse(f"/search?{urlencode({'q': asked.targets[0]})}", status_code=303)
    now = diagnosing.progress(asked.targets, minutes=asked.minutes, level=asked.level)
    if now.ask is None or (asked.questions and now.asked >= asked.questions):
        return RedirectResponse(asked.picture, status_code=303)
    made = asking.question(now.ask.variant) if now.ask.variant else None
    return page(
        request,
        "diagnose_ask.html",
        asked=asked,
        title=asked.title(views),
        now=now,
        question=made,
        hidden=asked.fields,
        left=max(1, round(asked.minutes - now.minutes)),
        right="right" in request.query_params,
        seen=_seen(request, asked),
    )


def _seen(request: Request, asked: Asked) -> str:
    """The address of the answer to the question before, where that was passed."""
    name, _, seed = request.query_params.get("passed", "").rpartition(":")
    known = name.count("/") == 1 and seed.isascii() and seed.isdigit()
    return f"/answered/{name}/{seed}?{urlencode({'next': asked.address})}" if known else ""


def _choose(request: Request, diagnosing: Diagnosing) -> Response:
    """What to find out about, and in how many minutes."""
    views: Views = request.app.state.views
    desk = diagnosing.answering.desk
    last = diagnosing.under_way()
    going = None
    if last is not None:
        going = Asked(last.targets, last.level, max(last.minutes, MINUTES), None)
    return page(
        request,
        "diagnose.html",
        goals=[(g, views.curriculum.resolve(g.target)) for g in desk.goals()[:6]],
        offered=[g for g in views.curriculum.goals if views.curriculum.resolve(g.target)],
        going=going,
        going_title=going.title(views) if going else "",
        asked=last.asked if last else 0,
        background=desk.background(),
        everything=EVERYTHING,
        minutes=MINUTES,
    )


async def answer(request: Request) -> Response:
    """Keep an answer and go on."""
    fields = await pairs(request)
    return await run_in_threadpool(_answer, request, fields)


def _answer(request: Request, fields: list[tuple[str, str]]) -> Response:
    asked, values = Asked.of(fields), dict(fields)
    diagnosing = _diagnosing(request)
    if not asked.targets:
        message = "a diagnosis needs a goal"
        raise BadFormError(message)
    diagnosing.goal(asked.targets, asked.level)  # an unknown goal is refused before anything is kept
    diagnosing.begin(asked.targets, asked.level, asked.minutes)
    if "skill" in values:
        skill = diagnosing.answering.desk.atlas.skill(values["skill"])
        can = {"yes": True, "no": False}.get(values.get("can", ""))
        diagnosing.say(skill, can=can, number=_whole(values.get("number", ""), 10**6) or 0)
        return RedirectResponse(asked.address, status_code=303)
    reply = reply_to(request, fields, Occasion.DIAGNOSIS)
    if isinstance(reply, asking.Question):
        return _again(request, asked, diagnosing, reply)
    mark, name = reply.graded.mark.value, f"{reply.variant.item.id}/{reply.variant.seed}"
    if not reply.counted:
        return RedirectResponse(
            f"/answered/{name}?{urlencode({'next': asked.address, 'again': 1})}", status_code=303
        )
    if mark == "wrong":
        return RedirectResponse(f"/answered/{name}?{urlencode({'next': asked.address})}", status_code=303)
    said = (
        "&right=1"
        if mark == "right"
        else f"&{urlencode({'passed': name.replace('/' + str(reply.variant.seed), ':' + str(reply.variant.seed))})}"
    )
    return RedirectResponse(asked.address + said, status_code=303)


def reply_to(
    request: Request, fields: Sequence[tuple[str, str]], occasion: Occasion
) -> Reply | asking.Question:
    """What comes back on the answer in a form: the reply, or the question again where it could not be read.

    Raises:
        BadFormError: the form names no question.
        UnknownItemError: there is no such item.
    """
    app: App = request.app.state.app
    answering, values = app.answering(), dict(fields)
    seed = asking.seed_of(values.get("seed", ""))
    made = answering.ask(values.get("item", ""), seed)
    try:
        said = asking.given(fields, made)
    except asking.BadAnswerError as error:
        return asking.question(made, fields, str(error))
    reply = answering.answer(made.item.id, seed, said, occasion=occasion, seconds=asking.seconds(values))
    if not reply.graded.counts:
        return asking.question(made, fields, reply.graded.message)
    return reply


def _again(request: Request, asked: Asked, diagnosing: Diagnosing, question: asking.Question) -> Response:
    """The same question, with what was wrong about the way the answer was written."""
    now = diagnosing.progress(asked.targets, minutes=asked.minutes, level=asked.level)
    views: Views = request.app.state.views
    return page(
        request,
        "diagnose_ask.html",
        status=422,
        asked=asked,
        title=asked.title(views),
        now=now,
        question=question,
        hidden=asked.fields,
        left=max(1, round(asked.minutes - now.minutes)),
        right=False,
        seen="",
    )


@dataclass(frozen=True, slots=True)
class AreaStands:
    """The skills of one area by what is believed."""

    title: str
    id: str
    known: tuple[Skill, ...]
    unsure: tuple[Skill, ...]
    unknown: tuple[Skill, ...]


def picture(request: Request) -> Response:
    """Where the person stands: known, unsure and not known, by area, and the gap that follows."""
    asked = Asked.of(request.query_params.multi_items())
    if not asked.targets:
        return RedirectResponse("/diagnose", status_code=303)
    diagnosing = _diagnosing(request)
    views: Views = request.app.state.views
    found = diagnosing.picture(asked.targets, asked.level)
    now = diagnosing.progress(asked.targets, minutes=asked.minutes, level=asked.level)
    single = asked.targets[0] if len(asked.targets) == 1 and asked.targets[0] != EVERYTHING else None
    more = Asked(
        asked.targets, asked.level, min(MOST_MINUTES, max(asked.minutes, int(now.minutes) + 10)), None
    )
    return page(
        request,
        "picture.html",
        asked=asked,
        title=asked.title(views),
        picture=found,
        now=now,
        said=ENDS[now.stop] if now.stop else "You can go on at any time.",
        areas=_by_area(views, found),
        single=single,
        more=more.address,
        background=diagnosing.answering.desk.background(),
        doubt=f"about {round(found.summary.errors)}"
        if found.summary.errors >= 1.5
        else "one"
        if found.summary.errors >= 0.5
        else "hardly one",
        begun=diagnosing.answering.desk.stands().belief is not None,
        everything=EVERYTHING,
    )


def _by_area(views: Views, found: Picture) -> list[AreaStands]:
    curriculum = views.curriculum
    where = dict.fromkeys(found.known, 0) | dict.fromkeys(found.unsure, 1) | dict.fromkeys(found.unknown, 2)
    place = {area: i for i, area in enumerate(curriculum.areas)}
    area_of = {skill: curriculum.topics[skill.topic].area for skill in found.p}
    rows = []
    for area, together in groupby(sorted(found.p, key=lambda s: place[area_of[s]]), key=area_of.__getitem__):
        lists: tuple[list[Skill], ...] = ([], [], [])
        for skill in together:
            lists[where[skill]].append(skill)
        known, unsure, unknown = map(tuple, lists)
        rows.append(AreaStands(curriculum.areas[area].title, area, known, unsure, unknown))
    return rows
