"""The commands about yourself: what you know."""

from __future__ import annotations

import click

from cairn.app import App
from cairn.cli.output import document, heading, next_step, skill_row
from cairn.learner import Outcome
from cairn.study.wording import count


@click.command()
@click.argument("skills", nargs=-1, metavar="[SKILL...]")
@click.option("--not", "forget", is_flag=True, help="Say that you do not know them after all.")
@click.option(
    "--background", metavar="NAME", help="Keep your background: none, engineer, maths, science, ..."
)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON document.")
@click.pass_obj
def know(app: App, skills: tuple[str, ...], forget: bool, background: str | None, as_json: bool) -> None:
    """Say what you know, and keep it. With no SKILL, list what is kept.

    Everything a skill requires counts as known too.
    """
    desk = app.desk()
    named = [app.atlas.skill(text) for text in skills]
    if background:
        desk.set_background(background)
    if named:
        desk.say(named, Outcome.UNKNOWN if forget else Outcome.KNOWN)
    known = desk.knows()
    if as_json:
        document([str(s) for s in known])
        return
    kind = desk.background()
    heading(f"You say you know {count(len(known), 'skill')}" + (f"; background: {kind}" if kind else ""))
    for skill in known:
        skill_row(skill.level, app.atlas.curriculum.topics[skill.topic].title, "")
    if not known:
        next_step("cairn know matrix-multiplication@use", "keep one")
    else:
        next_step("cairn next", "what you can learn now")
