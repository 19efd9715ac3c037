"""The command that learns from many people's answers."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cairn.app import App
from cairn.cli.output import document, fail, next_step, paragraph, quiet, say, strong, style
from cairn.study.errors import CalibrationError
from cairn.study.wording import count

if TYPE_CHECKING:
    from cairn.learner.tracing import Flag
    from cairn.study.calibration import Calibration
    from cairn.study.calibration.table import Table

_SHOWN = 20


@click.command()
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Answers from a Parquet or CSV file instead of the store.",
)
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where the parameters go. Default: parameters.json in the data folder.",
)
@click.option("--dry-run", is_flag=True, help="Report only; write nothing.")
@click.option(
    "--pause",
    type=click.FloatRange(min=0, min_open=True),
    default=30.0,
    show_default=True,
    metavar="DAYS",
    help="What a person knows is taken to hold until a pause in the skill as long as this.",
)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON document.")
@click.pass_obj
def calibrate(
    app: App, source: Path | None, target: Path | None, dry_run: bool, pause: float, as_json: bool
) -> None:  # fmt: skip
    """Learn from many people's answers how items and requirements really are.

    Writes slip, guess and minutes of each item and the strength of each requirement, and tells which items and
    requirements are probably wrong. The answers themselves stay as they are.
    """
    from cairn.study.calibration import calibrate as fit  # noqa: PLC0415  # slow to import
    from cairn.study.calibration import save  # noqa: PLC0415
    from cairn.study.calibration.parameters import FILE  # noqa: PLC0415

    try:
        table = _table(app, source)
    except CalibrationError as error:
        fail(str(error), error.hint)
        return
    graph = app.atlas.curriculum.graph
    edges = [
        (str(graph.nodes[p]), str(n))
        for n, needs in zip(graph.nodes, graph.needs, strict=True)
        for p in needs
    ]
    kinds = {item.id: item.kind.value for item in app.atlas.curriculum.items}
    found = fit(table, edges, datetime.now(UTC), pause_days=pause, kinds=kinds)
    path = None if dry_run else target or app.settings.data / FILE
    if path is not None:
        save(found.parameters, path)
    if as_json:
        document(_document(found, path))
    else:
        _print(found, path)


def _table(app: App, source: Path | None) -> Table:
    from cairn.study.calibration import frames  # noqa: PLC0415

    if source is not None:
        return frames.gather(frames.from_file(source))
    return frames.gather(frames.from_store(app.engine) if app.has_data else ())


def _print(found: Calibration, path: Path | None) -> None:
    p = found.parameters
    paragraph(
        f"{count(p.answers, 'answer')} of {count(p.people, 'person', 'people')} to {count(len(p.items), 'item')} "
        f"in {count(len(p.skills), 'skill')}; {count(len(p.requirements), 'requirement')} with answers on both ends"
    )
    if found.dropped:
        say(quiet(f"{count(found.dropped, 'row')} left out: something was missing"))
    _print_known(found)
    _print_classes(found)
    _print_items(found)
    _print_requirements(found)
    if path is not None:
        say()
        say(f"wrote {path}")
    if found.items:
        next_step(
            f"cairn show {found.items[0].skill.partition('@')[0]}", "see the topic of the clearest alarm"
        )


def _print_known(found: Calibration) -> None:
    p = found.parameters
    say()
    say(strong("What the answers can tell"))
    say(f"  slip   known from the item's own answers for {found.slip_known} of {count(len(p.items), 'item')}")
    say(
        f"  guess  known from the item's own answers for {found.guess_known} of {count(len(p.items), 'item')}"
    )
    say(
        f"  leak   enough people to judge {found.requirements_known} of {count(len(p.requirements), 'requirement')}"
    )
    if found.predictor is not None:
        scored = found.predictor
        paragraph(
            f"next answer of people not fitted on: AUC {scored.auc:.3f}, log loss {scored.log_loss:.3f}, "
            f"calibration error {scored.ece:.3f}",
            "  ",
        )


def _print_classes(found: Calibration) -> None:
    say()
    say(strong(f"{'items of kind and level':<28} {'slip':>6} {'guess':>6}"))
    for c in found.parameters.classes:
        say(f"  {f'{c.kind} {c.level}':<26} {c.slip:>6.3f} {c.guess:>6.3f}")


_WORDS = {
    "backward": "those who know it answer it worse (slope {0:+.2f})",
    "cue": "{0:.0%} of those who do not know are right",
    "hard": "missed by {0:.0%} of those who know",
    "drift": "a trend of {0:+.0%} right from first day to last",
    "misfit": "right answers do not follow knowing (gap {0:.0%})",
}


def _print_items(found: Calibration) -> None:
    say()
    if not found.items:
        say("no item looks wrong")
        return
    by_item: dict[str, list[Flag]] = {}
    for one in found.items:
        by_item.setdefault(one.item, []).append(one.flag)
    say(strong(f"{count(len(by_item), 'item')} may be wrong"))
    for item, flags in list(by_item.items())[:_SHOWN]:
        say(f"  {item}  {style(', '.join(f.kind.value for f in flags), fg='yellow')}")
        paragraph("; ".join(_WORDS[f.kind].format(f.size) for f in flags), "    ", dim=True)
    _more(len(by_item))
    paragraph(
        f"{count(len(found.items), 'alarm')}; of each kind at most one in 20 is false on average", dim=True
    )


def _print_requirements(found: Calibration) -> None:
    if not found.requirements:
        say("no requirement looks wrong" if found.requirements_known else "no requirement can be judged yet")
        return
    say()
    say(strong(f"{count(len(found.requirements), 'doubtful requirement')}"))
    for one in found.requirements[:_SHOWN]:
        r = one.requirement
        low, high = r.interval
        say(f"  {r.skill} requires {r.requires}: {r.leak:.0%} ({low:.0%} to {high:.0%}) know it without")
    _more(len(found.requirements))


def _more(total: int) -> None:
    if total > _SHOWN:
        say(quiet(f"  and {total - _SHOWN} more; all with --json"))


def _document(found: Calibration, path: Path | None) -> dict[str, Any]:
    return {
        "format": 1,
        "written": str(path) if path is not None else None,
        "dropped": found.dropped,
        "identified": {
            "slip": found.slip_known,
            "guess": found.guess_known,
            "requirements": found.requirements_known,
        },
        "alarms": [
            {"item": a.item, "skill": a.skill, "kind": a.flag.kind.value, "size": a.flag.size, "p": a.flag.p}
            for a in found.items
        ],
        "doubtful": [
            {
                "skill": a.requirement.skill,
                "requires": a.requirement.requires,
                "leak": a.requirement.leak,
                "interval": list(a.requirement.interval),
                "people": a.requirement.people,
                "p": a.p,
            }
            for a in found.requirements
        ],
        "parameters": found.parameters.document(),
    }
