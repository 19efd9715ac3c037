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
    packages = config.pop("packages", None)
    if packages:
        sys.meta_path.append(_Packages(packages))  # type: ignore[arg-type]
    if "door" in config:
        from inside.runner import worker  # type: ignore[import-not-found]

        worker.main(config)
    from inside.runner import zygote

    zygote.main(zygote.Config(**config))


class _Packages:
    """Finds some packages where they lie, for hosts on which no links to them could be made."""

    def __init__(self, places: dict[str, str]) -> None:
        self.places = places

    def find_spec(self, name: str, path: object = None, target: object = None) -> object:
        """Where a top-level package is, if it is one of them."""
        from importlib.machinery import PathFinder

        del path, target
        place = self.places.get(name) or self.places.get(f"{name}.py")
        return None if place is None else PathFinder.find_spec(name, [os.path.dirname(place)])


main()
