"""The pages of the study log: minutes by hand or timer, a week in words and figures, tracks, export."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cairn.app import App
from cairn.curriculum.path import Track
from cairn.planning import Mix, Mode, PlanError
from cairn.planning.companions import companions
from cairn.store.logbook import Entry
from cairn.study.diary_export import as_csv, as_markdown
from cairn.study.diary_words import duration, mix_in_words, week_in_words
from cairn.study.logbook import Diary, WeekSummary
from cairn.study.planning import NoPlanError, Planning
from cairn.study.planning_terms import zone_of
from cairn.web.forms import pairs
from cairn.web.templating import page
from cairn.web.ways import WAYS

WEEKS = 12
"""Weeks in the picture."""

AHEAD = 7
"""Days of the plan whose activities are offered."""

MAX_FORM = 200_000
_WIDTH, _HEIGHT = 560, 120


def routes() -> list[Route]:
    """All routes of the log."""
    return [
        Route("/log", log, methods=["GET"]),
        Route("/log", write, methods=["POST"]),
        Route("/log.md", markdown),
        Route("/log.csv", table),
        Route("/log/{number:int}", change, methods=["GET"]),
        Route("/log/{number:int}", correct, methods=["POST"]),
    ]


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form of an entry."""

    what: str = ""
    mode: str = Mode.DOING.value
    minutes: str = ""
    day: str = ""
    finished: bool = False
    note: str = ""

    @classmethod
    def of(cls, fields: Mapping[str, str]) -> Typed:
        """From a form."""
        return cls(
            fields.get("what", ""),
            fields.get("mode", Mode.DOING.value),
            fields.get("minutes", ""),
            fields.get("day", ""),
            fields.get("finished") == "yes",
            fields.get("note", "").replace("\r\n", "\n"),
        )

    @classmethod
    def entry(cls, entry: Entry) -> Typed:
        """From an entry that is kept."""
        return cls(
            entry.title, entry.mode, str(entry.minutes), entry.day.isoformat(), entry.finished, entry.note
        )


@dataclass(frozen=True, slots=True)
class Column:
    """A week in the picture: its minutes by mode, as heights from the bottom, and what it says."""

    x: float
    width: float
    parts: tuple[tuple[str, float, float], ...]
    says: str
    label: str
    start: date


def verbs(request: Request) -> tuple[Diary, Planning]:
    """The person's log and plan."""
    app: App = request.app.state.app
    return app.diary(), app.planning()


def wanted(planning: Planning) -> tuple[Mix, str | None]:
    """The mix and the time zone of the plan, if there is one."""
    try:
        terms = planning.terms()
    except NoPlanError:
        return Mix(), None
    if terms.mix is None:
        return Mix(), terms.zone
    whole = sum(terms.mix)
    return Mix(*(share / whole for share in terms.mix)), terms.zone


def sentence(error: PlanError) -> str:
    """What is wrong and what to do, as a sentence for a page."""
    text = str(error)
    said = text[:1].upper() + text[1:]
    return f"{said}: {error.hint}." if error.hint and not error.hint.startswith("see: cairn") else f"{said}."


def log(request: Request) -> Response:
    """The log."""
    return _show(request)


def _show(request: Request, typed: Typed | None = None, problem: str = "") -> Response:
    diary, planning = verbs(request)
    mix, zone = wanted(planning)
    today = planning.today(zone)
    day = _day(request.query_params.get("week", "")) or today
    week = diary.week(day, mix)
    weeks = [diary.week(week.start - timedelta(days=7 * n), mix) for n in reversed(range(WEEKS))]
    running = diary.running()
    return page(
        request,
        "log.html",
        status=422 if problem else 200,
        typed=typed or Typed(what=request.query_params.get("what", "")[:200], day=today.isoformat()),
        problem=problem,
        today=today,
        week=week,
        words=week_in_words(week),
        mix_words=mix_in_words(week.ledger),
        entries=diary.entries(week.start, week.end),
        before=week.start - timedelta(days=7),
        after=week.start + timedelta(days=7) if week.end < today else None,
        columns=_picture(weeks),
        drawn=any(one.minutes for one in weeks),
        most=max(one.minutes for one in weeks),
        running=running,
        since=running.started_at.astimezone(zone_of(zone)) if running else None,
        spent=max(0, round((planning.desk.clock() - running.started_at).total_seconds() / 60))
        if running
        else 0,
        offered=_offered(planning, today),
        tracks=_tracks(planning, diary, week),
        modes=list(Mode),
        duration=duration,
        here=f"/log?week={week.start.isoformat()}" if "week" in request.query_params else "/log",
        ways=WAYS,
    )


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if date(1990, 1, 1) <= found <= date(2200, 1, 1) else None


def _picture(weeks: list[WeekSummary]) -> list[Column]:
    most = max((week.minutes for week in weeks), default=0)
    step = _WIDTH / max(1, len(weeks))
    found = []
    for n, week in enumerate(weeks):
        parts, y = [], float(_HEIGHT - 20)
        for row in week.ledger:
            height = (_HEIGHT - 40) * row.minutes / most if most else 0.0
            y -= height
            parts.append((row.mode.value, y, height))
        by_mode = ", ".join(f"{row.minutes} {row.mode.value}" for row in week.ledger if row.minutes)
        says = f"week of {week.start:%d %b}: {week.minutes} min{f' ({by_mode})' if by_mode else ''}"
        label = f"{week.start:%d %b}" if n % 4 == 0 else ""
        found.append(Column(n * step + 4, step - 8, tuple(parts), says, label, week.start))
    return found


def _offered(planning: Planning, today: date) -> dict[str, Any]:
    """The activities of the plan around today, and the tracks, by title."""
    found: dict[str, Any] = {}
    try:
        days = planning.days()
    except NoPlanError:
        return found
    for day in days:
        if abs((day.date - today).days) <= AHEAD:
            for slot in day.slots:
                found.setdefault(slot.activity.title, slot.activity)
    return found


@dataclass(frozen=True, slots=True)
class Beside:
    """A weekly track: what its path asks for a week, and what was logged."""

    track: Track
    minutes: int


def _tracks(planning: Planning, diary: Diary, week: WeekSummary) -> list[Beside]:
    """The parallel tracks of the plan's paths with the minutes of a week; without a plan those that have minutes."""
    curriculum = planning.desk.atlas.curriculum
    try:
        entries = [curriculum.resolve(t) for t in planning.terms().targets]
        paths = [curriculum.paths[e.id] for e in entries if e is not None and e.id in curriculum.paths]
    except NoPlanError:
        paths = []
    spent: dict[str, int] = {}
    for entry in diary.entries(week.start, week.end):
        spent[entry.activity] = spent.get(entry.activity, 0) + entry.minutes
    mine = {t.id: t for path in paths for t in companions(curriculum, path).tracks}
    mine |= {t.id: t for path in curriculum.paths.values() for t in path.tracks if t.id in spent}
    return [Beside(track, spent.get(name, 0)) for name, track in mine.items()]


async def write(request: Request) -> Response:
    """Keep an entry, start or stop the timer."""
    fields = dict(await pairs(request, MAX_FORM))
    return await run_in_threadpool(_write, request, fields)


def _write(request: Request, fields: dict[str, str]) -> Response:
    diary, planning = verbs(request)
    _, zone = wanted(planning)
    typed, do = Typed.of(fields), fields.get("do", "keep")
    try:
        if do == "stop":
            diary.stop(finished=typed.finished, note=typed.note, zone=zone)
        elif do == "give-up":
            diary.give_up()
        elif do == "start":
            what = _what(planning, typed, fields)
            if not what["activity"]:
                raise PlanError("what you begin has no name", "name it first, then start the timer")
            diary.start(**what)
        else:
            diary.log(
                **_what(planning, typed, fields),
                minutes=minutes_of(typed.minutes),
                day=_said_day(typed.day),
                finished=typed.finished,
                note=typed.note,
                zone=zone,
            )
    except PlanError as error:
        return _show(request, typed, sentence(error))
    back = _said_day(typed.day) if do == "keep" and typed.day else None
    return RedirectResponse(f"/log?week={back.isoformat()}#entries" if back else "/log", status_code=303)


def _what(planning: Planning, typed: Typed, fields: Mapping[str, str]) -> dict[str, Any]:
    """The activity that a title names: one of the plan, a track, or anything."""
    title = typed.what.strip()
    _, zone = wanted(planning)
    found = _offered(planning, planning.today(zone)).get(title)
    if found is not None:
        mode = typed.mode if fields.get("mode") else found.mode.value
        return {"activity": found.id, "title": found.title, "mode": mode, "planned": found.minutes}
    track = planning.desk.atlas.curriculum.track(fields.get("track", ""))
    if track is not None:
        return {"activity": track.id, "title": track.title, "mode": typed.mode}
    return {"activity": title, "title": title, "mode": typed.mode}


def minutes_of(text: str) -> int:
    """Minutes as they are typed: `45`, `1:30`, `1.5 h`, `2 h 10`.

    Raises:
        PlanError: they cannot be read.
    """
    said = text.strip().lower().replace(",", ".")
    hours, sign, rest = said.partition(":") if ":" in said else said.partition("h")
    try:
        if len(said) > 20:
            raise ValueError
        if sign:
            left = rest.replace("min", "").strip(" .")
            return round(60 * float(hours) + (float(left) if left else 0))
        return round(float(said.removesuffix("min").strip()))
    except (ValueError, OverflowError):
        what = f"{text.strip()[:20]!r} is no time" if text.strip() else "the minutes are missing"
        raise PlanError(what, "write 45, or 1:30 for an hour and a half") from None


def _said_day(text: str) -> date | None:
    """A day as a date field sends it.

    Raises:
        PlanError: it is none.
    """
    if not text.strip():
        return None
    found = _day(text.strip())
    if found is None:
        raise PlanError(f"{text.strip()[:20]!r} is no day", "write it as 2027-01-31")
    return found


def change(request: Request) -> Response:
    """One entry, to be put right or removed."""
    diary, _ = verbs(request)
    try:
        entry = diary.entry(int(request.path_params["number"]))
    except PlanError:
        raise HTTPException(404) from None
    return _change(request, entry, Typed.entry(entry))


def _change(request: Request, entry: Entry, typed: Typed, problem: str = "") -> Response:
    status = 422 if problem else 200
    return page(
        request, "log_entry.html", status=status, entry=entry, typed=typed, problem=problem, modes=list(Mode),
        ways=WAYS,
    )  # fmt: skip


async def correct(request: Request) -> Response:
    """Put an entry right, or remove it."""
    fields = dict(await pairs(request, MAX_FORM))
    return await run_in_threadpool(_correct, request, fields)


def _correct(request: Request, fields: dict[str, str]) -> Response:
    diary, planning = verbs(request)
    number = int(request.path_params["number"])
    try:
        entry = diary.entry(number)
    except PlanError:
        raise HTTPException(404) from None
    if fields.get("do") == "remove":
        diary.remove(number)
        return RedirectResponse(f"/log?week={entry.day.isoformat()}#entries", status_code=303)
    typed = Typed.of(fields)
    same = typed.what.strip() == entry.title
    try:
        made = diary.correct(
            number,
            entry.activity if same else typed.what,
            minutes_of(typed.minutes),
            typed.mode,
            title=typed.what.strip(),
            day=_said_day(typed.day),
            finished=typed.finished,
            note=typed.note,
            zone=wanted(planning)[1],
        )
    except PlanError as error:
        return _change(request, entry, typed, sentence(error))
    return RedirectResponse(f"/log?week={made.day.isoformat()}#entries", status_code=303)


def markdown(request: Request) -> Response:
    """Everything that was logged, as a Markdown file."""
    diary, _ = verbs(request)
    titles = {name: paper.title for name, paper in diary.desk.atlas.curriculum.papers.items()}
    text = as_markdown(diary.entries(), diary.experiments(), diary.readings(), titles)
    return _file(text, "text/markdown", "study-log.md")


def table(request: Request) -> Response:
    """The entries, as a CSV file."""
    diary, _ = verbs(request)
    return _file(as_csv(diary.entries()), "text/csv", "study-log.csv")


def _file(text: str, kind: str, name: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    return Response(text, media_type=f"{kind}; charset=utf-8", headers=headers)
