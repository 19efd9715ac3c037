"""The command that judges for others: worker."""

from __future__ import annotations

import os
import signal
import sys
import threading
from typing import TYPE_CHECKING

import click

from cairn.app import App
from cairn.cli.output import fail, quiet, say, strong
from cairn.study.wording import count

if TYPE_CHECKING:
    from cairn.study.worker import Worker

STATUS_S = 1.0


@click.command()
@click.option("--jobs", type=click.IntRange(1, 64), default=None, help="How many at once; one per processor.")
@click.option("--once", is_flag=True, help="Judge what waits now, then end.")
@click.option(
    "--tier",
    type=click.Choice(["full", "child-only", "plain"]),
    default=None,
    help="Hold code in this tier or refuse; by default the strongest this host gives.",
)
@click.pass_obj
def worker(app: App, jobs: int | None, once: bool, tier: str | None) -> None:
    """Judge what people hand in, until stopped.

    Any number of workers, on one machine or many, may serve one database. Ctrl-C or SIGTERM finishes the
    submissions in hand first. Code of other people is judged in the full sandbox or not at all.
    """
    from cairn.judge import Judge, JudgeError, Tier, TierError  # noqa: PLC0415  # slow to import
    from cairn.study.worker import NotSafeError, Worker  # noqa: PLC0415

    jobs = jobs or os.cpu_count() or 1
    app.use_judge(Judge(Tier(tier) if tier else None, parallel=jobs))
    serving = Worker(app.practice(), jobs, complain=_complain)
    try:
        serving.open()
    except NotSafeError as error:
        fail(str(error), "run the worker on Linux with user namespaces allowed; see docs/judge.md")
    except TierError as error:
        fail(f"the judge cannot start: {error}", "without --tier the strongest tier of this host is used")
    except JudgeError as error:
        fail(f"the judge cannot start: {error}", "nothing was lost; start the worker again")
    if once:
        serving.drain()
        say(_status(serving))
        return
    _until_stopped(serving)


def _until_stopped(serving: Worker) -> None:
    over = threading.Event()
    for name in ("SIGTERM", "SIGINT"):
        signal.signal(getattr(signal, name), lambda *_: over.set())
    serving.start()
    tier = serving.practice.judge.tier.value
    say(f"{strong('judging')} {count(serving.jobs, 'submission')} at once, {tier} sandbox")
    say(quiet("Ctrl-C finishes what is in hand, then ends."))
    shown = ""
    while not over.wait(STATUS_S):
        if sys.stdout.isatty() and (status := _status(serving)) != shown:
            click.echo(f"\r\x1b[2K{quiet(status)}", nl=False)
            shown = status
    if shown:
        say()
    serving.stop()
    say(_status(serving))


def _status(serving: Worker) -> str:
    tally = serving.tally
    parts = [f"{tally.judged} judged", f"{serving.practice.submissions.waiting()} waiting"]
    parts += [f"{tally.failed} put back after a fault"] if tally.failed else []
    parts += [f"{tally.lost} taken over by another worker"] if tally.lost else []
    return ", ".join(parts)


def _complain(error: Exception) -> None:
    lines = str(error).strip().splitlines() or [""]
    click.echo(f"cairn: {type(error).__name__}: {lines[0][:300]}", err=True)
