"""`cairn`: the group of all commands, and the one place where errors become messages."""

from __future__ import annotations

import sys
from typing import Any

import click

import cairn
from cairn.app import App
from cairn.cli import author, exchange, map, person, serve
from cairn.cli.output import fail
from cairn.curriculum import SkillSyntaxError
from cairn.planning import UnknownTargetError
from cairn.settings import Settings, SettingsError
from cairn.study.atlas import UnknownBackgroundError, UnknownSkillError

_OURS = (SkillSyntaxError, UnknownTargetError, UnknownBackgroundError, UnknownSkillError, SettingsError)


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


def _hint(error: Exception) -> str:
    if isinstance(error, UnknownTargetError):
        return f"try: cairn find {error.text}" if error.text else "try: cairn gap attention"
    if isinstance(error, UnknownSkillError):
        return "a skill is written topic@level, for example softmax@use; levels: recognise, use, derive"
    return ""


@click.group(cls=_Group, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(cairn.__version__, prog_name="cairn")
@click.option("--curriculum", type=click.Path(file_okay=False), envvar="CAIRN_CURRICULUM", help="Another content folder.")
@click.pass_context
def main(context: click.Context, curriculum: str | None) -> None:
    """A map of machine learning that you can run.

    With no command, opens the map in the browser.
    """
    import os  # noqa: PLC0415

    environment = dict(os.environ)
    if curriculum:
        environment["CAIRN_CURRICULUM"] = curriculum
    context.obj = App(Settings.from_environment(environment))
    if context.invoked_subcommand is None:
        context.invoke(serve.up)


for command in (
    serve.up, map.gap, map.find, map.show, map.next_, map.unlocks, map.path,
    person.know, author.lint, author.new, author.schema, exchange.import_, serve.db,
):  # fmt: skip
    main.add_command(command)
