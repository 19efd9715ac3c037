"""The commands of practice: practice, watch, check, hint, solution."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cairn.app import App
from cairn.cli.formula import readable
from cairn.cli.output import cut, document, fail, next_step, paragraph, quiet, say, strong, style, width
from cairn.store.workspace import Workspace
from cairn.study.kinds import install, label, tracks
from cairn.study.library import modules
from cairn.study.wording import caught, changed, count

if TYPE_CHECKING:
    from cairn.judge import Exercise
    from cairn.store.submissions import Submission
    from cairn.study.practice import Practice

_as_json = click.option("--json", "as_json", is_flag=True, help="Print a JSON document.")
_where = click.option(
    "--in",
    "folder",
    type=click.Path(path_type=Path),
    envvar="CAIRN_WORKSPACE",
    help="Your folder of exercises.",
)


def workspace(folder: Path | None) -> Workspace:
    """The learner's folder: the one named, or `cairn-practice` below this one."""
    return Workspace(folder or Path("cairn-practice"))


@click.command()
@click.argument("name", required=False)
@_where
@click.option("--list", "listing", is_flag=True, help="List all exercises and how you stand.")
@click.option("--reset", is_flag=True, help="Put the starter back; your file is kept beside it.")
@click.pass_obj
def practice(app: App, name: str | None, folder: Path | None, listing: bool, reset: bool) -> None:
    """Begin an exercise: its file is written into your folder.

    Without NAME, the next one in learning order.
    """
    verbs = app.practice()
    if listing:
        print_list(verbs)
        return
    exercise = verbs.exercise(name) if name else verbs.next()
    if exercise is None:
        say("Every exercise is accepted.")
        return
    place = workspace(folder)
    starter = verbs.starter(exercise)
    if reset:
        kept = place.reset(exercise.id, starter)
        if kept:
            say(quiet(f"your file is kept as {kept}"))
    elif not place.begin(exercise.id, starter):
        say(quiet("begun before; your file is as you left it"))
    place.build(modules(verbs.parts(exercise)))
    kind = label(exercise)
    say(strong(exercise.title) + (f"  {quiet(kind)}" if kind else ""))
    say()
    print_task(exercise)
    verb = {"bug-hunt": "mend ", "write-tests": "test "}.get(exercise.kind, "write")
    say(f"{verb}  {strong(str(place.file(exercise.id)))}")
    for track in tracks(exercise, verbs.exercises):
        if track.exercise.id != exercise.id:
            say(quiet(f"in {track.library}: cairn practice {track.exercise.id}"))
    lacking = verbs.lacking(exercise)
    if lacking:
        say(quiet(f"{lacking} is not installed here; to have this judged: {install(exercise.runtime)}"))
    next_step(f"cairn watch {exercise.id}", "judges whenever you save")


@click.command()
@click.argument("target", metavar="FILE_OR_NAME")
@_where
@_as_json
@click.pass_obj
def check(app: App, target: str, folder: Path | None, as_json: bool) -> None:
    """Judge a file. Exits with 0 only if it is accepted."""
    verbs = app.practice()
    file = Path(target)
    name = file.stem if file.suffix == ".py" else target
    exercise = verbs.exercise(name)
    path = file if file.suffix == ".py" else workspace(folder).file(name)
    try:
        code = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        fail(f"there is no file {path}", f"begin with: cairn practice {exercise.id}")
        return
    except UnicodeDecodeError:
        fail(f"{path} is not UTF-8", "save it as UTF-8")
        return
    submission = verbs.check(exercise.id, code)
    if as_json:
        document(submission.verdict)
    else:
        print_verdict(submission)
        after(verbs, submission, workspace(folder))
    if not submission.accepted:
        raise SystemExit(1)


@click.command()
@click.argument("name", required=False)
@_where
@click.pass_obj
def watch(app: App, name: str | None, folder: Path | None) -> None:
    """Judge an exercise whenever its file is saved.

    Keys: h hint, t task, n next, l list, r reset, s solution once accepted, q quit.
    """
    verbs = app.practice()
    exercise = verbs.exercise(name) if name else verbs.next()
    if exercise is None:
        say("Every exercise is accepted.")
        return
    from cairn.cli.watching import Voice, Watching  # noqa: PLC0415  # imports the judge, which is slow

    Watching(verbs, workspace(folder), Voice(print_verdict, print_list, print_task)).run(exercise)


@click.command()
@click.argument("name")
@click.option("--step", type=click.IntRange(1), default=1, help="Which hint; later ones say more.")
@click.pass_obj
def hint(app: App, name: str, step: int) -> None:
    """A hint, in steps from a nudge to nearly the answer."""
    verbs = app.practice()
    hints = verbs.hints(verbs.exercise(name))
    if step > len(hints):
        fail(f"there are {count(len(hints), 'hint')}", f"cairn hint {name} --step {len(hints)}")
    paragraph(hints[step - 1])
    if step < len(hints):
        next_step(f"cairn hint {name} --step {step + 1}", "says more")


@click.command()
@click.argument("name")
@click.pass_obj
def solution(app: App, name: str) -> None:
    """The reference solution, once yours is accepted."""
    verbs = app.practice()
    exercise = verbs.exercise(name)
    if not any(s.accepted for s in verbs.history(exercise.id)):
        fail("the solution is shown once yours is accepted", f"cairn hint {exercise.id}")
    from cairn.judge import mended  # noqa: PLC0415  # imports the judge, which is slow

    say(mended(exercise) if exercise.kind == "bug-hunt" else exercise.solution)


def after(verbs: Practice, submission: Submission, place: Workspace) -> None:
    """What to do once a verdict is in."""
    if submission.accepted:
        place.build(modules(verbs.library()))
        if verbs.exercise(submission.exercise).kind == "bug-hunt":
            next_step(f"cairn practice {submission.exercise} --reset", "another bug")
        following = verbs.next()
        if following is not None:
            next_step(f"cairn practice {following.id}", following.title)
    else:
        next_step(f"cairn hint {submission.exercise}", "a nudge")


def print_task(exercise: Exercise) -> None:
    """What an exercise asks: prose wrapped, formulas in plain characters, code and tables as they are."""
    text = exercise.task.strip().partition("\n")[2].strip()
    for block in re.split(r"\n\s*\n(?=(?:[^`]|`(?!``)|```[^`]*```)*$)", text):
        lines = block.strip("\n").splitlines()
        if lines and lines[0].startswith("```"):
            for line in lines[1:]:
                say("" if line.startswith("```") else f"    {line}")
        elif lines and lines[0].startswith(("    ", "|")):
            for line in lines:
                say(cut(line, width()))
        else:
            for part in re.split(r"\n(?=(?:[-*]|[0-9]+\.) )", readable(block.strip())):
                paragraph(part, hang="  " if part.startswith(("- ", "* ")) else "")
        say()


def print_list(verbs: Practice, near: str = "", rows: int = 0) -> None:
    """Exercises in learning order, with how the person stands: all, or so many rows around one."""
    everything = verbs.standings()
    done = sum(row.accepted for row in everything)
    say(f"{strong(f'{done} of {len(everything)}')} accepted")
    place = next((i for i, row in enumerate(everything) if row.exercise.id == near), 0)
    first = max(0, min(place - rows // 2, len(everything) - rows)) if rows else 0
    shown = everything[first : first + rows] if rows else everything
    wide = max((len(row.exercise.id) for row in shown), default=0)
    room = width() - wide - 6
    for row in shown:
        mark = style("✓", fg="green") if row.accepted else ("·" if row.tries else " ")
        title = textwrap.shorten(row.exercise.title, room, placeholder="…") if room >= 12 else ""
        here = row.exercise.id == near
        name = f"{row.exercise.id:<{wide}}"
        say(
            f"{style('›', fg='cyan') if here else ' '} {mark} {strong(name) if here else name}  {quiet(title)}".rstrip()
        )
    if len(shown) < len(everything):
        say(quiet(f"    {len(everything) - len(shown)} more: cairn practice --list"))


def print_verdict(submission: Submission) -> None:
    """A verdict for a person: what holds, what does not, on which smallest input, and the likely wrong idea."""
    verdict: dict[str, Any] = dict(submission.verdict or {})
    accepted = submission.accepted
    colour = "green" if accepted else "red"
    say(f"{style(str(verdict.get('outcome', 'error')), fg=colour, bold=True)}  {quiet(_figures(verdict))}")
    checks = verdict.get("checks", [])
    wide = min(max((len(c["name"]) for c in checks), default=0), width() - 19)
    for result in checks:
        mark = {"passed": style("✓", fg="green"), "failed": style("✗", fg="red")}.get(
            result["state"], quiet("–")
        )
        first, *rest = textwrap.wrap(result["name"], max(wide, 20)) or [""]
        say(f"  {mark} {first:<{wide}}  {quiet(result['axis'])}")
        for line in rest:
            say(f"    {line}")
    if not accepted and verdict.get("message"):
        say()
        for line in str(verdict["message"]).splitlines():
            paragraph(line)
    _print_edit(verdict.get("edit"))
    _print_kills(verdict.get("kills"), accepted=accepted)
    _print_case(verdict.get("counterexample"))
    wrong = verdict.get("misconception")
    if wrong:
        say()
        say(style("likely", fg="yellow"))
        paragraph(wrong["says"], "  ")
        if wrong["certain"]:
            paragraph("Your output is the same as this mistake's.", "  ", dim=True)
        if wrong.get("repairs"):
            say(quiet(f"  read: {wrong['repairs']}"))
    printed = verdict.get("output") or {}
    if printed.get("text"):
        say()
        say(quiet("your program printed"))
        for line in str(printed["text"]).splitlines()[:20]:
            say(f"  {cut(line, width() - 2)}")


def _print_edit(edit: Any) -> None:  # noqa: ANN401
    """Of a bug hunt: which bug, and how many lines were changed to mend it."""
    if not edit:
        return
    say()
    say(f"bug {edit['bug']} of {edit['of']}: {changed(edit)}")
    if edit["says"]:
        paragraph(edit["says"], "  ")


def _print_kills(kills: Any, *, accepted: bool) -> None:  # noqa: ANN401
    """Of written tests: what they catch; what they let through is told once they are accepted."""
    if not kills:
        return
    say()
    say(caught(kills))
    for survivor in kills["survivors"] if accepted else ():
        paragraph(f"let through: {survivor['says']}", "  ")


def _figures(verdict: dict[str, Any]) -> str:
    memory = verdict.get("memory_bytes") or 0
    return f"{verdict.get('time_ms', 0):.0f} ms, {memory / 1e6:.1f} MB, {verdict.get('tier', '')} sandbox"


def _print_case(case: Any) -> None:  # noqa: ANN401
    """The smallest failing case: what went in, what was expected, what came out, each with shape and dtype."""
    if not isinstance(case, dict) or not any(case.get(key) for key in ("input", "expected", "got")):
        return
    say()
    paragraph(f"smallest failing case of: {case.get('check', '')}", dim=True)
    for shown in case.get("input") or []:
        _print_value(shown.get("name", "input"), shown)
    for key in ("expected", "got"):
        if isinstance(case.get(key), dict):
            _print_value(key, case[key])


def _print_value(name: str, shown: dict[str, Any]) -> None:
    kind = " ".join(str(shown[k]) for k in ("dtype", "shape") if shown.get(k) is not None)
    say(f"  {name:<12} {quiet(kind)}")
    for line in str(shown.get("text", "")).splitlines()[:12]:
        say(f"      {cut(line, width() - 6)}")
