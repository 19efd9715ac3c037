"""The command for interviews: questions against a clock, follow-ups, grades of one's own, an honest report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cairn.app import App
from cairn.cli.output import document, fail, heading, next_step, paragraph, quiet, say, strong, style
from cairn.study.typeset import readable
from cairn.study.wording import about, count

if TYPE_CHECKING:
    from cairn.study.interview_report import Report
    from cairn.study.interviewing import Interview, Interviewing, Turn
    from cairn.study.self_grading import Credit

SHOWN = 8
"""Page sections to read that are listed."""


@click.command()
@click.argument("targets", nargs=-1, metavar="[TARGET...]")
@click.option("--minutes", type=click.IntRange(1, 240), help="How long: 15 unless said.")
@click.option("--area", "areas", multiple=True, metavar="AREA", help="Only this area. Can be repeated.")
@click.option("--at-end", is_flag=True, help="Grade yourself at the end, not after each question.")
@click.option("--report", "number", type=click.IntRange(0), is_flag=False, flag_value=0, metavar="[N]",
              help="Show the report of interview N, or of the last one; ask nothing.")  # fmt: skip
@click.option(
    "--export", "file", type=click.Path(dir_okay=False, path_type=Path), help="Write the report as Markdown."
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as a JSON document.")
@click.pass_obj
def interview(
    app: App,
    targets: tuple[str, ...],
    minutes: int | None,
    areas: tuple[str, ...],
    at_end: bool,
    number: int | None,
    file: Path | None,
    as_json: bool,
) -> None:
    """Hold an interview: for goals, for areas, or for everything on the map.

    Each question has a follow-up; then you compare with a model answer and grade yourself. `p` pauses the clock, `q`
    stops: the same command, without goals, goes on where you stopped. At the end there is a report, and no score.
    """
    interviewing = app.interviewing()
    if number is None and not ((as_json or file) and interviewing.current() is None and not targets):
        number = _hold(app, interviewing, targets, areas, minutes, at_end=at_end)
        if number is None:
            return
    found = interviewing.find(number) if number else next(iter(reversed(interviewing.finished())), None)
    if found is None:
        fail("there is no such report", "cairn interview holds one")
        return
    _report(app, interviewing, found, file, as_json=as_json)


def _hold(
    app: App,
    interviewing: Interviewing,
    targets: tuple[str, ...],
    areas: tuple[str, ...],
    minutes: int | None,
    *,
    at_end: bool,
) -> int | None:
    """Ask until it is over; its number, or None where the person stopped."""
    from cairn.cli.asking import StoppedError, need_terminal  # noqa: PLC0415
    from cairn.study.interview_report import about_what  # noqa: PLC0415

    need_terminal(
        "run it in a terminal, or open Interview in the browser: cairn up; --report shows the last one"
    )
    going = interviewing.current()
    if going is None or targets or areas or minutes:
        going = interviewing.begin(minutes or 15, targets, areas, "end" if at_end else "each")
    interviewing.resume()
    heading(f"Interview: {about_what(app.atlas.curriculum, going)}", f"{going.minutes} min")
    say(
        quiet(
            "an empty line ends an answer · ? I don’t know · p alone pauses · q stops, and can be gone on with"
        )
    )
    try:
        while (now := interviewing.current()) is not None and now.turn is not None:
            _turn(app, interviewing, now, now.turn)
    except StoppedError:
        interviewing.pause()
        say(quiet("Stopped, and the clock with it. `cairn interview` goes on."))
        return None
    return going.id


def _turn(app: App, interviewing: Interviewing, now: Interview, turn: Turn) -> None:
    from cairn.study.interviewing import Stage  # noqa: PLC0415

    curriculum = app.atlas.curriculum
    asked, model = curriculum.questions[turn.question], curriculum.answers[turn.question]
    if turn.stage is Stage.GRADE:
        _grade(app, interviewing, now, turn)
        return
    left = now.left(app.desk().clock())
    say()
    if turn.stage is Stage.ANSWER:
        say(quiet(f"{left / 60:.0f} min left" if left else "the time is up; finish at your leisure"))
        paragraph(asked.ask, bold=True)
    else:
        paragraph(readable(model.fails.ask), bold=True)
    said = _words(interviewing)
    if said.strip() == "?" and turn.stage is Stage.ANSWER:
        interviewing.skip(now.step)
    else:
        interviewing.say(now.step, "" if said.strip() == "?" else said)


def _words(interviewing: Interviewing) -> str:
    """What the person says; `p` alone pauses until Enter."""
    from cairn.cli.asking import heard, lines  # noqa: PLC0415

    while (said := lines(())).strip() == "p":
        interviewing.pause()
        say(quiet("Paused. Enter goes on."))
        heard()
        interviewing.resume()
    return said


def _grade(app: App, interviewing: Interviewing, now: Interview, turn: Turn) -> None:
    from cairn.cli.asking import prose  # noqa: PLC0415
    from cairn.cli.questions import grades  # noqa: PLC0415

    model = app.atlas.curriculum.answers[turn.question]
    say()
    paragraph(app.atlas.curriculum.questions[turn.question].ask, bold=True)
    marks = grades(model)
    say()
    paragraph(readable(model.fails.ask), bold=True)
    prose(model.fails.answer, "  ")
    interviewing.grade(now.step, marks, _follow())


def _follow() -> Credit:
    from cairn.cli.asking import heard  # noqa: PLC0415
    from cairn.cli.questions import KEYS  # noqa: PLC0415
    from cairn.study.self_grading import Credit  # noqa: PLC0415

    say(quiet("the follow-up: f all of it · p some · n none"))
    while (said := heard().strip().lower()) not in KEYS:
        say("Answer f, p or n.")
    return Credit(KEYS[said])


def _report(
    app: App, interviewing: Interviewing, found: Interview, file: Path | None, *, as_json: bool
) -> None:
    from cairn.study import interview_report as reports  # noqa: PLC0415

    curriculum = app.atlas.curriculum
    made = reports.report(interviewing, found)
    if file is not None:
        file.write_text(reports.markdown(made, curriculum), encoding="utf-8")
    if as_json:
        document(reports.document(made, curriculum))
        return
    heading(f"Interview of {found.began:%d %b %Y}: {reports.about_what(curriculum, found)}")
    spent = f"{count(len(made.asked), 'question')} in {found.used / 60:.0f} of {found.minutes} min."
    paragraph(f"{spent} {reports.tally(made)}", dim=True)
    _questions(made)
    _disagreements(made)
    _reading(made)
    if file is not None:
        say(quiet(f"written to {file}"))
    if made.gap is not None and made.gap.skills:
        weak = " ".join(t.entry.id for t in made.gap.targets)
        left = f"{count(len(made.gap.topics), 'topic')}, {about(made.gap.hours)}"
        next_step(f"cairn gap {weak}", f"what is missing for these: {left}")
    else:
        next_step("cairn interview --minutes 30", "another one")


def _questions(made: Report) -> None:
    from cairn.study.interview_report import WORDS  # noqa: PLC0415

    for a in made.asked:
        say()
        paragraph(a.ask, bold=True)
        if a.passed:
            say(quiet("  I don’t know"))
        for criterion, mark in a.marks:
            word = f"{WORDS[mark]:<8}"
            say(
                f"  {quiet(word) if mark.value == 'full' else style(word, fg='yellow')} {readable(criterion.point)}"
            )


def _disagreements(made: Report) -> None:
    if made.disagreements:
        say()
        say(strong("Where your grade and earlier answers disagree"))
    for d in made.disagreements:
        paragraph(f"{d.skill}: {d.says}", "  ", hang="  ")


def _reading(made: Report) -> None:
    if made.readings:
        say()
        say(strong("What to read next"))
    for r in made.readings[:SHOWN]:
        paragraph(f"{r.title}  {'; '.join(readable(p) for p in r.points)}", "  ", hang="  ")
    if len(made.readings) > SHOWN:
        say(quiet(f"  and {len(made.readings) - SHOWN} more sections"))
