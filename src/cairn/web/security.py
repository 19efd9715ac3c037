"""What keeps others out: a local server can be reached from every page the browser has open, and by every user
of the machine. `docs/security.md` tells what is protected against what.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cairn.app import LOCAL_PERSON, WHO
from cairn.study.door import Door

LOCAL_HOST = re.compile(r"(localhost|127\.0\.0\.1|\[::1\])(:[0-9]{1,5})?", re.ASCII | re.IGNORECASE)
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
STRANGER = "stranger"
"""The person that a browser without the cookie is: nobody, about whom nothing is kept."""

_DIRECTIVES = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "style-src-attr 'unsafe-inline'",  # formulas set ahead of time carry their measures this way
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
)
POLICY = "; ".join(_DIRECTIVES)


class LocalOnly:
    """Refuses what comes from elsewhere, and lets a browser without the cookie read only what is nobody's.

    A DNS name that an attacker points at 127.0.0.1 shows in `Host`; a form, script, picture, frame or socket of
    another site shows in `Sec-Fetch-Site` or `Origin`. Another user of the machine has no cookie.

    Attributes:
        app: what stands behind the door.
        door: the tokens and the cookie.
        locked: makes the answer to a write without the cookie.
    """

    def __init__(self, app: ASGIApp, door: Door, locked: Callable[[Scope], Response]) -> None:
        self.app, self.door, self.locked = app, door, locked

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through with strict response headers, or answer it with a refusal."""
        if scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        answer = _with_headers(send)
        refusal = refused(scope["method"], headers)
        if refusal is not None:
            status, reason = refusal
            await PlainTextResponse(reason + "\n", status_code=status)(scope, receive, answer)
            return
        let_in = self.door.knows(_cookie(headers, self.door.cookie_name(headers["host"])))
        scope["let_in"] = let_in
        who = WHO.set(LOCAL_PERSON if let_in else STRANGER)
        try:
            if let_in or scope["method"] in SAFE_METHODS:
                await self.app(scope, receive, answer)
            else:
                await self.locked(scope)(scope, receive, answer)
        finally:
            WHO.reset(who)


def refused(method: str, headers: Headers) -> tuple[int, str] | None:
    """The status and reason with which a request is refused, or None."""
    host = headers.get("host", "")
    if not LOCAL_HOST.fullmatch(host) or len(headers.getlist("host")) != 1:
        return (
            421,
            f"Cairn answers only to this machine's own names, not to {host!r}. Open http://127.0.0.1.",
        )
    origin = headers.get("origin")
    if origin is not None and origin.lower() not in {f"http://{host.lower()}", f"https://{host.lower()}"}:
        return 403, "This request comes from another origin."
    site = headers.get("sec-fetch-site")
    reading = method in SAFE_METHODS
    if site not in {None, "same-origin", "none"} and not (reading and _is_visit(headers)):
        return 403, "This request comes from another site."
    if not reading and origin is None and site is None and ("cookie" in headers or "referer" in headers):
        return 403, "This request does not say where it comes from."
    return None


def _is_visit(headers: Headers) -> bool:
    """A person who follows a link, not a page that fetches, embeds or frames."""
    return headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"


def _cookie(headers: Headers, name: str) -> str | None:
    """The value of a cookie; of several with its name the last, and none where they cannot be read."""
    jar: SimpleCookie = SimpleCookie()
    for line in headers.getlist("cookie"):
        try:
            jar.load(line)
        except CookieError:
            return None
    return jar[name].value if name in jar else None


def _with_headers(send: Send) -> Callable[[Message], Awaitable[None]]:
    async def wrapped(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["x-content-type-options"] = "nosniff"
            if not headers.get("content-type", "").startswith(
                "font/"
            ):  # a font loads, runs and opens nothing
                headers["content-security-policy"] = POLICY
                headers["referrer-policy"] = "same-origin"
                headers["cross-origin-opener-policy"] = "same-origin"
            headers["cross-origin-resource-policy"] = "same-origin"
            headers.setdefault("cache-control", "no-cache")
        await send(message)

    return wrapped
