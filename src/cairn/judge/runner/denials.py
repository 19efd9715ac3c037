"""Notices what the sandbox refused, so that the verdict can name it. It explains; it does not protect."""

from __future__ import annotations

import errno
import sys

_WATCHED = {
    "socket.__new__": "the network (socket)",
    "socket.connect": "the network (connect)",
    "socket.bind": "the network (bind)",
    "socket.getaddrinfo": "the network (name lookup)",
    "os.fork": "another process (fork)",
    "os.forkpty": "another process (forkpty)",
    "os.exec": "another program (exec)",
    "os.posix_spawn": "another program (posix_spawn)",
    "os.system": "another program (system)",
    "subprocess.Popen": "another program (subprocess)",
    "os.kill": "a signal to a process (kill)",
    "os.killpg": "a signal to processes (killpg)",
    "_thread.start_new_thread": "a thread",
    "os.link": "a hard link",
    "os.symlink": "a symbolic link",
    "os.chmod": "another file's permissions (chmod)",
    "os.chown": "another file's owner (chown)",
    "open": "a file outside its own folder",
    "os.listdir": "a folder outside its own",
    "os.scandir": "a folder outside its own",
    "os.remove": "a file outside its own folder",
    "os.rename": "a file outside its own folder",
    "os.mkdir": "a folder outside its own",
    "shutil.rmtree": "a folder outside its own",
    "ctypes.dlopen": "a C library",
}
_REFUSALS = {errno.EPERM, errno.EACCES, errno.EROFS}


class Denials:
    """Remembers the last thing the learner's code asked the system for."""

    def __init__(self) -> None:
        self.last: str | None = None
        self._listening = False

    def listen(self) -> None:
        """Begin. Python gives no way to stop, which is as it should be here."""
        if not self._listening:
            self._listening = True
            sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[object, ...]) -> None:
        what = _WATCHED.get(event)
        if what is not None:
            path = (
                arguments[0]
                if arguments and event in {"open", "os.listdir", "os.remove", "os.mkdir"}
                else None
            )
            self.last = f"{what}: {path[:200]}" if type(path) is str else what

    def of(self, error: BaseException) -> str | None:
        """What was refused, if this error is a refusal by the sandbox."""
        seen: set[int] = set()
        cause: BaseException | None = error
        while cause is not None and id(cause) not in seen:
            seen.add(id(cause))
            if isinstance(cause, OSError) and cause.errno in _REFUSALS:
                return self.last or "something outside the sandbox"
            if isinstance(cause, RuntimeError) and "start new thread" in str(cause):
                return "a thread"
            cause = cause.__cause__ or cause.__context__
        return None
