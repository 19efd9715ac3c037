"""The `cairn` command: the terminal face, which is handed the browser face to serve."""

from __future__ import annotations

# ruff: noqa: E402  # the environment is set before NumPy is imported
import os
from typing import Any

# Matrices are small here; threads that wait for each other made an update of belief nine times as slow.
for _threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_threads, "1")

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
