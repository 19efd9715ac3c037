"""The command that runs the checks of pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from cairn.app import App
from cairn.cli.output import document, fail, next_step, paragraph, quiet, say, strong, style
from cairn.study.wording import count

FORMAT = 1


@click.command()
@click.argument("topics", metavar="[TOPIC]...", nargs=-1)
@click.option("--run", "check", metavar="CHECK", help="Only this check, once; with --seed and --set.")
@click.option("--seed", type=click.IntRange(0, 2**32 - 1), default=0, show_default=True, help="Its seed.")
@click.option(
    "--set", "settings", metavar="NAME=VALUE", multiple=True, help="Its parameters. Can be repeated."
)
@click.option("--figures", is_flag=True, help="Print every figure with the name a page refers to it by.")
@click.option(
    "--mutants", is_flag=True, help="Change claims.py in every standard way; list what no check notices."
)
@click.option("--fresh", is_flag=True, help="Run even what did not change.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON document.")
@click.pass_obj
def claims(
    app: App, topics: tuple[str, ...], check: str | None, seed: int, settings: tuple[str, ...],
    figures: bool, mutants: bool, fresh: bool, as_json: bool,
) -> None:  # fmt: skip
    """Run the claims, failure modes and derivations of some topics, or of all. Exits with 1 if one is not verified."""
    from cairn.study.checking import audit_pages, folder_of, only_topics  # noqa: PLC0415  # NumPy is slow to import

    chosen = only_topics(app.atlas, topics) or tuple(app.atlas.curriculum.topics)
    if check is not None or mutants:
        if len(topics) != 1:
            fail("one topic is needed here", "for example: cairn claims hoeffding-inequality --mutants")
        folder = folder_of(app.atlas.curriculum.topics[chosen[0]])
        if check is not None:
            _once(app, folder, check, seed, settings)
        else:
            _mutants(app, folder)
        return
    audit = audit_pages(app.atlas, app.workbench, app.settings.curriculum, chosen, fresh=fresh)
    pages = [p for p in audit.pages if p.total or p.problems]
    if as_json:
        document(_plain(app, [p.topic for p in pages], total=audit.total, verified=audit.verified))
    else:
        for page in pages:
            _print(app, page.topic, figures=figures)
            for problem in page.problems:
                place = f"{problem.file}:{problem.line}" if problem.line else problem.file
                say(f"  {strong(place)}: {style(problem.code, fg='red')} {problem.message}")
                say(quiet(f"      → {problem.hint}"))
        say(
            f"{count(audit.total, 'check')}, {audit.verified} verified, {count(len(audit.problems), 'problem')}"
        )
        if len(topics) == 1 and not audit.problems and pages:
            next_step(f"cairn claims {topics[0]} --mutants", "see which mistakes no check would notice")
    if audit.problems:
        raise SystemExit(1)


def _print(app: App, topic: str, *, figures: bool) -> None:
    from cairn.claims.running import describe  # noqa: PLC0415
    from cairn.study.checking import folder_of  # noqa: PLC0415

    say(strong(topic))
    for found in app.workbench.record(folder_of(app.atlas.curriculum.topics[topic])).checks:
        verdict = found.outcome.verdict.value if found.outcome else "not run"
        mark = style("✓", fg="green") if found.verified else style("!", fg="red")
        say(
            f"  {mark} {found.kind.value:<10} {found.id:<34} {verdict:<8} {quiet(f'{found.seconds * 1000:.0f} ms')}"
        )
        if figures and found.outcome:
            for f in (*found.outcome.given, *found.outcome.figures):
                say(quiet(f"      {f.key:<40} {describe(f)}"))


def _once(app: App, folder: str, check: str, seed: int, settings: tuple[str, ...]) -> None:
    from cairn.claims.parameter import ParameterError  # noqa: PLC0415
    from cairn.claims.running import describe  # noqa: PLC0415
    from cairn.claims.workbench import RunError  # noqa: PLC0415

    found = app.workbench.record(folder).by_id.get(check)
    if found is None:
        fail(f"there is no check {check!r}", "list them with: cairn claims TOPIC")
        return
    known = {p.name: p for p in found.parameters}
    values = {}
    try:
        for setting in settings:
            name, _, text = setting.partition("=")
            if name not in known:
                fail(f"{check} has no parameter {name!r}", f"it has {', '.join(known) or 'none'}")
            values[name] = known[name].read(text)
        outcome = app.workbench.run(folder, check, seed, values)
    except (ParameterError, RunError) as error:
        fail(str(error), "see its parameters in claims.py")
        return
    say(f"{strong(check)}  {outcome.verdict.value}")
    if outcome.message:
        paragraph(outcome.message)
    for f in (*outcome.given, *outcome.figures):
        say(f"  {'✓' if f.good else '✗'} {describe(f)}")


def _mutants(app: App, folder: str) -> None:
    from cairn.study.sensitivity import changes  # noqa: PLC0415

    file: Path = app.settings.curriculum / folder / "claims.py"
    if not file.is_file():
        fail(f"there is no {file}", "write one: docs/authoring.md")
    tried = []
    for change in changes(app.workbench, folder, file.read_text(encoding="utf-8")):
        tried.append(change)
        if not change.noticed:
            say(f"  {change.name}")
    noticed = sum(c.noticed for c in tried)
    say(f"{noticed} of {count(len(tried), 'change')} noticed; those above were not")
    paragraph(
        "A change of a sample size or of a plot need not be noticed; a change of a formula or of a bound must.",
        dim=True,
    )


def _plain(app: App, topics: list[str], *, total: int, verified: int) -> dict[str, Any]:
    from cairn.study.checking import folder_of  # noqa: PLC0415

    rows = [
        {"topic": topic, "id": c.id, "kind": c.kind.value, "states": c.states, "assumes": list(c.assumes),
         "without": c.without, "of": c.of, "verdict": c.outcome.verdict.value if c.outcome else None,
         "verified": c.verified, "seconds": c.seconds}
        for topic in topics
        for c in app.workbench.record(folder_of(app.atlas.curriculum.topics[topic])).checks
    ]  # fmt: skip
    return {"format": FORMAT, "claims": {"total": total, "verified": verified}, "checks": rows}
