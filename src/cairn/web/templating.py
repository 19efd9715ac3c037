"""Templates: autoescaped, strict about names, with the few helpers the pages share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from cairn.curriculum import LEVELS, Level
from cairn.study.history import describe
from cairn.study.kinds import label
from cairn.study.wording import about, caught, changed, count, span
from cairn.web import assets, drawing

_GLYPHS = {
    Level.RECOGNISE: '<circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="2.2"/>',
    Level.USE: '<circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="2.2"/>'
    '<path d="M8 1.8a6.2 6.2 0 0 1 0 12.4z" fill="currentColor"/>',
    Level.DERIVE: '<circle cx="8" cy="8" r="7.2" fill="currentColor"/>',
}


def depth(level: Level, *, word: bool = True) -> Markup:
    """A level as glyph and word; the stars of public roadmaps stand in the title."""
    glyph = Markup('<svg viewBox="0 0 16 16" aria-hidden="true">{}</svg>').format(Markup(_GLYPHS[level]))  # noqa: S704
    name = Markup('<span class="{}">{}</span>').format("word" if word else "visually-hidden", level.value)
    stars = f"{level.value}: {level.stars} stars of 5 in common roadmaps"
    return Markup('<span class="depth" title="{}">{}{}</span>').format(stars, glyph, name)


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "span": span,
        "about": about,
        "level": Level,
        "plainly": lambda value: f"{value:.15g}",
    }
    environment.globals |= {
        "asset": assets.address,
        "font": assets.font,
        "depth": depth,
        "caught": caught,
        "changed": changed,
        "count": count,
        "describe": describe,
        "label": label,
        "href": drawing.href,
        "LEVELS": LEVELS,
    }
    return environment


_TEMPLATES = _environment()


def page(request: Request, template: str, *, status: int = 200, **context: Any) -> HTMLResponse:  # noqa: ANN401
    """One rendered page."""
    views = request.app.state.views
    shared = {
        "views": views,
        "curriculum": views.curriculum,
        "path_now": request.url.path,
        "author": request.app.state.author,
        "let_in": request.scope.get("let_in", True),
    }
    text = _TEMPLATES.get_template(template).render(status=status, **shared, **context)
    return HTMLResponse(text, status_code=status)


def fragment(template: str, macro: str, *arguments: Any) -> str:  # noqa: ANN401
    """What one macro of a template makes, without a page around it."""
    return str(getattr(_TEMPLATES.get_template(template).module, macro)(*arguments))
