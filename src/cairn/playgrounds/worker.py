"""The process that shows playgrounds: see `cairn.claims.process`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cairn.claims.process import serve
from cairn.playgrounds import running
from cairn.playgrounds.scene import Refused, plain

_loaded: dict[str, tuple[str, running.Loaded]] = {}


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """The answer to one request: what a file declares, what is wrong with it, or one scene."""
    file = Path(request["file"])
    if request["do"] == "examine":
        return running.examine(file)
    try:
        loaded = _current(file, request["version"])
        if request["do"] == "describe":
            return running.describe(loaded)
        return {"scene": plain(running.show(loaded.playgrounds[request["id"]], request["values"]))}
    except Refused as error:
        return {"refused": str(error)}
    except running.ShowError as error:
        return {"error": str(error), "line": error.line}


def _current(file: Path, version: str) -> running.Loaded:
    have = _loaded.get(str(file))
    if have is None or have[0] != version:
        _loaded[str(file)] = (version, running.load(file))
    return _loaded[str(file)][1]


if __name__ == "__main__":
    serve(answer)
