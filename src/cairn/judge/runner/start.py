"""Starts a runner: `python -P -s -S -B start.py CONFIG`, with CONFIG a JSON object (see `zygote.Config`).

This file lies in a folder beside the package `inside`, which holds the rest.
"""

from __future__ import annotations

import json
import os
import sys


def main() -> None:
    """Enter the namespaces if asked to, then become the warm parent or a single worker."""
    config = json.loads(sys.argv[1])
    sys.path[:0] = [os.path.dirname(os.path.abspath(__file__)), config["site"]]  # no pathlib yet
    house = config.pop("house", None)
    if house is not None:
        from inside.sandbox import namespaces  # type: ignore[import-not-found]

        python, program = config.pop("python"), config.pop("program")
        namespaces.enter(namespaces.House(**house))
        flags = ["-P", "-s", "-S", "-B"]
        os.execve(python, [python, *flags, program, json.dumps(config)], dict(os.environ))  # noqa: S606
    from inside.runner import zygote  # type: ignore[import-not-found]

    zygote.main(zygote.Config(**config))


main()
