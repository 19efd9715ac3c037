"""`cairn`: the group of all commands, and the one place where errors become messages."""

from __future__ import annotations

import sys
from typing import Any

import click

import cairn
from cairn.app import App
from cairn.cli import (
    author,
    calibrate,
    claims,
    diagnose,
    drill,
    exchange,
    interview,
    items,
    logging,
    map,
    person,
    plan,
    practice,
    questions,
    review,
    serve,
    worker,
)
from cairn.cli.output import fail, never_choke
from cairn.curriculum import SkillSyntaxError
from cairn.planning import PlanError, UnknownTargetError
from cairn.settings import Settings, SettingsError
from cairn.store.errors import StoreError
from cairn.study.atlas import UnknownBackgroundError, UnknownSkillError
from cairn.study.errors import PracticeError

_OURS = (
    SkillSyntaxError, UnknownTargetError, UnknownBackgroundError, UnknownSkillError, SettingsError, StoreError,
    PracticeError, PlanError,
)  # fmt: skip


class _Group(click.Group):
    """Lists commands in the order a newcomer needs them, and turns our errors into messages."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401
        try:
            return super().invoke(ctx)
        except _OURS as error:
            fail(str(error), _hint(error))
        except BrokenPipeError:
            sys.stderr.close()
            raise SystemExit(0) from None
        except OSError as error:
            fail(f"{error.filename or 'the system'}: {error.strerror}", "check the path and its permissions")
        except click.BadParameter as error:
            if isinstance(error, click.MissingParameter):
                raise
            fail(error.format_message(), f"see: {error.ctx.command_path if error.ctx else 'cairn'} --help")
        except Exception as error:
            if type(error).__module__ != "sqlalchemy.exc":  # which is not imported where no database is used
                raise
            reason = str(getattr(error, "orig", error)).strip().splitlines()[0]
            fail(f"the database cannot be used: {reason}", "what was kept before is kept; try again")


def _hint(error: Exception) -> str:
    if isinstance(error, StoreError | PracticeError | PlanError):
        return error.hint
    if isinstance(error, UnknownTargetError):
        return f"try: cairn find {error.text}" if error.text else "try: cairn gap attention"
    if isinstance(error, UnknownSkillError):
        return "a skill is written topic@level, for example softmax@use; levels: recognise, use, derive"
    return ""


@click.group(
    cls=_Group, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(cairn.__version__, prog_name="cairn")
@click.option("--curriculum", metavar="DIR", envvar="CAIRN_CURRICULUM", help="Another content folder.")
@click.pass_context
def main(context: click.Context, curriculum: str | None) -> None:
    """A map of machine learning that you can run.

    With no command, opens the map in the browser.
    """
    import os  # noqa: PLC0415

    never_choke()
    environment = dict(os.environ)
    if curriculum:
        environment["CAIRN_CURRICULUM"] = curriculum
    context.meta[serve.WEB] = context.obj
    context.obj = App(Settings.from_environment(environment))
    context.call_on_close(context.obj.close)
    if context.invoked_subcommand is None:
        context.invoke(serve.up)


for command in (
    serve.up, serve.open_, map.gap, map.find, map.show, map.next_, map.unlocks, map.path, person.know,
    diagnose.diagnose, diagnose.why, review.review, questions.question, drill.drill, interview.interview,
    plan.plan, plan.today, logging.log, plan.checkpoint, plan.audit,
    practice.practice, practice.watch, practice.check, practice.hint, practice.solution,
    author.lint, claims.claims, serve.author, author.new, author.schema, items.item, exchange.import_, exchange.export,
    calibrate.calibrate, serve.db, worker.worker,
):  # fmt: skip
    main.add_command(command)
