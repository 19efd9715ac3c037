"""What keeps other web pages out: a local server is reachable from every page the browser has open."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOCAL_HOST = re.compile(r"(localhost|127\.0\.0\.1|\[::1\])(:[0-9]{1,5})?", re.ASCII | re.IGNORECASE)
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

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
    """Refuses requests for a foreign host, and writes that come from a foreign page.

    A DNS name that an attacker points at 127.0.0.1 shows in `Host`; a form or script on another site shows
    in `Sec-Fetch-Site` or `Origin`. A write that carries neither is refused too, except from programs that
    are no browser: those do not send `Cookie`, `Referer` or any `Sec-Fetch-*` header and hold no session to
    abuse.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through with strict response headers, or answer it with a refusal."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = refused(scope["method"], headers)
        if refusal is not None:
            status, reason = refusal
            await PlainTextResponse(reason + "\n", status_code=status)(scope, receive, _with_headers(send))
            return
        await self.app(scope, receive, _with_headers(send))


def refused(method: str, headers: Headers) -> tuple[int, str] | None:
    """The status and reason with which a request is refused, or None."""
    host = headers.get("host", "")
    if not LOCAL_HOST.fullmatch(host):
        return (
            421,
            f"Cairn answers only to this machine's own names, not to {host!r}. Open http://127.0.0.1.",
        )
    if method in SAFE_METHODS:
        return None
    site = headers.get("sec-fetch-site")
    if site is not None and site not in {"same-origin", "none"}:
        return 403, "This request comes from another site."
    origin = headers.get("origin")
    if origin is not None and origin.lower() not in {f"http://{host.lower()}", f"https://{host.lower()}"}:
        return 403, "This request comes from another origin."
    if origin is None and site is None and ("cookie" in headers or "referer" in headers):
        return 403, "This request does not say where it comes from."
    return None


def _with_headers(send: Send) -> Callable[[Message], Awaitable[None]]:
    async def wrapped(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["content-security-policy"] = POLICY
            headers["x-content-type-options"] = "nosniff"
            headers["referrer-policy"] = "same-origin"
            headers["cross-origin-opener-policy"] = "same-origin"
            headers["cross-origin-resource-policy"] = "same-origin"
            headers.setdefault("cache-control", "no-cache")
        await send(message)

    return wrapped
