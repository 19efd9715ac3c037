"""The `cairn` command: the terminal face, which is handed the browser face to serve."""

from __future__ import annotations

from typing import Any

from cairn.app import App
from cairn.cli import main


def run() -> None:
    """Run the command line."""
    main(prog_name="cairn", obj=_web)


def _web(app: App, **options: Any) -> Any:  # noqa: ANN401
    from cairn.web.server import create  # noqa: PLC0415  # slow to import, needed only to serve

    return create(app, **options)


if __name__ == "__main__":
    run()
