"""The process that runs checks: one request a line on standard input, one answer a line on standard output.

A check that never ends, or that takes all memory, ends this process and no other.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cairn.claims import running
from cairn.claims.outcome import plain
from cairn.claims.process import serve

_loaded: dict[tuple[str, str], running.Loaded] = {}


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """The answer to one request: the record of a file, or one run."""
    file = Path(request["file"])
    if request["do"] == "examine":
        return running.examine(file, request.get("source"), request.get("function"))
    key = (request["file"], request["version"])
    try:
        if key not in _loaded:
            _loaded.clear()
            _loaded[key] = running.load(file)
        check = _loaded[key].checks[request["id"]]
        outcome, seconds = running.run(check, request["seed"], request["values"])
    except running.CheckError as error:
        return {"error": str(error)}
    return {"outcome": plain(outcome), "seconds": seconds}


def main() -> None:
    """Answer until the input ends."""
    serve(answer)


if __name__ == "__main__":
    main()
