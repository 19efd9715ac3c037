"""The commands that ask the map: gap, find, show, next, unlocks, path."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import click

from cairn.app import App
from cairn.cli.output import (
    FIGURE,
    depth,
    document,
    heading,
    next_step,
    paragraph,
    quiet,
    say,
    skill_row,
    strong,
    width,
)  # fmt: skip
from cairn.curriculum import LEVELS, Kind, Skill
from cairn.planning import Gap
from cairn.planning.gap import Step, total
from cairn.study import documents
from cairn.study.wording import about, count, span

NARROWEST = 30

_as_json = click.option("--json", "as_json", is_flag=True, help="Print a JSON document.")
_knows = click.option(
    "--knows", default="", metavar="SKILL,...", help="Skills you have, besides what you saved."
)
_background = click.option(
    "--background", metavar="NAME", help="none, engineer, maths, science, data-scientist."
)
_fresh = click.option(
    "--fresh", is_flag=True, help="Ignore what you saved with `cairn know` or in the browser."
)


def _names(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _person(
    app: App, knows: str, background: str | None, fresh: bool
) -> tuple[list[str | Skill], str | None]:
    """What to count as known, and the background: from the options and from what is saved."""
    known: list[str | Skill] = [*_names(knows)]
    if fresh or not app.has_data:
        return known, background
    desk = app.desk()
    return [*known, *desk.knows()], background or desk.background()


@click.command()
@click.argument("targets", nargs=-1, required=True, metavar="TARGET...")
@click.option("--level", type=click.Choice([lv.value for lv in LEVELS]), help="How deep a topic is wanted.")
@_knows
@_background
@_fresh
@click.option("--why/--no-why", default=True, help="Say why each skill is needed.")
@_as_json
@click.pass_obj
def gap(
    app: App,
    targets: tuple[str, ...],
    level: str | None,
    knows: str,
    background: str | None,
    fresh: bool,
    why: bool,
    as_json: bool,
) -> None:
    """What stands between you and a goal, in order.

    A TARGET is a topic (attention), a skill (svd@derive), a path (llm-roadmap), a phase, a question or a
    paper.
    """
    known, kind = _person(app, knows, background, fresh)
    result = app.atlas.gap(*targets, level=level, knows=known, background=kind)
    if as_json:
        document(documents.gap(result, app.atlas.curriculum))
        return
    _print_gap(app, result, why)


def _print_gap(app: App, result: Gap, why: bool) -> None:
    title = " + ".join(t.entry.title for t in result.targets)
    heading(title)
    if not result.steps:
        paragraph(f"Nothing is missing: you know all {count(len(result.known), 'skill')} it needs.")
        goal = result.targets[0]
        if goal.entry.kind in {Kind.TOPIC, Kind.SECTION, Kind.SKILL}:
            next_step(f"cairn unlocks {goal.skills[0]}", "what this opens")
        else:
            next_step("cairn next", "what you can learn now")
        return
    known = f"; you know {len(result.known)} more" if result.known else ""
    paragraph(
        f"{count(len(result.steps), 'skill')} in {count(len(result.topics), 'topic')}, "
        f"{about(result.hours)}{known}"
    )
    curriculum = app.atlas.curriculum
    area = ""
    for step in result.steps:
        here = curriculum.topics[step.skill.topic].area
        if here != area:
            area = here
            say()
            paragraph(curriculum.areas[area].title, dim=True)
        _print_step(curriculum.topics[step.skill.topic].title, step, why)
    saved = total(s.hours for s in result.skipped)
    deeper = sum(1 for s in result.skipped if s.hours != (0.0, 0.0))
    if deeper:
        say()
        paragraph(f"not needed: {count(deeper, 'deeper level')} of these topics, {about(saved)}", dim=True)
    next_step(f"cairn show {result.steps[0].skill.topic}", "begin here")


def _print_step(title: str, step: Step, why: bool) -> None:
    skill_row(step.skill.level, title, span(step.hours))
    if why and not step.is_target:
        paragraph(step.because, "    ", dim=True)


@click.command()
@click.argument("texts", nargs=-1, required=True, metavar="ID_OR_TEXT...")
@_as_json
@click.pass_obj
def find(app: App, texts: tuple[str, ...], as_json: bool) -> None:
    """Find things by id, title, alias or a few words. Exits with 1 if one finds nothing."""
    entries = [app.atlas.find(text) for text in texts]
    if as_json:
        document([documents.found(text, entry) for text, entry in zip(texts, entries, strict=True)])
    else:
        for text in texts:
            _print_hits(app, text, single=len(texts) == 1)
    if not all(entries):
        raise SystemExit(1)


def _print_hits(app: App, text: str, *, single: bool) -> None:
    hits = app.atlas.search(text, limit=6 if single else 1)
    if not hits:
        paragraph(f"{text}: nothing found")
        return
    wide = max(len(hit.entry.id) for hit in hits) + 2
    for hit in hits:
        kind = quiet(f"{hit.entry.kind.value:<10}")
        room = width() - wide - 12
        if room < NARROWEST:
            heading(hit.entry.id, hit.entry.kind.value)
            paragraph(hit.entry.title, "  ")
        else:
            title = textwrap.shorten(hit.entry.title, room, placeholder="…")
            say(f"{strong(f'{hit.entry.id:<{wide}}')}{kind}  {title}")
    if single:
        best = hits[0].entry
        next_step(f"cairn gap {best.id}", "what stands between you and it")


@click.command()
@click.argument("text", metavar="ID")
@_background
@_as_json
@click.pass_obj
def show(app: App, text: str, background: str | None, as_json: bool) -> None:
    """Everything about one thing: levels, hours, requirements, what it unlocks."""
    doc = documents.show(app.atlas, text, background)
    if as_json:
        document(doc)
        return
    heading(doc["title"], doc["kind"])
    for key in ("summary", "note", "ask", "question"):
        if doc.get(key) and doc[key] != doc["title"]:
            paragraph(str(doc[key]))
    if doc.get("status") == "draft":
        say(quiet("draft page"))
    _print_levels(app, doc)
    for kind, key in (("requires", "requires"), ("asks for", "asks")):
        if doc.get(key):
            say()
            say(quiet(kind))
            for need in doc[key]:
                paragraph(need["skill"], "  ")
                paragraph(need["reason"], "    ", dim=True)
    if doc.get("unlocks"):
        say()
        say(quiet("unlocks"))
        paragraph(", ".join(doc["unlocks"]), "  ")
    if doc.get("items"):
        _print_items(doc["items"])
    if doc.get("skip_unless"):
        say()
        paragraph(f"Skip this unless {doc['skip_unless']}.")
    next_step(f"cairn gap {doc['id']}", "what stands between you and it")


def _print_items(items: Sequence[Mapping[str, Any]]) -> None:
    """How many questions there are for each skill."""
    say()
    say(quiet("questions"))
    for skill, number in Counter(i["skill"] for i in items).items():
        say(f"  {number:>3}  {skill}")


def _print_levels(app: App, doc: dict[str, Any]) -> None:
    if doc["kind"] != Kind.TOPIC.value:
        if doc["hours"] != [0.0, 0.0]:
            say(quiet(about((doc["hours"][0], doc["hours"][1]))))
        return
    topic = app.atlas.curriculum.topics[doc["id"]]
    say()
    for skill in topic.skills:
        low, high = doc["levels"][skill.level.value]["hours"]
        say(f"  {depth(skill.level):<12} {span((low, high)):>{FIGURE}}")
        paragraph(f"you can {topic.levels[skill.level].can}", "    ", dim=True)


def _list_command(
    name: str, help_text: str, ask: Callable[[App, str], Sequence[Skill]], headline: Callable[[str, int], str]
) -> click.Command:
    @click.command(name, help=help_text)
    @click.argument("text", metavar="ID")
    @_as_json
    @click.pass_obj
    def command(app: App, text: str, as_json: bool) -> None:
        skills = ask(app, text)
        if as_json:
            document([str(s) for s in skills])
            return
        entry = app.atlas.curriculum.resolve(text)
        heading(headline(entry.title if entry else text, len(skills)))
        _print_skills(app, skills)

    return command


def _print_skills(app: App, skills: Iterable[Skill]) -> None:
    pace = app.atlas.pace()
    for skill in skills:
        skill_row(skill.level, app.atlas.curriculum.topics[skill.topic].title, span(pace.hours(skill)))


unlocks = _list_command(
    "unlocks",
    "What builds on a topic or skill, directly or not.",
    lambda app, text: app.atlas.unlocks(text),
    lambda title, n: f"{title} opens the way to {count(n, 'skill')}" if n else f"Nothing builds on {title}",
)
path = _list_command(
    "path",
    "A path's target skills in its own order; for anything else, the whole way to it.",
    lambda app, text: app.atlas.way_to(text),
    lambda title, n: f"{title}: {count(n, 'skill')}",
)


@click.command("next")
@_knows
@_background
@_fresh
@click.option("--toward", metavar="TARGET", help="Only what leads to this goal.")
@_as_json
@click.pass_obj
def next_(
    app: App, knows: str, background: str | None, fresh: bool, toward: str | None, as_json: bool
) -> None:
    """What you can learn now: every skill whose requirements you have."""
    known, kind = _person(app, knows, background, fresh)
    skills = app.atlas.next(known, kind)
    if toward:
        wanted = {step.skill for step in app.atlas.gap(toward, knows=known, background=kind).steps}
        skills = [s for s in skills if s in wanted]
    if as_json:
        document([str(s) for s in skills])
        return
    heading(f"{count(len(skills), 'skill')} you can learn now")
    _print_skills(app, skills)
    if not toward:
        next_step("cairn next --toward attention", "only what leads to a goal")
