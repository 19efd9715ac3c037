"""The built files the browser needs, with addresses that change when their content does."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

DIST = Path(__file__).parent / "static" / "dist"
FOR_EVER = "public, max-age=31536000, immutable"


class AssetsMissingError(RuntimeError):
    """Raised when the assets were never built. The message says how to build them."""


@cache
def manifest() -> Mapping[str, str]:
    """The content hash of every asset, by name.

    Raises:
        AssetsMissingError: nothing was built.
    """
    file = DIST / "manifest.json"
    if not file.is_file():
        message = (
            f"the browser's assets are not built ({file} is missing); install Cairn again: python3 dev.py up"
        )
        raise AssetsMissingError(message)
    entries: Mapping[str, str] = json.loads(file.read_text(encoding="utf-8"))
    return entries


def address(name: str) -> str:
    """The address of an asset."""
    return f"/static/{name}?v={manifest()[name]}"


def font(face: str) -> str:
    """The address of a font, as the styles name it: a browser loads it once only if both agree."""
    return address(f"fonts/{face}.woff2")


_formula_folders = [DIST / "formulas"]


def look_first_in(folder: Path) -> None:
    """Take formulas from this folder before the built ones, and read them anew."""
    _formula_folders[:] = [folder, DIST / "formulas"]
    formulas.cache_clear()
    formula_faces.cache_clear()


_SIZED = {
    "KaTeX_Size1-Regular": re.compile("delimsizing size1|delim-size1|small-op"),
    "KaTeX_Size2-Regular": re.compile("delimsizing size2|large-op"),
    "KaTeX_Size3-Regular": re.compile("delimsizing size3"),
    "KaTeX_Size4-Regular": re.compile("delimsizing size4|delim-size4"),
}
"""What in a formula is set in each of KaTeX's faces for large brackets and signs."""


@cache
def formulas(topic: str) -> Mapping[str, str | None]:
    """The formulas of one page, set ahead of time, by `i:` or `d:` and their TeX."""
    file = next((f for folder in _formula_folders if (f := folder / f"{topic}.json").is_file()), None)
    if file is None:
        return {}
    entries: Mapping[str, str | None] = json.loads(file.read_text(encoding="utf-8"))
    return entries


@cache
def formula_faces(topic: str) -> tuple[str, ...]:
    """The faces in which a page's formulas are set, to be fetched at once: a bracket that comes late moves a line."""
    every = "".join(html or "" for html in formulas(topic).values())
    if not every:
        return ()
    sized = (face for face, sign in _SIZED.items() if sign.search(every))
    return ("KaTeX_Main-Regular", "KaTeX_Math-Italic", *sized)


class Assets(StaticFiles):
    """Serves the assets; the browser may keep one for ever when its address carries the hash."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """One asset."""
        response = await super().get_response(path, scope)
        if b"v=" in scope.get("query_string", b""):
            response.headers["cache-control"] = FOR_EVER
        return response
