"""The commands that find out where you stand: diagnose and why."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING

import click

from cairn.app import App
from cairn.cli.output import document, heading, next_step, paragraph, quiet, say, strong, style, width
from cairn.study import documents
from cairn.study.wording import about, count

if TYPE_CHECKING:
    from cairn.curriculum import Skill
    from cairn.study.diagnosing import Ask, Diagnosing, Picture, Progress
    from cairn.study.history import History

FEW = 12
MOST = 10_000


@click.command()
@click.argument("targets", nargs=-1, metavar="[TARGET...]")
@click.option(
    "--minutes",
    type=click.FloatRange(0.5, 600),
    default=15.0,
    show_default=True,
    help="How long the sitting may take.",
)
@click.option("--questions", type=click.IntRange(1, 1000), help="At most so many questions.")
@click.option(
    "--level", type=click.Choice(["recognise", "use", "derive"]), help="How deep, where TARGET does not say."
)
@click.option("--json", "as_json", is_flag=True, help="Print the final belief as a JSON document.")
@click.pass_obj
def diagnose(
    app: App,
    targets: tuple[str, ...],
    minutes: float,
    questions: int | None,
    level: str | None,
    as_json: bool,
) -> None:
    """Find out which skills you have: for a goal, or for everything on the map.

    One question at a time, each chosen to settle most. `?` says that you do not know, `q` stops; the same command
    goes on where you stopped. With --json and no terminal nothing is asked, and the belief is printed as it stands.
    """
    from cairn.cli.asking import need_terminal  # noqa: PLC0415  # not needed by the map

    diagnosing = app.diagnosing()
    diagnosing.goal(targets, level)
    if not (as_json and not sys.stdin.isatty()):
        need_terminal(
            "run it in a terminal, or in the browser: cairn up; with --json it prints what is believed now"
        )
        with contextlib.redirect_stdout(sys.stderr) if as_json else contextlib.nullcontext():
            _sit(app, diagnosing, targets, minutes, questions, level)
    picture = diagnosing.picture(targets, level)
    end = diagnosing.progress(targets, minutes=minutes, level=level)
    if as_json:
        document(documents.standing(targets, picture, end))
        return
    _picture(app, targets, picture, end)


def _sit(
    app: App,
    diagnosing: Diagnosing,
    targets: tuple[str, ...],
    minutes: float,
    questions: int | None,
    level: str | None,
) -> None:
    """Ask until it is clear, the minutes are over, or the person stops."""
    from cairn.cli.asking import StoppedError  # noqa: PLC0415

    names = ", ".join(app.atlas.target(t, level).entry.title for t in targets) or "everything on the map"
    now = diagnosing.progress(targets, minutes=minutes, level=level)
    heading(f"Where you stand: {names}")
    if now.asked:
        say(
            quiet(f"Going on: {count(now.asked, 'question')} answered, {now.minutes:.0f} of {minutes:g} min.")
        )
    if now.ask is not None:
        diagnosing.begin(targets, level, round(minutes))
    for _ in range(questions or MOST):
        if now.ask is None:
            return
        try:
            _ask(app, diagnosing, now, minutes)
        except StoppedError:
            say()
            say(quiet("Stopped. What you answered is kept; the same command goes on."))
            return
        now = diagnosing.progress(targets, minutes=minutes, level=level)


def _ask(app: App, diagnosing: Diagnosing, now: Progress, minutes: float) -> None:
    from cairn.cli.asking import ask, head  # noqa: PLC0415
    from cairn.study.answering import Occasion  # noqa: PLC0415

    question = now.ask
    if question is None:
        return
    s = now.summary
    head(app.atlas, question.skill)
    sure = f"sure of {s.known + s.unknown} of {s.known + s.unknown + s.unsure}"
    say(quiet(f"{sure} · about {max(1, round(minutes - now.minutes))} min left"))
    say()
    if question.variant is None:
        _word(diagnosing, question)
    else:
        ask(diagnosing.answering, question.variant, Occasion.DIAGNOSIS)


def _word(diagnosing: Diagnosing, question: Ask) -> None:
    """A question about oneself, where no item tests the skill."""
    from cairn.cli.asking import heard  # noqa: PLC0415

    paragraph(f"Can you {question.can}?")
    say(quiet("y yes · n no · ? not sure · q stops"))
    answers = {"y": True, "yes": True, "n": False, "no": False, "?": None}
    while (said := heard().strip().lower()) not in answers:
        say("Answer y, n or ?.")
    diagnosing.say(question.skill, can=answers[said], number=question.number)


def _picture(app: App, targets: tuple[str, ...], picture: Picture, end: Progress) -> None:
    """Known, unsure and not known, drawn and counted, and the gap that follows."""
    from cairn.study.diagnosing import ENDS  # noqa: PLC0415

    say()
    known, unsure, unknown = (len(part) for part in (picture.known, picture.unsure, picture.unknown))
    say(_bar(known, unsure, unknown))
    say(f"█ known {known}   ▒ unsure {unsure}   ░ not known {unknown}")
    parts = [f"{count(end.asked, 'question')}, {end.minutes:.0f} min.", ENDS[end.stop] if end.stop else ""]
    doubt = f"Of {count(len(picture.p), 'skill')} about {picture.summary.errors:.0f} may be misjudged."
    paragraph(" ".join(part for part in (*parts, doubt) if part), dim=True)
    for name, skills in (("unsure", picture.unsure), ("not known", picture.unknown)):
        if skills:
            say()
            say(strong(name))
            _listed(app, skills)
    if picture.gap is not None and picture.gap.steps:
        say()
        say(
            f"{strong('left to learn')}  {count(len(picture.gap.topics), 'topic')}, {about(picture.gap.hours)}"
        )
        next_step(f"cairn gap {' '.join(targets)}", "what to learn, in order")
    elif picture.gap is not None:
        next_step("cairn next", "nothing is missing here; what you can learn now")
    else:
        next_step("cairn next", "what you can learn now")


def _listed(app: App, skills: tuple[Skill, ...]) -> None:
    for skill in skills[:FEW]:
        say(f"  {skill.level.glyph} {app.atlas.curriculum.topics[skill.topic].title[: width() - 6]}")
    if len(skills) > FEW:
        say(quiet(f"  and {len(skills) - FEW} more"))


def _bar(known: int, unsure: int, unknown: int) -> str:
    """A line of blocks, as wide as the window allows."""
    room, total = min(60, width()), max(1, known + unsure + unknown)
    ends = [round(room * n / total) for n in (known, known + unsure, total)]
    return (
        style("█" * ends[0], fg="cyan")
        + style("▒" * (ends[1] - ends[0]), fg="cyan")
        + quiet("░" * (ends[2] - ends[1]))
    )


@click.command()
@click.argument("skill", metavar="SKILL")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON document.")
@click.pass_obj
def why(app: App, skill: str, as_json: bool) -> None:
    """Say why Cairn thinks that you know a skill, or that you do not: the answers that moved its belief."""
    from cairn.study.history import describe, histories  # noqa: PLC0415

    named = app.atlas.skill(skill)
    (found,) = histories(app.diagnosing(), app.reviewing(), [named])
    if as_json:
        document(
            {
                "format": 1,
                "skill": str(named),
                "p": round(found.p, 4),
                "range": [round(found.low, 4), round(found.high, 4)],
                "before": round(found.before, 4),
                "says": found.says,
                "moved": [
                    {
                        "weight": round(m.weight, 3),
                        "events": [
                            {
                                "at": e.at.isoformat(),
                                "source": e.source.value,
                                "skill": e.skill,
                                "outcome": e.outcome.value,
                                "detail": e.detail,
                            }
                            for e in m.events
                        ],
                    }
                    for m in found.moved
                ],
                "recall": round(found.memory.recall, 4) if found.memory else None,
                "due": found.memory.due.date().isoformat() if found.memory else None,
            }
        )
        return
    heading(
        f"{app.atlas.curriculum.topics[named.topic].title}, {named.level.value}",
        f"{found.says}, {found.percent}",
    )
    say(quiet(f"before any answer: {100 * found.before:.0f} %"))
    for moved in found.moved:
        first = moved.events[-1]
        more = f", and {len(moved.events) - 1} earlier" if len(moved.events) > 1 else ""
        sign = "for" if moved.weight > 0 else "against"
        paragraph(f"{sign:<7} {first.at:%d %b}  {describe(first)}{more}", "  ")
    if found.others:
        say(quiet(f"  {count(found.others, 'other answer')} hardly moved it"))
    _remembered(found)
    if found.moved:
        next_step(f"cairn item ask {named}", "answer a question on it")
    else:
        next_step(f"cairn diagnose {named}", "nothing has been asked about it yet")


def _remembered(found: History) -> None:
    if found.memory is None:
        return
    ahead = ", ".join(f"{100 * p:.0f} % in {d} days" for d, p in found.memory.ahead)
    when = "due now" if found.memory.is_due else f"due {found.memory.due:%d %b %Y}"
    paragraph(f"remembered {100 * found.memory.recall:.0f} %, {when}; without practice {ahead}")
