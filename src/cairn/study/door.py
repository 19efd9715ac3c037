"""Who is let in: a browser that opened the address printed at the start, and keeps the cookie it was given.

The key lies in the data folder, where only its owner may read it; cookies stay good when the server starts anew.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import time
from pathlib import Path

FILE = "door.key"
GOOD_FOR_S = 60
KEY_BYTES = 32
COOKIE_AGE_S = 400 * 24 * 3600  # the longest that browsers keep one


class Door:
    """Tokens, each good once, and the cookie that one is exchanged for."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._fresh: set[str] = set()
        self._spent: dict[str, float] = {}

    @property
    def cookie(self) -> str:
        """The value of the cookie."""
        return self._sign("cookie")

    @staticmethod
    def cookie_name(host: str) -> str:
        """The cookie's name for a `Host`: ports share their cookies, so it names the port."""
        port = host.rpartition("]")[2].rpartition(":")[2]
        return f"cairn-{port}" if port.isdigit() else "cairn"

    def knows(self, cookie: str | None) -> bool:
        """Whether a browser that sent this cookie was let in before."""
        return cookie is not None and hmac.compare_digest(cookie.encode(), self.cookie.encode())

    def token(self) -> str:
        """A token that is good once, as long as this server runs."""
        made = secrets.token_urlsafe(24)
        self._fresh.add(made)
        return made

    def passing_token(self, now: float | None = None) -> str:
        """A token that is good once, within a minute, at any server with the same key."""
        until = str(int((time.time() if now is None else now) + GOOD_FOR_S))
        head = f"{until}.{secrets.token_urlsafe(12)}"
        return f"{head}.{self._sign(head)}"

    def redeem(self, token: str, now: float | None = None) -> bool:
        """Whether the token is good; it is not good again."""
        if token in self._fresh:
            self._fresh.remove(token)
            return True
        moment = time.time() if now is None else now
        head, _, signature = token.rpartition(".")
        until = head.partition(".")[0]
        if not hmac.compare_digest(signature.encode(), self._sign(head).encode()):
            return False
        if not moment <= float(until) <= moment + GOOD_FOR_S + 1 or token in self._spent:
            return False
        self._spent = {t: end for t, end in self._spent.items() if end >= moment} | {token: float(until)}
        return True

    def key_for(self, *names: str) -> str:
        """A key that opens one thing, and tells nothing of others: of what is named."""
        return self._sign("\n".join(("key", *names)))

    def _sign(self, text: str) -> str:
        return hmac.new(self._key, text.encode(), hashlib.sha256).hexdigest()


def door(folder: Path) -> Door:
    """The door of a data folder; its key is made at first use.

    A key that others could have read is replaced. Where none can be kept, one is made for this run only.
    """
    file = folder / FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if os.name == "posix" and file.exists() and file.stat().st_mode & 0o077:
            file.unlink()
        return Door(_read(file) or _make(file))
    except OSError:
        return Door(secrets.token_bytes(KEY_BYTES))


def _read(file: Path) -> bytes | None:
    try:
        key = file.read_bytes()
    except FileNotFoundError:
        return None
    return key if len(key) == KEY_BYTES else None


def _make(file: Path) -> bytes:
    """Write a key beside its place and move it there whole; of two that do so at once one wins for both."""
    key = secrets.token_bytes(KEY_BYTES)
    fresh = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        opened.write(key)
    if file.exists():  # cut short by a crash: not a key
        file.unlink()
    try:
        os.link(fresh, file)
    except FileExistsError:
        return _read(file) or key
    finally:
        fresh.unlink()
    return key
