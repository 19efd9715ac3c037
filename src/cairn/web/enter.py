"""Letting a browser in, and what one that was not let in is told."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from cairn.study.door import COOKIE_AGE_S, Door
from cairn.web.templating import page


def enter(request: Request) -> Response:
    """Take a token and give the cookie for it. The token is good once; asking in advance does not spend it."""
    door: Door = request.app.state.door
    if request.method != "GET" or "prefetch" in request.headers.get("sec-purpose", ""):
        return Response(status_code=204, headers={"cache-control": "no-store"})
    if not request.scope["let_in"] and not door.redeem(request.query_params.get("token", "")):
        return page(
            request,
            "error.html",
            status=403,
            heading="This key was used before",
            text="It opens one browser, once. For another, type “cairn open” in a terminal: it makes a new key.",
        )
    # A page that leads on, not a redirect: after one, a browser that came from another program keeps the cookie back.
    answer = HTMLResponse(
        '<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=/"><title>Cairn</title>'
        '<p><a href="/">On to Cairn</a></p>',
        headers={"cache-control": "no-store", "referrer-policy": "no-referrer"},
    )
    name = door.cookie_name(request.headers["host"])
    answer.set_cookie(name, door.cookie, max_age=COOKIE_AGE_S, httponly=True, samesite="strict", path="/")
    return answer


def locked(request: Request) -> Response:
    """The answer to a write from a browser that was not let in."""
    request.scope["let_in"] = False
    return page(
        request,
        "error.html",
        status=403,
        heading="This browser may only read",
        text="Nothing was changed. Type “cairn open” in a terminal, or open the address with a key that Cairn printed "
        "when it started; then go back and try again.",
    )
