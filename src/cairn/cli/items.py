"""The commands for items: look at variants, list them, lint some topics."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from cairn.app import App
from cairn.cli.output import document, fail, heading, next_step, paragraph, quiet, say, strong
from cairn.study import documents

if TYPE_CHECKING:
    from cairn.curriculum.items.variant import Variant

_SEEDS = re.compile(r"^(-?\d+)(?:\.\.(-?\d+))?$")
MOST_SHOWN = 100


@click.group()
def item() -> None:
    """Questions graded by the machine: see them, list them."""


def _seeds(text: str) -> range:
    match = _SEEDS.match(text)
    if match is None or int(match[2] or match[1]) - int(match[1]) not in range(MOST_SHOWN):
        fail(f"{text!r} is no seed", f"write 7, or 1..5 for up to {MOST_SHOWN} seeds")
        raise SystemExit(1)
    return range(int(match[1]), int(match[2] or match[1]) + 1)


@item.command("show")
@click.argument("name", metavar="TOPIC/ITEM")
@click.option("--seed", "seeds", default="1", metavar="N or N..M", help="Which variants to draw.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON document.")
@click.pass_obj
def show_item(app: App, name: str, seeds: str, as_json: bool) -> None:
    """Print variants of an item with key, foreseen mistakes and explanation. A topic's name shows all its items."""
    from cairn.curriculum.items.variant import ItemError, variant  # noqa: PLC0415  # not needed by the map
    from cairn.study.questions import as_document  # noqa: PLC0415

    bank = app.atlas.curriculum.items
    found = [bank.get(name)] if "/" in name else list(bank.topic(name).items.values())
    for problem in bank.topic(name.partition("/")[0]).problems:
        say(str(problem))
    made: list[Variant] = []
    for one in found:
        if one is None:
            names = ", ".join(bank.topic(name.partition("/")[0]).items) or "none"
            fail(f"there is no item {name!r}", f"items of the topic: {names}")
            return
        for seed in _seeds(seeds):
            try:
                made.append(variant(one, seed))
            except ItemError as error:
                fail(
                    f"{one.id}, seed {seed}: {'.'.join(map(str, error.path))}: {error}",
                    "cairn lint --items shows the line",
                )
    if as_json:
        document([as_document(v, key=True) for v in made])
        return
    for v in made:
        _print(v)


def _print(made: Variant) -> None:
    heading(
        f"{made.item.id} · seed {made.seed}",
        f"{made.item.kind.value}, {made.item.sheet.level.value}, version {made.item.version}",
    )
    say(quiet(", ".join(f"{k}={v}" for k, v in made.parameters.items())))
    say(made.ask)
    if made.code:
        say()
        say(made.code)
    right: frozenset[str] = getattr(made.key, "right", frozenset())
    for number, option in enumerate(made.options, start=1):
        say(f"  {'●' if option.key in right else ' '} {number}. {option.text}")
    say(f"{strong('answer')}  {made.shown}")
    for foreseen in made.foreseen:
        what = foreseen.key if isinstance(foreseen.key, str) else _value(foreseen.key)
        say(f"  {strong(foreseen.misconception)} {what}")
        paragraph(foreseen.says, "      ")
        lacks = f"; lacks {foreseen.lacks}" if foreseen.lacks else ""
        say(quiet(f"      repairs {foreseen.repairs}{lacks}"))
    paragraph(made.explanation, "  ")
    say()


def _value(key: object) -> str:
    from cairn.curriculum.items.building import shape_text  # noqa: PLC0415
    from cairn.curriculum.items.key import ExpressionKey, NumericKey, OutputKey, ShapeKey  # noqa: PLC0415
    from cairn.curriculum.items.template import plain  # noqa: PLC0415

    match key:
        case NumericKey(value):
            return plain(value)
        case ExpressionKey(_, text) | OutputKey(text):
            return repr(text)
        case ShapeKey(sizes):
            return shape_text(sizes)
        case _:
            return ""


@item.command("list")
@click.argument("names", nargs=-1, metavar="[TOPIC or SKILL]...")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON document.")
@click.pass_obj
def list_items(app: App, names: tuple[str, ...], as_json: bool) -> None:
    """List items: all, or those of some topics and skills."""
    bank = app.atlas.curriculum.items
    topics = {n.partition("@")[0] for n in names} or set(bank.topics)
    wanted = [
        i
        for topic in bank.topics
        if topic in topics
        for i in bank.topic(topic).items.values()
        if not names or i.topic in names or str(i.skill) in names
    ]
    if as_json:
        document([documents.item(i) for i in wanted])
        return
    for i in wanted:
        say(f"{i.id:<50} {i.sheet.level.value:<10} {i.kind.value}")


@item.command("ask")
@click.argument("name", metavar="TOPIC/ITEM or SKILL")
@click.pass_obj
def ask_item(app: App, name: str) -> None:
    """Answer a question: a certain one, or the one on a skill that you were asked least. The answer counts."""
    from cairn.cli.asking import StoppedError, ask, head, need_terminal  # noqa: PLC0415
    from cairn.study.answering import Occasion  # noqa: PLC0415

    need_terminal("run it in a terminal")
    answering = app.answering()
    if "/" not in name:
        skill = app.atlas.skill(name)
        items = answering.items(skill)
        if not items:
            fail(f"no question tests {skill} yet", f"say it yourself: cairn know {skill}")
        counts = answering.answers.counts(answering.desk.person_id)
        name = min(items, key=lambda i: counts.get(i.id, 0)).id
    made = answering.ask(name)
    head(app.atlas, made.item.skill)
    try:
        reply = ask(answering, made, Occasion.PRACTICE)
    except StoppedError:
        say(quiet("Stopped; nothing was kept of this question."))
        return
    next_step(f"cairn why {reply.variant.item.skill}", "what it did to the belief about you")
