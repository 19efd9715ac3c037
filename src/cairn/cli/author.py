"""The commands for authors: lint, new, schema."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from cairn.app import App
from cairn.cli.output import document, fail, next_step, paragraph, quiet, say, strong, style
from cairn.curriculum import Level, Problem, Severity
from cairn.curriculum import schema as schemas
from cairn.store.tree import write_new
from cairn.study import documents, templates
from cairn.study.wording import count

if TYPE_CHECKING:
    from cairn.curriculum.items.linter import ItemReport
    from cairn.study.checking import Audit
    from cairn.study.proof import Proof


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print a JSON document.")
@click.option("--strict", is_flag=True, help="Exit with 1 on warnings too.")
@click.option("--exercises", is_flag=True, help="Prove every exercise with its own files.")
@click.option("--mutants", is_flag=True, help="Prove them, and count how many changed solutions they catch.")
@click.option(
    "--items", "all_items", is_flag=True, help="Draw every item fifty times, and print the coverage."
)
@click.option(
    "--topic", "--only", "topics", metavar="ID", multiple=True, help="Only this topic. Can be repeated."
)
@click.pass_obj
def lint(
    app: App,
    as_json: bool,
    strict: bool,
    exercises: bool,
    mutants: bool,
    all_items: bool,
    topics: tuple[str, ...],
) -> None:
    """Check the whole curriculum, draw its items and run the checks of its pages. Exits with 1 on errors."""
    from cairn.curriculum.items.linter import QUICK, VARIANTS  # noqa: PLC0415  # not needed by the map
    from cairn.study.checking import look_over, only_topics  # noqa: PLC0415  # NumPy is slow to import
    from cairn.study.playing import audit_playgrounds  # noqa: PLC0415

    chosen = only_topics(app.atlas, topics)
    variants = VARIANTS if all_items or chosen else QUICK
    found = look_over(app.atlas, app.workbench, app.settings.curriculum, chosen, variants=variants)
    plays = audit_playgrounds(app.atlas, app.stage, chosen)
    report, drawn, audit = found.report.and_also(plays.problems), found.items, found.audit
    proof = None
    if exercises or mutants:
        from cairn.study.proof import prove  # noqa: PLC0415  # starts the judge

        proof = prove(app.judge, app.settings.curriculum / "exercises", mutants=mutants)
        report = replace(report, problems=(*report.problems, *proof.problems))
    if as_json:
        document(documents.report(report, proof, drawn, audit, plays.total))
    else:
        for problem in report.problems:
            _print(problem)
        if report.problems:
            say()
        paragraph(
            f"{count(report.topics, 'topic')}, {count(report.skills, 'skill')}, "
            f"{count(report.edges, 'requirement')}, {count(report.pages, 'complete page')}, "
            f"{count(report.drafts, 'draft')}, {count(report.exercises, 'exercise')}, {count(drawn.items, 'item')}, "
            f"{count(report.questions, 'question')} ({report.answers} with a model answer), "
            f"{count(sum(len(app.atlas.curriculum.items.drills(t)) for t in app.atlas.curriculum.topics), 'drill')}"
        )
        if all_items or chosen:
            _print_coverage(app, drawn, chosen or ())
        _print_audit(audit)
        paragraph(f"{count(plays.total, 'playground')}, shown at both ends of each control")
        if proof is not None:
            _print_proof(proof)
        say(f"{count(len(report.errors), 'error')}, {count(len(report.warnings), 'warning')}")
    if report.errors or (strict and report.warnings):
        raise SystemExit(1)


def _print_coverage(app: App, drawn: ItemReport, topics: tuple[str, ...]) -> None:
    """How many items each topic that has any offers at each level, and which skills have fewer than two."""
    curriculum = app.atlas.curriculum
    say(f"{count(drawn.items, 'item')}, {count(drawn.variants, 'variant')} drawn")
    for topic in topics or curriculum.items.topics:
        if topic not in curriculum.topics:
            continue
        row = [(s.level, drawn.coverage.get(s, 0)) for s in curriculum.topics[topic].skills]
        thin = any(n < 2 for level, n in row if level is not Level.DERIVE)
        figures = "  ".join(f"{level.value} {n}" for level, n in row)
        say(f"  {'✗' if thin else '✓'} {topic:<40} {quiet(figures)}")


def _print_audit(audit: Audit) -> None:
    """How many checks there are, and on complete pages, where every one must be verified."""
    share = f"{audit.complete_verified / audit.complete:.0%}" if audit.complete else "none yet"
    paragraph(
        f"{count(audit.total, 'check')} of claims, {audit.verified} verified; on complete pages {share}"
    )


def _print_proof(proof: Proof) -> None:
    """The exercises as a table: wrong solutions and mutants caught."""
    for name, audit in proof.audits.items():
        caught = f"{audit.score.killed} of {audit.score.total} mutants" if audit.score else audit.note
        say(f"  {'✓' if audit.sound else '✗'} {name:<36} {quiet(caught)}")
    for name in proof.unproved:
        say(f"  – {name:<36} {quiet('not proved: its library is not installed here')}")
    score = f"; {proof.score:.1%} of mutants caught" if proof.score is not None else ""
    say(f"{count(len(proof.audits), 'exercise')} proved{score}")


def _print(problem: Problem) -> None:
    colour = "red" if problem.severity is Severity.ERROR else "yellow"
    place = f"{problem.file}:{problem.line}" if problem.line else problem.file
    say(f"{strong(place)}: {style(problem.code, fg=colour)} {problem.message}")
    if problem.hint:
        say(quiet(f"    → {problem.hint}"))


@click.command()
@click.argument("kind", type=click.Choice(sorted(templates.KINDS)), metavar="KIND")
@click.argument("name", metavar="ID")
@click.option("--area", metavar="AREA", help="For a topic: the area it belongs to.")
@click.option("--title", help="Its title; made from the id unless given.")
@click.pass_obj
def new(app: App, kind: str, name: str, area: str | None, title: str | None) -> None:
    """Begin a topic, exercise, path, paper or curriculum (KIND) from a template."""
    if app.atlas.curriculum.entries.get(name) is not None:
        fail(f"the id {name!r} is taken", f"see it with: cairn show {name}")
    try:
        files = templates.make(kind, name, app.atlas.curriculum, area=area, title=title)
    except templates.TemplateError as error:
        fail(str(error), error.hint)
        return
    for path in files:
        if (app.settings.curriculum / path).exists():
            fail(f"{app.settings.curriculum / path} exists already", "nothing was written")
    for path, text in files.items():
        write_new(app.settings.curriculum / path, text)
        say(f"wrote {app.settings.curriculum / path}")
    next_step("cairn lint", "see what is still to fill in")


@click.command()
@click.argument("kind", required=False, type=click.Choice(sorted(schemas.FILE_KINDS)), metavar="[KIND]")
@click.pass_obj
def schema(app: App, kind: str | None) -> None:  # noqa: ARG001
    """The JSON schema of a kind of file; without KIND, the reference page of all."""
    if kind is None:
        say(schemas.markdown().rstrip("\n"))
    else:
        document(schemas.json_schema(kind))
