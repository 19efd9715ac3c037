"""The command for drills: what breaks without a hypothesis, and the order of a derivation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cairn.app import App
from cairn.cli.output import document, fail, heading, next_step, paragraph, quiet, say, strong
from cairn.study.typeset import readable
from cairn.study.wording import count

if TYPE_CHECKING:
    from cairn.curriculum.items.item import Item

MOST = 10_000


@click.command()
@click.argument("topic", metavar="[TOPIC]", default="")
@click.option("--list", "listing", is_flag=True, help="List the pages that have drills; ask nothing.")
@click.option("--questions", type=click.IntRange(1, 1000), help="At most so many.")
@click.option("--json", "as_json", is_flag=True, help="Print the list as a JSON document.")
@click.pass_obj
def drill(app: App, topic: str, listing: bool, questions: int | None, as_json: bool) -> None:
    """Drop one hypothesis of a theorem and say what breaks, or put the steps of a derivation in order.

    Drills are made of complete pages: of one topic, or of all. After a theorem drill the counterexample of the page
    is shown with its figures.
    """
    from cairn.cli.asking import StoppedError, ask, head, need_terminal  # noqa: PLC0415
    from cairn.study.answering import Occasion  # noqa: PLC0415
    from cairn.study.drills import next_drill, topics_with_drills  # noqa: PLC0415

    found = topics_with_drills(app.atlas.curriculum)
    if topic:
        name = app.atlas.skill(topic).topic
        found = {name: found[name]} if name in found else {}
        if not found:
            fail(f"the page {name!r} has no drills", "cairn drill --list shows which have")
    if listing or as_json:
        _list(app, found, as_json=as_json)
        return
    if not found:
        fail("no page has drills yet", "they come from complete pages with failure modes and derivations")
    need_terminal("run it in a terminal, or open Drills in the browser: cairn up")
    answering = app.answering()
    items = [item for some in found.values() for item in some]
    for _ in range(questions or MOST):
        chosen = next_drill(items, answering.answers.counts(answering.desk.person_id))
        head(app.atlas, chosen.skill)
        say()
        try:
            ask(answering, answering.ask(chosen.id), Occasion.PRACTICE)
        except StoppedError:
            say(quiet("Stopped. What you answered is kept."))
            return
        _proof(app, chosen)


def _list(app: App, found: dict[str, tuple[Item, ...]], *, as_json: bool) -> None:
    from cairn.study.drills import failure_of  # noqa: PLC0415

    rows = {topic: [i.id for i in items] for topic, items in found.items()}
    if as_json:
        document({"format": 1, "drills": rows})
        return
    heading("Drills", "by page")
    for topic, items in found.items():
        theorems = sum(failure_of(i.id) is not None for i in items)
        parts = [count(theorems, "hypothesis", "hypotheses")] if theorems else []
        parts += [count(len(items) - theorems, "proof")] if len(items) > theorems else []
        say(f"  {app.atlas.curriculum.topics[topic].title:<44} {quiet(', '.join(parts))}")
    next_step("cairn drill", "begin")


def _proof(app: App, item: Item) -> None:
    """The counterexample behind a theorem drill: what was kept, and what came out otherwise."""
    from cairn.study.checking import folder_of  # noqa: PLC0415
    from cairn.study.drills import failure_of  # noqa: PLC0415

    failure = failure_of(item.id)
    topic = app.atlas.curriculum.topics[item.topic]
    checked = app.workbench.record(folder_of(topic)).by_id.get(failure) if failure else None
    if checked is None or checked.outcome is None:
        return
    say()
    say(strong("The counterexample") + quiet(f"  cairn claims {topic.id} runs it again"))
    if checked.outcome.message:
        paragraph(readable(checked.outcome.message), "  ")
    for label, figures in (("kept", checked.outcome.given), ("broken", checked.outcome.figures)):
        for f in figures:
            if label == "broken" and f.good:
                continue
            claim = f" (the claim says {f.relation.value} {f.reference:.4g})" if label == "broken" else ""
            paragraph(f"{label:<7} {f.name}: {f.value:.4g}{claim}", "  ", hang="        ")
