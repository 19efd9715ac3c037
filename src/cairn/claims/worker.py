"""The process that runs checks: one request a line on standard input, one answer a line on standard output.

A check that never ends, or that takes all memory, ends this process and no other.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")  # checks are small; threads would cost more than they give

from cairn.claims import running  # noqa: E402  # NumPy reads the variables when it is imported
from cairn.claims.outcome import plain  # noqa: E402

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
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a check prints goes to the errors, never between the answers
    with suppress(BrokenPipeError):  # nobody waits for the answer any more
        for line in sys.stdin:
            out.write(json.dumps(answer(json.loads(line))) + "\n")
            out.flush()


if __name__ == "__main__":
    main()
