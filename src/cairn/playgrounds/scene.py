"""What a playground shows, as data: a sentence, then figures, tables, pictures and questions.

Every picture is a table at heart or says in words what is seen, so nothing is shown that cannot be read aloud.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from cairn.claims.outcome import number, real
from cairn.claims.plot import Plot

MOST_CELLS = 1600
MOST_PIECES = 600
MOST_ROWS = 80
MOST_POINTS = 6000


class SceneError(ValueError):
    """Raised when a scene cannot be shown. The message says why."""


class Refused(Exception):  # noqa: N818  # it is an answer, not an error: what was typed has no scene
    """Raised by a playground when what was typed has no scene. The message says what to type instead."""


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence or two: what to look at, or what cannot be concluded."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """Names and numbers.

    Attributes:
        caption: what it lists.
        columns: the heads; the first column names the row.
        rows: the cells, each row as long as the columns; numbers are written out by the author.
        strong: the place of a row that stands out, such as a sum; −1 for none.
        folded: whether only the caption is shown at first.
        shares: of each row a part of one, drawn as a bar after its last cell; none if empty.
        marks: of each row another part of one, marked on that bar.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    strong: int = -1
    folded: bool = False
    shares: tuple[float, ...] = ()
    marks: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        for name in ("shares", "marks"):
            inside = np.clip(np.nan_to_num(np.asarray(getattr(self, name), dtype=float)), 0, 1)
            object.__setattr__(self, name, tuple(round(float(v), 4) for v in inside))
            if inside.size not in {0, len(self.rows)}:
                raise SceneError(f"{self.caption}: as many {name} as rows")
        object.__setattr__(self, "columns", tuple(map(str, self.columns)))
        object.__setattr__(self, "rows", tuple(tuple(map(str, row)) for row in self.rows))
        if len(self.rows) > MOST_ROWS:
            raise SceneError(f"a table shows at most {MOST_ROWS} rows, not {len(self.rows)}")
        if any(len(row) != len(self.columns) for row in self.rows):
            raise SceneError(f"{self.caption}: every row has {len(self.columns)} cells")


@dataclass(frozen=True, slots=True)
class Grid:
    """A matrix drawn as a table: each cell a number, and a shade that follows a value.

    Attributes:
        caption: what it shows.
        values: what shades the cells, from −1 to 1; its sign has a hue, its size a depth.
        texts: what stands in the cells, of the same shape.
        rows, columns: the heads; none where positions need no names.
        marks: the cells that are outlined, as (row, column).
        alt: what is seen, in a sentence.
        heads: what the rows and the columns are.
    """

    caption: str
    values: tuple[tuple[float, ...], ...]
    texts: tuple[tuple[str, ...], ...]
    alt: str
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    marks: tuple[tuple[int, int], ...] = ()
    heads: tuple[str, str] = ("", "")

    def __post_init__(self) -> None:
        values = np.asarray(self.values, dtype=float)
        if values.ndim != 2 or values.size == 0 or values.size > MOST_CELLS:
            raise SceneError(
                f"{self.caption}: a grid has 1 to {MOST_CELLS} cells in rows, not {values.shape}"
            )
        safe = np.clip(np.where(np.isfinite(values), values, 0.0), -1, 1)
        object.__setattr__(self, "values", tuple(tuple(round(float(v), 3) for v in row) for row in safe))
        object.__setattr__(self, "texts", tuple(tuple(map(str, row)) for row in self.texts))
        object.__setattr__(self, "rows", tuple(map(str, self.rows)))
        object.__setattr__(self, "columns", tuple(map(str, self.columns)))
        object.__setattr__(self, "marks", tuple((int(i), int(j)) for i, j in self.marks))
        object.__setattr__(self, "heads", tuple(self.heads))
        if {len(row) for row in self.texts} != {values.shape[1]} or len(self.texts) != values.shape[0]:
            raise SceneError(f"{self.caption}: texts and values differ in shape")
        if (self.rows and len(self.rows) != values.shape[0]) or (
            self.columns and len(self.columns) != values.shape[1]
        ):
            raise SceneError(f"{self.caption}: as many heads as rows and columns")


@dataclass(frozen=True, slots=True)
class Pieces:
    """Texts cut into pieces, one line each: tokens of a word, say.

    Attributes:
        caption: what they are.
        lines: of each line a name and its pieces; a piece that begins with `*` has just changed.
    """

    caption: str
    lines: tuple[tuple[str, tuple[str, ...]], ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "lines", tuple((str(n), tuple(map(str, p))) for n, p in self.lines))
        if sum(len(p) for _, p in self.lines) > MOST_PIECES:
            raise SceneError(f"{self.caption}: at most {MOST_PIECES} pieces")


@dataclass(frozen=True, slots=True)
class Links:
    """Settings worth a look, each a link.

    Attributes:
        caption: what they are.
        settings: of each its name and the values of controls, as the form holds them; the others have their defaults.
    """

    caption: str
    settings: tuple[tuple[str, dict[str, str]], ...]

    def __post_init__(self) -> None:
        made = tuple((str(n), {str(k): str(v) for k, v in values.items()}) for n, values in self.settings)
        object.__setattr__(self, "settings", made)


@dataclass(frozen=True, slots=True)
class Tile:
    """One small picture of a wall.

    Attributes:
        name: what it shows; also its words for those who cannot see it.
        lines: one or two curves, at even distances; values from 0 (the foot) to 1 (the top), others are cut off.
        values: the setting that it leads to, as the form holds it.
        here: whether it is the one that is shown.
    """

    name: str
    lines: Sequence[Sequence[float]]
    values: dict[str, str]
    here: bool = False

    def __post_init__(self) -> None:
        lines = tuple(tuple(round(float(v), 3) for v in line) for line in self.lines)
        object.__setattr__(self, "lines", lines)
        object.__setattr__(self, "values", {str(k): str(v) for k, v in self.values.items()})


@dataclass(frozen=True, slots=True)
class Wall:
    """Many small pictures, each a link to a setting.

    Attributes:
        caption: what they are, and what their lines mean.
        tiles: the pictures.
    """

    caption: str
    tiles: tuple[Tile, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "tiles", tuple(self.tiles))
        if sum(len(line) for t in self.tiles for line in t.lines) > MOST_POINTS:
            raise SceneError(f"{self.caption}: at most {MOST_POINTS} points on a wall")


@dataclass(frozen=True, slots=True)
class Trail:
    """A path over a landscape. Points beyond its frame end the drawn path there."""

    label: str
    xs: tuple[float, ...]
    ys: tuple[float, ...]

    def __init__(self, label: str, xs: ArrayLike, ys: ArrayLike) -> None:
        object.__setattr__(self, "label", label)
        object.__setattr__(self, "xs", tuple(map(float, np.asarray(xs, dtype=float))))
        object.__setattr__(self, "ys", tuple(map(float, np.asarray(ys, dtype=float))))


@dataclass(frozen=True, slots=True)
class Landscape:
    """A function of two variables seen from above: lines of equal height, and paths over it.

    Attributes:
        x, y: names of the axes.
        frame: least and greatest x, least and greatest y.
        heights: the function on a regular grid over the frame, rows from the least y.
        levels: the heights whose lines are drawn.
        trails: at most five.
        best: a place that is marked, such as the minimum; none if None.
        alt: what is seen.
    """

    x: str
    y: str
    frame: tuple[float, float, float, float]
    heights: tuple[tuple[float, ...], ...]
    levels: tuple[float, ...]
    trails: tuple[Trail, ...]
    alt: str
    best: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        heights = np.asarray(self.heights, dtype=float)
        if heights.ndim != 2 or min(heights.shape) < 2 or heights.size > 20_000:
            raise SceneError(f"heights are a grid of at least 2 × 2 and at most 20 000, not {heights.shape}")
        rounded = [[float(f"{h:.4g}") for h in row] for row in heights]
        object.__setattr__(self, "heights", tuple(map(tuple, rounded)))
        object.__setattr__(self, "frame", tuple(map(float, self.frame)))
        object.__setattr__(self, "levels", tuple(map(float, self.levels)))
        object.__setattr__(self, "trails", tuple(self.trails))
        if len(self.trails) > 5:
            raise SceneError(f"a landscape shows at most five paths, not {len(self.trails)}")


@dataclass(frozen=True, slots=True)
class Question:
    """A question whose answers are buttons.

    Attributes:
        ask: the question.
        control: the `Hidden` control that an answer sets.
        options: the control's value and the text of each answer.
        chosen: the value that was chosen, or empty.
        right: the values that fit, told once one was chosen.
        links: further buttons, as (control, value, text).
    """

    ask: str
    control: str
    options: tuple[tuple[str, str], ...]
    chosen: str = ""
    right: tuple[str, ...] = ()
    links: tuple[tuple[str, str, str], ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "options", tuple((str(v), str(t)) for v, t in self.options))
        object.__setattr__(self, "right", tuple(map(str, self.right)))
        object.__setattr__(self, "links", tuple((str(c), str(v), str(t)) for c, v, t in self.links))


Part: TypeAlias = Note | Table | Grid | Pieces | Links | Wall | Landscape | Question | Plot
_KINDS: Mapping[str, type[Any]] = {
    "note": Note, "table": Table, "grid": Grid, "pieces": Pieces, "links": Links, "wall": Wall, "landscape": Landscape,
    "question": Question,
}  # fmt: skip
_NAMES = {kind: name for name, kind in _KINDS.items()}


@dataclass(frozen=True, slots=True)
class Scene:
    """What is shown for one setting of the controls.

    Attributes:
        says: what the reader should see, in a sentence; read aloud at every change.
        parts: what is shown, from top to bottom.
    """

    says: str
    parts: tuple[Part, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "parts", tuple(self.parts))
        if not self.says.strip():
            raise SceneError("a scene says in a sentence what is seen")
        if not any(not isinstance(p, Note | Question | Links | Wall) for p in self.parts):
            raise SceneError("a scene shows something: a plot, a grid, a table, pieces or a landscape")
        for part in self.parts:
            if isinstance(part, Grid | Landscape) and len(part.alt.split()) < 5:
                raise SceneError("alt says in a sentence what the picture shows")


def plain(scene: Scene) -> dict[str, Any]:
    """The scene as JSON knows it."""
    return {"says": scene.says, "parts": [_plain(p) for p in scene.parts]}


def from_plain(value: Mapping[str, Any]) -> Scene:
    """The inverse of `plain`."""
    return Scene(value["says"], tuple(_part(p) for p in value["parts"]))


def _plain(part: Part) -> dict[str, Any]:
    if isinstance(part, Plot):
        return {"kind": "plot", **part.plain()}
    fields: dict[str, Any] = {n: getattr(part, n) for n in part.__slots__}
    if isinstance(part, Landscape):
        fields["heights"] = _numbers(part.heights)
        fields["trails"] = [
            {"label": t.label, "xs": _numbers(t.xs), "ys": _numbers(t.ys)} for t in part.trails
        ]
    if isinstance(part, Wall):
        fields["tiles"] = [
            {"name": t.name, "lines": _numbers(t.lines), "values": t.values, "here": t.here}
            for t in part.tiles
        ]
    return {"kind": _NAMES[type(part)], **fields}


def _part(value: Mapping[str, Any]) -> Part:
    if value["kind"] == "plot":
        return Plot.from_plain(value)
    fields = {k: v for k, v in value.items() if k != "kind"}
    if value["kind"] == "landscape":
        fields["heights"] = [[real(h) for h in row] for row in fields["heights"]]
        fields["trails"] = [
            Trail(t["label"], [real(v) for v in t["xs"]], [real(v) for v in t["ys"]])
            for t in fields["trails"]
        ]
        fields["best"] = tuple(fields["best"]) if fields["best"] else None
    if value["kind"] == "wall":
        fields["tiles"] = [
            Tile(t["name"], [[real(v) for v in line] for line in t["lines"]], t["values"], t["here"])
            for t in fields["tiles"]
        ]
    if value["kind"] == "pieces":
        fields["lines"] = [(name, pieces) for name, pieces in fields["lines"]]
    made: Part = _KINDS[value["kind"]](**fields)
    return made


def _numbers(values: Sequence[Any]) -> list[Any]:
    if values and isinstance(values[0], Sequence):
        return [_numbers(v) for v in values]
    return [number(v) if not math.isfinite(v) else v for v in values]
