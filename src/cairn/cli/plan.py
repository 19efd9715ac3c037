"""The commands of planning: plan, today, checkpoint, audit."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import datetime, time
from pathlib import Path
from typing import Any, TextIO

import click

from cairn.app import App
from cairn.cli.output import document, heading, next_step, paragraph, quiet, say, strong
from cairn.curriculum import LEVELS
from cairn.interop.calendar import to_ical, to_markdown
from cairn.planning import Act, Day, PlanError
from cairn.planning.changes import Changes
from cairn.planning.plan import Plan, Slot
from cairn.study import planning_documents as documents
from cairn.study.planning_terms import Terms, days_off
from cairn.study.wording import count

_DAY = click.DateTime(["%Y-%m-%d"])
_as_json = click.option("--json", "as_json", is_flag=True, help="Print a JSON document.")
MOST_SHOWN = 8


def _pairs(texts: Iterable[str], what: str) -> dict[str, float]:
    """`mon=1.5` or `a=1,b=2`."""
    found: dict[str, float] = {}
    for text in texts:
        for part in text.split(","):
            name, sign, number = part.partition("=")
            try:
                if not sign:
                    raise ValueError(part)
                found[name.strip()] = float(number)
            except ValueError:
                raise PlanError(f"{part!r} is no {what}", "write name=number") from None
    return found


def _mix(text: str | None) -> tuple[float, float, float] | None:
    if text is None:
        return None
    try:
        doing, reading, watching = (float(part) for part in text.split("/"))
    except ValueError:
        raise PlanError(f"{text!r} is no mix", "write doing/reading/watching, for example 70/20/10") from None
    return doing, reading, watching


def _names(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


@click.command()
@click.argument("targets", nargs=-1, metavar="[TARGET...]")
@click.option(
    "--hours-per-week", "hours", type=float, metavar="H", help="Hours a week, spread over its days."
)
@click.option("--on", "weekdays", multiple=True, metavar="DAY=H,...", help="Hours by weekday: mon=1,sat=3.")
@click.option("--start", type=_DAY, metavar="DATE", help="The first day; today if not said.")
@click.option("--deadline", type=_DAY, metavar="DATE", help="The last day.")
@click.option("--off", multiple=True, metavar="DATE[..DATE]", help="Days off.")
@click.option(
    "--importance", multiple=True, metavar="TARGET=W", help="What a goal matters beside the others."
)
@click.option("--level", type=click.Choice([lv.value for lv in LEVELS]), help="How deep topics are wanted.")
@click.option("--mix", metavar="70/20/10", help="Doing/reading/watching.")
@click.option("--review", type=int, metavar="MINUTES", help="Minutes of review a day.")
@click.option("--gates", type=click.Choice(["hard", "soft"]), help="Whether checkpoints stop you.")
@click.option("--clock", type=click.Choice(["path", "hours"]), help="The path's stated weeks, or our hours.")
@click.option("--track", "tracks", multiple=True, metavar="ID", help="A weekly track to take into the days.")
@click.option("--choose", multiple=True, metavar="WORD", help="The optional step to go deep in.")
@click.option("--without", multiple=True, metavar="PHASE", help="A phase to leave out.")
@click.option("--knows", default="", metavar="SKILL,...", help="Skills you have, besides what you saved.")
@click.option("--background", metavar="NAME", help="none, engineer, maths, science, data-scientist.")
@click.option("--zone", metavar="NAME", help="Time zone, such as Europe/Berlin.")
@click.option("--fresh", is_flag=True, help="Ignore what is saved, and keep nothing.")
@click.option("--keep/--no-keep", default=True, help="Whether this becomes your plan.")
@click.option("--ics", type=click.Path(path_type=Path), metavar="FILE", help="Write a calendar file.")
@click.option("--at", "at", metavar="HH:MM", help="With --ics: when study begins.")
@click.option("--markdown", type=click.Path(path_type=Path), metavar="FILE", help="Write Markdown.")
@_as_json
@click.pass_obj
def plan(
    app: App,
    /,
    targets: tuple[str, ...],
    fresh: bool,
    keep: bool,
    ics: Path | None,
    at: str | None,
    markdown: Path | None,
    as_json: bool,
    **said: Any,  # noqa: ANN401
) -> None:
    """Lay what is missing into your days.

    With TARGETs, a plan for them. Without, your plan again from today on, after what really happened.
    """
    planning = app.planning()
    different = _different(said)
    changes: Changes | None = None
    if targets:
        start = different.pop("start", None) or planning.today(different.get("zone"))
        terms = Terms(targets=targets, start=start, **different)
        made = planning.make(terms) if keep and not fresh else planning.propose(terms, fresh=fresh)
    elif keep and not fresh:
        replanned = planning.replan(**different)
        made, changes = replanned.made, replanned.changes
    else:
        made = planning.what_if(**different)
    title = " + ".join(w.target.entry.title for w in made.request.wishes)
    if ics is not None:
        ahead = [d for d in made.plan.days if d.date >= made.terms.start]
        ics.write_bytes(to_ical(ahead, planning.desk.clock(), _time(at), made.terms.zone))
    if markdown is not None:
        markdown.write_text(to_markdown(made.plan, title), encoding="utf-8")
    if as_json:
        found = documents.plan(made.plan, app.atlas.curriculum)
        document(found | ({"changes": documents.changes(changes)} if changes else {}))
        return
    _print_plan(app, made.plan, title)
    if changes is not None:
        _print_changes(changes)
    for file in (f for f in (ics, markdown) if f is not None):
        say(quiet(f"written: {file}"))
    next_step("cairn today", "what to do now")


def _different(said: dict[str, Any]) -> dict[str, Any]:
    """What was said on the line, as fields of terms; the rest stays as it was."""
    found: dict[str, Any] = {
        k: said[k] for k in ("hours", "level", "review", "gates", "clock", "background", "zone")
    }
    found |= {k: said[k].date() if said[k] else None for k in ("start", "deadline")}
    found |= {k: tuple(said[k]) for k in ("tracks", "choose", "without")}
    found["weekdays"] = _pairs(said["weekdays"], "weekday with hours")
    found["importance"] = _pairs(said["importance"], "goal with its importance")
    found["off"] = days_off(said["off"])
    found["mix"] = _mix(said["mix"])
    found["knows"] = _names(said["knows"])
    kept = {name: value for name, value in found.items() if value not in (None, (), {})}
    if "hours" in kept and "weekdays" not in kept:
        kept["weekdays"] = None
    return kept


def _time(text: str | None) -> time | None:
    if text is None:
        return None
    try:
        return datetime.strptime(text, "%H:%M").time()  # noqa: DTZ007  # a time of day has no zone
    except ValueError:
        raise PlanError(f"{text!r} is no time of day", "write it as 18:30") from None


def _print_plan(app: App, result: Plan, title: str) -> None:
    heading(title)
    if result.finish is None:
        for note in result.notes:
            paragraph(note)
        if not result.feasible:
            _print_dropped(app, result)
        return
    ahead = sum(slot.minutes for d in result.days for slot in d.slots if not slot.done) / 60
    weeks = ((result.finish - result.start).days + 7) // 7
    paragraph(f"{ahead:.0f} h in {count(weeks, 'week')}, done about {result.finish:%d %B %Y}.")
    if result.early and result.late:
        paragraph(
            f"Four of five people like you finish between {result.early:%d %b %Y} and {result.late:%d %b %Y}."
        )
    if result.timing is not None:
        low, high = result.timing.own_weeks
        paragraph(f"By our own hours it would take {low:.0f} to {high:.0f} weeks.", dim=True)
    for note in result.notes:
        paragraph(note, dim=True)
    if not result.feasible:
        _print_dropped(app, result)
    say()
    for phase in result.phases:
        if phase.start and phase.finish:
            when = f"{phase.start:%d %b %y} – {phase.finish:%d %b %y}"
            stated = (
                f"  path: {phase.stated_weeks[0]:g}–{phase.stated_weeks[1]:g} weeks"
                if phase.stated_weeks
                else ""
            )
            say(f"  {phase.title:<44} {when}  {phase.minutes / 60:>5.0f} h{quiet(stated)}")
    beside = next((w.tracks for w in reversed(result.weeks) if w.tracks), ())
    for track in beside:
        what = f"  {track.what}" if track.what else ""
        where = "" if track.inside else "beside it: "
        say(quiet(f"  {where}{track.title}, {track.minutes[0]}–{track.minutes[1]} min a week{what}"))


def _print_dropped(app: App, result: Plan) -> None:
    over = result.over_minutes / 60
    say()
    paragraph(f"Not all of it fits: {over:.0f} h too much before the deadline.", bold=True)
    if result.chance is not None:
        paragraph(f"The chance to do all of it in time is {100 * result.chance:.0f} %.", dim=True)
    if result.choice is not None:
        c = result.choice
        kept = 100 * c.importance / c.whole if c.whole else 0
        most = 100 * c.bound / c.whole if c.whole else 0
        paragraph(
            f"What is kept is worth {kept:.0f} % of the whole; nothing that fits is worth over {most:.0f} %."
        )
    for item in result.dropped[:MOST_SHOWN]:
        name = app.atlas.curriculum.topics[item.skill.topic].title
        cost = f"{item.minutes / 60:.1f} h, or {item.extra_weekly_minutes} min more a week"
        say(f"  {item.skill.level.glyph} {name:<44} {quiet(cost)}")
    if len(result.dropped) > MOST_SHOWN:
        say(quiet(f"  and {len(result.dropped) - MOST_SHOWN} more"))


def _print_changes(changes: Changes) -> None:
    say()
    if not changes.moves:
        paragraph("Nothing moved.")
        return
    paragraph(f"{count(len(changes.moves), 'thing')} moved.", bold=True)
    for cause in changes.causes:
        paragraph(cause, "  ", dim=True)
    for move in changes.moves[:MOST_SHOWN]:
        where = f"{move.was or 'new'} → {move.now or 'gone'}"
        say(f"  {move.title:<50} {where}  {quiet(move.reason)}")


@click.command()
@_as_json
@click.pass_obj
def today(app: App, as_json: bool) -> None:
    """What to do today: one next step, then the rest."""
    planning = app.planning()
    made = planning.current()
    now = made.terms.start
    day = made.plan.on(now)
    open_slots = [s for s in day.slots if not s.done] if day else []
    if as_json:
        shown = Day(now, made.request.time.on(now), day.slots if day else ())
        document({"format": documents.FORMAT} | documents.day(shown))
        return
    done = sum(s.minutes for s in day.slots if s.done) if day else 0
    heading(
        f"{now:%A, %d %B}",
        f"{sum(s.minutes for s in open_slots)} min to do" + (f", {done} done" if done else ""),
    )
    if not open_slots:
        later = next((d for d in made.plan.days if d.date > now), None)
        paragraph("Nothing is planned for today." if later else "The plan is done.")
        if later:
            next_step("cairn plan", f"the next day is {later.date:%A, %d %B}")
        return
    for n, slot in enumerate(open_slots, 1):
        part = f" ({slot.part} of {slot.parts})" if slot.parts > 1 else ""
        line = f"{n:>2}  {slot.minutes:>3} min  {slot.activity.title}{part}"
        say(strong(line) if n == 1 else line)
        if n == 1:
            paragraph(slot.activity.reason, "             ", dim=True)
    next_step(
        _command(open_slots[0]), "begin" if open_slots[0].activity.act is Act.EXERCISE else "when it is done"
    )


def _command(slot: Slot) -> str:
    activity = slot.activity
    if activity.act is Act.EXERCISE:
        return f"cairn practice {activity.ref}"
    if activity.act is Act.CHECKPOINT:
        return f"cairn checkpoint {activity.ref}"
    return f"cairn log add 1 {slot.minutes} --done"


@click.command()
@click.argument("phase", required=False)
@click.option("--yes", "right", multiple=True, metavar="QUESTION", help="Answered, without help.")
@click.option("--no", "wrong", multiple=True, metavar="QUESTION", help="Not answered.")
@click.option("--waive", multiple=True, metavar="QUESTION", help="Left out for a reason of your own.")
@click.option(
    "--unmet", multiple=True, type=int, metavar="N", help="The number of a criterion that is not met."
)
@_as_json
@click.pass_obj
def checkpoint(
    app: App,
    phase: str | None,
    right: tuple[str, ...],
    wrong: tuple[str, ...],
    waive: tuple[str, ...],
    unmet: tuple[int, ...],
    as_json: bool,
) -> None:
    """The gate at the end of a phase: its questions and criteria, and how you met them."""
    planning = app.planning()
    if phase is None:
        gates = planning.gates()
        if as_json:
            document([documents.gate(g) for g in gates])
            return
        passed = planning.past().passed
        heading("Checkpoints of your plan")
        for g in gates:
            say(f"  {'passed' if g.phase in passed else 'open  '}  {g.phase:<28} {g.title}")
        if gates:
            next_step(f"cairn checkpoint {gates[0].phase}", "its questions")
        return
    found = planning.gate(phase)
    verdict = None
    if right or wrong or waive or unmet:
        answers = dict.fromkeys(right, True) | dict.fromkeys(wrong, False)
        verdict = planning.check(phase, answers, {n - 1: False for n in unmet}, waive)
    if as_json:
        document(documents.gate(found, verdict))
        return
    heading(f"Checkpoint: {found.title}", f"about {found.minutes} min")
    for question in found.questions:
        how = (
            f"{question.grading.value}: {', '.join(question.exercises[:3])}"
            if question.exercises
            else question.grading.value
        )
        say(f"  {strong(question.id)}  {quiet(how)}")
        paragraph(question.ask, "    ")
    for n, text in enumerate(found.criteria, 1):
        paragraph(f"{n}. {text}", "  ", dim=True)
    if verdict is None:
        first = found.questions[0].id if found.questions else "QUESTION"
        next_step(f"cairn checkpoint {found.phase} --yes {first}", "say which you answered without help")
        return
    say()
    if verdict.unanswered:
        paragraph(f"Still to answer: {', '.join(verdict.unanswered)}")
        return
    paragraph("Passed." if verdict.passed else "Not passed yet.", bold=True)
    paragraph(verdict.advice.capitalize() + ".")
    if verdict.repair:
        paragraph("Go over again: " + ", ".join(map(str, verdict.repair)), "  ")
        next_step("cairn plan", "lay the repairs into your days")


@click.command()
@click.argument("target")
@click.argument("file", type=click.File("r", encoding="utf-8"), default="-")
@_as_json
@click.pass_obj
def audit(app: App, target: str, file: TextIO, as_json: bool) -> None:
    """Hold your own list of topics, one a line, against a goal: what is missing, unnecessary, out of order."""
    try:
        lines = file.read(2_000_000).splitlines()
    except UnicodeDecodeError:
        raise PlanError(
            f"{getattr(file, 'name', 'the list')} is not UTF-8 text", "save it as plain text"
        ) from None
    found = app.planning().audit(target, lines)
    if as_json:
        document(documents.audit(found, app.atlas.curriculum))
        return
    heading(f"Your list covers {100 * found.coverage:.0f} % of the topics that {target} needs")
    parts = (
        ("missing", found.missing),
        ("unnecessary", found.unnecessary),
        ("order", found.order),
        ("depth", found.depth),
    )
    for title, findings in parts:
        if findings:
            say()
            say(quiet(f"{title} ({len(findings)})"))
            for finding in findings:
                say(f"  {app.atlas.curriculum.topics[finding.topic].title}")
                paragraph(finding.reason, "    ", dim=True)
    if found.unknown:
        say()
        paragraph("not understood: " + "; ".join(found.unknown), dim=True)
    if sys.stdout.isatty():
        next_step(f"cairn gap {target}", "the whole way in order")
