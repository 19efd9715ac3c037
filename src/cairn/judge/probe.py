"""The start-up probe: a tier is believed only after everything it must refuse was tried in it."""

from __future__ import annotations

import secrets
import socket
import tempfile
from pathlib import Path

from cairn.judge.outcome import EndedError, LearnerError, Outcome
from cairn.judge.sandbox import attempts
from cairn.judge.sandbox.limits import Limits
from cairn.judge.sandbox.tier import TierError
from cairn.judge.session import Session

_GREED = """
import mmap

def hold(megabytes):
    kept = []
    for _ in range(megabytes):
        kept.append(mmap.mmap(-1, 1 << 20))
        kept[-1][:] = b"x" * (1 << 20)
    return len(kept)
"""
_ALLOWED, _ASKED = 8 << 20, 256


def check_memory(session: Session) -> None:
    """Hold more shared memory, which no resource limit counts, than is allowed.

    Raises:
        TierError: when the memory was given.
    """
    try:
        session.load(_GREED, filename="probe.py", limits=Limits(memory_bytes=_ALLOWED))
        session.call((None, "hold"), ((_ASKED,), {}))
    except (LearnerError, EndedError) as error:
        if error.outcome is Outcome.MEMORY:
            return
        raise TierError(f"the memory probe of tier {session.tier.value} broke off: {error}") from error
    raise TierError(f"tier {session.tier.value} does not limit memory")


def check(session: Session) -> None:
    """Try everything in a fresh session.

    Raises:
        TierError: when anything forbidden worked, or the probe could not be completed.
    """
    name = secrets.token_hex(8)
    with (
        tempfile.TemporaryDirectory(prefix="cairn-probe-") as folder,
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.socket(socket.AF_UNIX) as abstract,
    ):
        abstract.bind(f"\0{name}")
        abstract.listen(1)
        secret = Path(folder) / "secret"
        secret.write_text("not for learners", encoding="utf-8")
        for path in (Path(folder), secret):
            path.chmod(0o755 if path.is_dir() else 0o644)
        bait = {"secret": str(secret), "folder": folder, "port": server.getsockname()[1], "abstract": name}
        try:
            session.load(Path(attempts.__file__).read_text(encoding="utf-8"), filename="probe.py")
            found, _ = session.call((None, "attempt"), ((bait,), {}))
        except (LearnerError, EndedError) as error:
            raise TierError(f"the probe of tier {session.tier.value} broke off: {error}") from error
        left = {p.name for p in Path(folder).iterdir()} - {"secret"}
    if found != [] or left:
        raise TierError(
            f"tier {session.tier.value} lets code {', '.join(map(str, found)) or 'write outside'}"
        )
