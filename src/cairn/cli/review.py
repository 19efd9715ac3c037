"""The command for what is due: review."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cairn.app import App
from cairn.cli.output import document, fail, heading, next_step, paragraph, quiet, say, strong, style, width
from cairn.study.wording import count

if TYPE_CHECKING:
    from cairn.learner.review import DayLoad
    from cairn.study.reviewing import Review, Reviewing, Today

LONG_AWAY = 30.0
"""Minutes of a day's reviews from which a limit is suggested."""


@click.command()
@click.option("--only", "begin", is_flag=True, help="Answer today's reviews now, one by one.")
@click.option(
    "--minutes", type=click.FloatRange(0, 600), help="Keep a limit of minutes a day; 0 takes it away."
)
@click.option(
    "--retention", type=click.FloatRange(0.7, 0.97), help="Keep the recall at which a skill is due."
)
@click.option(
    "--forecast",
    "days",
    is_flag=False,
    flag_value=28,
    type=click.IntRange(1, 365),
    help="Show the minutes of the coming days (28 unless said).",
)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON document.")
@click.pass_obj
def review(
    app: App, begin: bool, minutes: float | None, retention: float | None, days: int | None, as_json: bool
) -> None:
    """Show what is due today, with minutes and reasons; --only answers it.

    The queue is the cheapest set of questions that takes care of all that is due: practising one skill reviews what
    it contains. After an absence a limit of minutes spreads the rest over the coming days.
    """
    reviewing = app.reviewing()
    reviewing.prefer(retention=retention, minutes=minutes)
    if begin:
        _answer(app, reviewing)
    today = reviewing.today()
    load = reviewing.forecast(days) if days else ()
    if as_json:
        document(_document(reviewing, today, load))
        return
    if days:
        _forecast(load)
    else:
        _today(app, reviewing, today, offer=not begin)


def _document(reviewing: Reviewing, today: Today, load: tuple[DayLoad, ...]) -> dict[str, object]:
    return {
        "format": 1,
        "minutes": round(today.minutes, 1),
        "retention": reviewing.retention,
        "limit": reviewing.budget,
        "reviews": [
            {
                "skill": str(r.skill), "item": r.item.id, "minutes": r.minutes, "recall": round(r.recall, 4),
                "days": round(r.days, 2), "covers": list(map(str, r.covers)),
            }
            for r in today.reviews
        ],
        "later": list(map(str, today.later)),
        "forecast": [
            {
                "date": d.at.date().isoformat(), "minutes": round(d.minutes, 1),
                "reviews": d.reviews, "waiting": d.waiting,
            }
            for d in load
        ],
    }  # fmt: skip


def _today(app: App, reviewing: Reviewing, today: Today, *, offer: bool) -> None:
    if not today.reviews and not today.later:
        heading("Nothing is due today")
        ahead = [day for day in reviewing.forecast(28) if day.reviews]
        if ahead:
            say(f"The next review falls due on {ahead[0].at:%A %d %B}.")
            next_step("cairn review --forecast", "the coming weeks")
        else:
            next_step("cairn diagnose", "what you have shown comes back here when it is about to fade")
        return
    heading(f"{count(len(today.reviews), 'review')} today, {today.minutes:.0f} min")
    for one in today.reviews:
        _row(app, one)
    if today.later:
        say()
        paragraph(
            f"{count(len(today.later), 'more skill')} can wait for the coming days, "
            f"within {reviewing.budget:g} min a day."
        )
    if offer:
        if today.minutes > LONG_AWAY and reviewing.budget is None:
            next_step("cairn review --minutes 15", "spread them: 15 min a day, the most urgent first")
        else:
            next_step("cairn review --only", "answer them")


def _row(app: App, one: Review) -> None:
    title = app.atlas.curriculum.topics[one.skill.topic].title
    figure = f"{one.minutes:.0f} min" if one.minutes >= 1 else "½ min"
    room = width() - len(figure) - 6
    shown = title if len(title) <= room else title[: room - 1].rstrip() + "…"
    say(f"  {one.skill.level.glyph} {shown:<{room}} {quiet(figure)}")
    paragraph(reason(one), "    ", dim=True)


def reason(one: Review) -> str:
    """Why it is due, in a sentence."""
    from cairn.study.reviewing import because  # noqa: PLC0415

    return because(one)


def _forecast(load: tuple[DayLoad, ...]) -> None:
    heading("The coming days", "if nothing new is learned")
    most = max((day.minutes for day in load), default=0.0)
    room = max(10, min(50, width() - 24))
    for day in load:
        blocks = round(room * day.minutes / most) if most else 0
        waiting = f" {day.waiting} wait" if day.waiting else ""
        say(f"  {day.at:%a %d %b}  {day.minutes:>4.0f} min {style('█' * blocks, fg='cyan')}{quiet(waiting)}")
    total = sum(day.minutes for day in load)
    say(f"{strong('in all')} {total:.0f} min, {total / max(1, len(load)):.1f} a day")


def _answer(app: App, reviewing: Reviewing) -> None:
    """Today's reviews, one by one; the queue is made anew after each answer."""
    from cairn.cli.asking import StoppedError, ask, head, need_terminal  # noqa: PLC0415
    from cairn.study.answering import Occasion  # noqa: PLC0415
    from cairn.study.errors import UnknownItemError  # noqa: PLC0415

    need_terminal("run it in a terminal, or open Review in the browser: cairn up")
    while (today := reviewing.today()).reviews:
        one = today.reviews[0]
        head(app.atlas, one.skill, f"{count(len(today.reviews), 'review')}, {today.minutes:.0f} min left")
        say(quiet(reason(one)))
        say()
        try:
            ask(reviewing.answering, reviewing.answering.ask(one.item.id), Occasion.REVIEW)
        except StoppedError:
            say(quiet("Stopped. What you answered is kept."))
            return
        except UnknownItemError as error:
            fail(str(error), "the author must mend it; the other reviews are untouched")
    say()
