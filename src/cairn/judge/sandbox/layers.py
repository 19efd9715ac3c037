"""The layers a learner's process puts on itself before it reads a byte of their code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from . import landlock, limits, seccomp
from .libc import PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVS, PR_SET_PDEATHSIG, prctl

_SIGKILL = 9


def apply(*, sandboxed: bool, readable: Sequence[str], folder: str) -> None:
    """Put on all layers, outermost first; nothing here can be taken off again.

    Args:
        sandboxed: whether Landlock and seccomp belong to the tier. If they do, their absence is an error.
        readable: paths that may be read.
        folder: the only place that may be written.

    Raises:
        OSError: when a layer of the tier cannot be had. The caller must then not run the code.
    """
    limits.at_birth()
    if sys.platform == "linux":
        prctl(PR_SET_PDEATHSIG, _SIGKILL)
        prctl(PR_SET_NO_NEW_PRIVS, 1)
    if not sandboxed:
        return
    prctl(PR_SET_DUMPABLE, 0)
    landlock.restrict(readable, [folder, "/dev/null"])
    seccomp.install(os.getpid())
