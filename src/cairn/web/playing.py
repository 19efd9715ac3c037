"""Playgrounds as the reader sees them: on their topic's page, on a page of their own, and scene by scene."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from markupsafe import Markup, escape
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from cairn.app import App
from cairn.claims.plot import Band, Plot
from cairn.claims.process import RunError
from cairn.claims.svg import draw as draw_plot
from cairn.curriculum.topic import Topic
from cairn.playgrounds.controls import Control, Value
from cairn.playgrounds.scene import Landscape, Part, Scene, Wall
from cairn.playgrounds.stage import Shown, Spec
from cairn.study.checking import folder_of
from cairn.study.playing import playgrounds
from cairn.web.landscape import draw as draw_landscape
from cairn.web.templating import fragment, page

if TYPE_CHECKING:
    from cairn.web.views import Views

_T = TypeVar("_T")
_HEADING = re.compile(r'<h2 id="([a-z0-9-]+)"')
_FAR = 1e9
MOST_LISTED = 24
"""Points of a plot that its table lists."""


@dataclass(frozen=True, slots=True)
class PlayView:
    """One playground in one setting.

    Attributes:
        topic: the id of its topic.
        shown: what is seen; None if it could not be made.
        parts: of each part its kind, what its template needs, and the drawing of a picture.
        error: why there is nothing to see.
    """

    spec: Spec
    topic: str
    values: Mapping[str, Value]
    scene: Scene | None
    parts: tuple[tuple[str, Any, Markup], ...]
    errors: Mapping[str, str]
    error: str = ""

    @property
    def setting(self) -> str:
        """The values of the controls as one line, for paper."""
        seen = [c for c in self.spec.controls if c.kind != "hidden"]
        return "; ".join(f"{c.label}: {self.said(c)}" for c in seen)

    def said(self, control: Control) -> str:
        """A control's value as the reader sees it."""
        value = self.values[control.name]
        if control.kind == "choice":
            return control.options[str(value)]
        if control.kind == "tick":
            return "yes" if value else "no"
        return str(value) if control.kind == "text" else control.shown(value)


@dataclass(frozen=True, slots=True)
class Listing:
    """The points of a plot as a table."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def routes() -> list[Route]:
    """The routes of the playgrounds."""
    return [
        Route("/playgrounds", every),
        Route("/playgrounds/{id}", one),
        Route("/playgrounds/{id}/scene", scene),
    ]


def every(request: Request) -> Response:
    """All playgrounds, by area."""
    views: Views = request.app.state.views
    topics, areas = views.curriculum.topics, views.curriculum.areas
    groups: dict[str, list[tuple[Topic, Spec]]] = {}
    for topic, spec in playgrounds(views.app.atlas, views.app.stage).values():
        groups.setdefault(areas[topics[topic].area].title, []).append((topics[topic], spec))
    return page(request, "playgrounds.html", groups=groups)


def one(request: Request) -> Response:
    """One playground, in the setting that its form asks for."""
    views: Views = request.app.state.views
    topic, spec = _found(request)
    sources = [(*views.link(name), at) for name, at in spec.sources.items()]
    done = [views.link(e) for e in spec.exercises]
    return page(
        request, "playground_page.html", v=view(views.app, topic, spec, request.query_params),
        topic=views.curriculum.topics[topic], sources=sources, exercises=done,
    )  # fmt: skip


def scene(request: Request) -> Response:
    """Only what changes when a control does, as HTML."""
    views: Views = request.app.state.views
    topic, spec = _found(request)
    made = view(views.app, topic, spec, request.query_params)
    return HTMLResponse(fragment("playground.html", "scene", made))


def _found(request: Request) -> tuple[str, Spec]:
    views: Views = request.app.state.views
    found = playgrounds(views.app.atlas, views.app.stage).get(request.path_params["id"])
    if found is None:
        raise HTTPException(404)
    return found


def view(app: App, topic: str, spec: Spec, query: Mapping[str, str] | None = None) -> PlayView:
    """A playground in the setting that a form asks for."""
    try:
        shown = app.stage.show(spec, query)
    except RunError as error:
        shown = Shown(
            {c.name: c.default for c in spec.controls}, None, {}, f"It could not be shown: {error}."
        )
    parts = tuple(_drawn(p) for p in shown.scene.parts) if shown.scene else ()
    return PlayView(spec, topic, shown.values, shown.scene, parts, shown.errors, shown.refused)


def placed(app: App, topic: Topic, pieces: Sequence[_T]) -> tuple[_T | PlayView | Markup, ...]:
    """A page's pieces with its playgrounds, each at the end of the section that it follows."""
    made: list[Any] = list(pieces)
    for spec in reversed(app.stage.of(folder_of(topic))):
        made = _put(made, spec.after, view(app, topic.id, spec))
    return tuple(made)


def _put(pieces: list[Any], after: str, play: PlayView) -> list[Any]:
    """The pieces with a playground before the heading that follows a section; else at the end."""
    wanted, inside = re.sub(r"[^a-z0-9]+", "-", after.lower()), False
    for i, piece in enumerate(pieces):
        if not isinstance(piece, Markup):
            continue
        for heading in _HEADING.finditer(piece):
            if inside:
                start = heading.start()
                return [*pieces[:i], piece[:start], play, piece[start:], *pieces[i + 1 :]]
            inside = heading[1] == wanted
    return [*pieces, play]


def _drawn(part: Part) -> tuple[str, Any, Markup]:
    if isinstance(part, Plot):
        return "plot", listings(part), Markup(draw_plot(part))  # noqa: S704  # drawn with every text escaped
    if isinstance(part, Landscape):
        return "landscape", part, Markup(draw_landscape(part))  # noqa: S704
    if isinstance(part, Wall):
        return "wall", [(t, tile(t.lines)) for t in part.tiles], escape(part.caption)
    return type(part).__name__.lower(), part, Markup()


def tile(lines: Sequence[Sequence[float]]) -> Markup:
    """A small picture's curves as SVG paths, 120 wide and 60 high; what is no number breaks a curve."""
    drawn = []
    for place, line in enumerate(lines):
        steps, pen = [], "M"
        for i, v in enumerate(line):
            if v == v and abs(v) < _FAR:  # noqa: PLR0124  # only a NaN differs from itself
                across = 2 + 116 * i / max(1, len(line) - 1)
                steps.append(f"{pen}{across:.0f} {58 - 56 * min(max(v, 0.0), 1.0):.1f}")
                pen = "L"
            else:
                pen = "M"
        drawn.append(f'<path class="s{place + 1}" d="{"".join(steps)}"/>')
    return Markup("".join(drawn))  # noqa: S704  # numbers only


def listings(plot: Plot) -> tuple[Listing, ...]:
    """A plot's points as tables, thinned out evenly: series over the same x side by side, longest first. A straight
    line between two points is left out where its label gives it.
    """
    lists: list[tuple[str, tuple[float, ...], tuple[float, ...]]] = []
    for s in plot.series:
        if isinstance(s, Band):
            lists += [(f"{s.label}, least", s.xs, s.lows), (f"{s.label}, greatest", s.xs, s.highs)]
        elif len(plot.series) == 1 or len(set(s.ys)) > 1 or len(s.xs) != 2:
            lists.append((s.label, s.xs, s.ys))
    together: dict[tuple[float, ...], list[tuple[str, tuple[float, ...]]]] = {}
    for label, xs, ys in lists:
        together.setdefault(xs, []).append((label, ys))
    made = []
    for xs, columns in sorted(together.items(), key=lambda kept: -len(kept[0])):
        rows = tuple(
            (_short(xs[i]), *(_short(ys[i]) for _, ys in columns)) for i in _few(len(xs), MOST_LISTED)
        )
        made.append(Listing((plot.x, *(label or plot.y for label, _ in columns)), rows))
    return tuple(made)


def _few(count: int, most: int) -> list[int]:
    if count <= most:
        return list(range(count))
    return sorted({round(i * (count - 1) / (most - 1)) for i in range(most)})


def _short(value: float) -> str:
    if value != value:  # noqa: PLR0124  # only a NaN differs from itself
        return "NaN"
    text = f"{value:.4g}"
    return text.replace("inf", "∞").replace("-", "−")
