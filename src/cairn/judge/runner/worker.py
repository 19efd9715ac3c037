"""A single worker: warms up, calls the driver, holds one submission. For hosts without fork."""

from __future__ import annotations

import io
import json
import os
import socket
import sys
from typing import Any

from . import child, zygote


def main(config: dict[str, Any]) -> None:
    """Be a worker from its start to its end. Never returns."""
    versions = zygote.warm_up(config["runtime"])
    code = 1
    try:
        conversation = _call(config, "conversation", versions)
        output = _call(config, "output", {})
        _settle(output, config["work"])
        child.live_alone(conversation, config["runtime"], config["work"])
        code = 0
    finally:
        os._exit(code)


def _call(config: dict[str, Any], purpose: str, versions: dict[str, str]) -> socket.socket:
    found = socket.create_connection(("127.0.0.1", config["door"]), timeout=30)
    found.settimeout(None)
    hello = {"token": config["token"], "for": purpose, "versions": versions}
    found.sendall(json.dumps(hello).encode() + b"\n")
    return found


def _settle(output: socket.socket, folder: str) -> None:
    """What is printed goes to the driver, by descriptor where sockets are descriptors."""
    sys.argv[1:] = []  # the token is of no use any more, and nobody's business
    if os.name == "posix":
        for target in (1, 2):
            os.dup2(output.fileno(), target)
        raw: io.RawIOBase = io.FileIO(1, "w", closefd=False)
    else:
        raw = socket.SocketIO(output, "w")
    sys.stdin = io.StringIO()
    sys.stdout = sys.stderr = io.TextIOWrapper(raw, encoding="utf-8", errors="replace", write_through=True)  # type: ignore[type-var, unused-ignore]
    os.chdir(folder)
    os.environ.update({"HOME": folder, "TMPDIR": folder})
