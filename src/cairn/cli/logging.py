"""The commands of the study log: minutes by hand or timer, the week, papers, experiments."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from cairn.app import App
from cairn.cli.output import document, heading, next_step, paragraph, quiet, say
from cairn.planning import Mix, Mode, PlanError
from cairn.study import planning_documents as documents
from cairn.study.logbook import WeekSummary
from cairn.study.planning import NoPlanError
from cairn.study.wording import count

_DAY = click.DateTime(["%Y-%m-%d"])
_as_json = click.option("--json", "as_json", is_flag=True, help="Print a JSON document.")
_mode = click.option("--mode", type=click.Choice([m.value for m in Mode]), help="How the time is spent.")
_done = click.option("--done", is_flag=True, help="It is finished with this.")
_note = click.option("--note", default="", metavar="TEXT", help="What you want to remember.")


@click.group("log", invoke_without_command=True)
@_as_json
@click.pass_context
def log(context: click.Context, as_json: bool) -> None:
    """What you did. Alone, this week in figures."""
    if context.invoked_subcommand is None:
        _show_week(context.obj, None, as_json)


@log.command("week")
@click.option("--of", "day", type=_DAY, metavar="DATE", help="Any day of the week.")
@_as_json
@click.pass_obj
def week(app: App, day: datetime | None, as_json: bool) -> None:
    """A week in figures."""
    _show_week(app, day, as_json)


def _show_week(app: App, day: datetime | None, as_json: bool) -> None:
    planning, diary = app.planning(), app.diary()
    mix, zone = _wanted(app)
    found = diary.week(day.date() if day else planning.today(zone), mix)
    if as_json:
        document(documents.week(found))
        return
    _print_week(found)
    running = diary.running()
    if running is not None:
        next_step("cairn log stop --done", f"a timer runs for {running.title}")
    else:
        next_step("cairn today", "what is next")


def _wanted(app: App) -> tuple[Mix, str | None]:
    """The mix and the time zone of the plan, if there is one."""
    try:
        terms = app.planning().terms()
    except NoPlanError:
        return Mix(), None
    if terms.mix is None:
        return Mix(), terms.zone
    whole = sum(terms.mix)
    return Mix(*(share / whole for share in terms.mix)), terms.zone


def _print_week(found: WeekSummary) -> None:
    heading(f"{found.start:%d %B} to {found.end:%d %B}", f"{found.minutes} min on {count(found.days, 'day')}")
    for row in found.ledger:
        wanted = quiet(f"plan {100 * row.wanted:.0f} %")
        say(f"  {row.mode.value:<9} {row.minutes:>5} min  {100 * row.share:>3.0f} %  {wanted}")
    for title, minutes in found.longest:
        paragraph(f"{minutes} min: {title}", "  ", dim=True)
    if found.finished:
        say()
        paragraph(f"Finished: {'; '.join(found.finished)}")


def _activity(app: App, text: str) -> dict[str, Any]:
    """An activity by its number in `cairn today`, by its id in the plan, or by any name."""
    try:
        plan = app.planning().current().plan
        start = app.planning().today(app.planning().terms().zone)
    except NoPlanError:
        if text.isdigit():
            raise
        return {"activity": text}
    day = plan.on(max(start, plan.start))
    if text.isdigit():
        slots = [s for s in day.slots if not s.done] if day else []
        if not 1 <= int(text) <= len(slots):
            raise PlanError(f"today has no activity {text}", "see: cairn today")
        found = slots[int(text) - 1].activity
    else:
        matches = (s.activity for d in plan.days for s in d.slots if s.activity.id == text and not s.done)
        first = next(matches, None)
        if first is None:
            return {"activity": text}
        found = first
    return {"activity": found.id, "title": found.title, "mode": found.mode.value, "planned": found.minutes}


@log.command("add")
@click.argument("activity")
@click.argument("minutes", type=int)
@_mode
@click.option("--on", "day", type=_DAY, metavar="DATE", help="The day; today if not said.")
@_done
@_note
@_as_json
@click.pass_obj
def add(
    app: App,
    activity: str,
    minutes: int,
    mode: str | None,
    day: datetime | None,
    done: bool,
    note: str,
    as_json: bool,
) -> None:
    """Log MINUTES for an ACTIVITY: its number in `cairn today`, its id, or any name."""
    fields = _activity(app, activity) | ({"mode": mode} if mode else {})
    _, zone = _wanted(app)
    entry = app.diary().log(
        minutes=minutes, day=day.date() if day else None, finished=done, note=note, zone=zone, **fields
    )
    if as_json:
        document(documents.entry(entry))
        return
    paragraph(f"Logged {entry.minutes} min of {entry.mode}: {entry.title}" + (", finished." if done else "."))
    next_step("cairn today", "what is next")


@log.command("start")
@click.argument("activity")
@_mode
@click.pass_obj
def start(app: App, activity: str, mode: str | None) -> None:
    """Start a timer for an ACTIVITY."""
    timer = app.diary().start(**(_activity(app, activity) | ({"mode": mode} if mode else {})))
    paragraph(f"The timer runs for {timer.title}.")
    next_step("cairn log stop --done", "when it is finished")


@log.command("stop")
@_done
@_note
@click.pass_obj
def stop(app: App, done: bool, note: str) -> None:
    """Stop the timer and log its minutes."""
    _, zone = _wanted(app)
    entry = app.diary().stop(finished=done, note=note, zone=zone)
    paragraph(f"Logged {entry.minutes} min of {entry.mode}: {entry.title}.")
    next_step("cairn today", "what is next")


@log.command("paper")
@click.argument("paper")
@click.option("--pass", "stage", type=int, help="1, 2 or 3.")
@click.option("--minutes", type=int, help="How long it took.")
@click.option("--answer", multiple=True, metavar="NAME=TEXT", help="The answer to a question of the pass.")
@click.option("--idea", multiple=True, metavar="TEXT", help="An idea to implement.")
@click.pass_obj
def paper(
    app: App,
    paper: str,
    stage: int | None,
    minutes: int | None,
    answer: tuple[str, ...],
    idea: tuple[str, ...],
) -> None:
    """Three passes over a PAPER: the next one with its questions, or one that you did."""
    diary = app.diary()
    if stage is not None:
        if minutes is None:
            raise PlanError("the minutes are missing", "say --minutes 45")
        answers = {name: text for name, _, text in (a.partition("=") for a in answer)}
        diary.read(paper, stage, minutes, answers=answers, ideas=idea, zone=_wanted(app)[1])
    entry = diary.paper(paper)
    coming = diary.next_pass(paper)
    heading(entry.title, "read three times" if coming is None else f"pass {coming.stage}")
    if coming is not None:
        paragraph(f"{coming.title}. {coming.minutes[0]} to {coming.minutes[1]} minutes.")
        for name, ask in coming.questions:
            paragraph(f"{name}: {ask}", "  ", dim=True)
    needs = app.atlas.curriculum.papers[entry.id].needs
    missing = len(diary.desk.gap(entry.id).skills) if needs else 0
    if missing:
        next_step(f"cairn gap {entry.id}", f"{count(missing, 'skill')} you need to read it")


@log.command("experiment")
@click.argument("subject")
@click.argument("question")
@click.option("--setup", default="", help="What you did.")
@click.option("--result", default="", help="What came out.")
@click.option("--conclusion", default="", help="What it means.")
@click.pass_obj
def experiment(app: App, subject: str, question: str, setup: str, result: str, conclusion: str) -> None:
    """Keep a note on an experiment: its SUBJECT (a lab, an exercise) and the QUESTION it asks."""
    app.diary().note(subject, question, setup, result, conclusion)
    paragraph(f"Kept; {count(len(app.diary().experiments(subject)), 'note')} on {subject}.")
