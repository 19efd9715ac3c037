"""Scenes as data: every part survives JSON, and nothing without measure is shown."""

from __future__ import annotations

import json
import math

import pytest

from cairn.playgrounds import (
    Bars,
    Grid,
    Landscape,
    Links,
    Note,
    Pieces,
    Plot,
    Question,
    Scene,
    Table,
    Trail,
)
from cairn.playgrounds.scene import SceneError, from_plain, plain

ALT = "What is seen, in a sentence."


def everything() -> Scene:
    """A scene with each kind of part."""
    return Scene("All of it.", [
        Note("a note"),
        Table("t", ("a", "b"), [("x", "1"), ("y", "2")], strong=1, shares=[0.5, math.nan], marks=[0.1, 2]),
        Grid("g", [[0, -2.0], [math.inf, 0.5]], [["0", "−2"], ["∞", "½"]], ALT, rows="ab", columns="cd",
             marks=[(0, 1)]),
        Pieces("p", [("word", ("*w", "ord"))]),
        Links("more", [("one", {"n": 1})]),
        Landscape("x", "y", (0, 1, 0, 1), [[0, 1], [math.nan, 2]], [0.5], [Trail("t", [0, math.nan], [1, 2])], ALT,
                  best=(0, 1)),
        Question("Which?", "answer", [("a", "A"), ("b", "B")], chosen="a", right=("b",), links=[("n", "2", "next")]),
        Plot("x", "y", [Bars("b", [1, 2], [3, math.nan])], ALT, log_y=True),
    ])  # fmt: skip


def test_a_scene_survives_json():
    """Also where its numbers are no numbers."""
    text = json.dumps(plain(everything()), allow_nan=False)

    assert json.dumps(plain(from_plain(json.loads(text)))) == text


@pytest.mark.parametrize(
    "make",
    [
        lambda: Table("t", ("a",), [("x",)] * 81),
        lambda: Table("t", ("a", "b"), [("x",)]),
        lambda: Table("t", ("a",), [("x",)], shares=[0.1, 0.2]),
        lambda: Grid("g", [[0.0] * 41] * 41, [[""] * 41] * 41, ALT),
        lambda: Grid("g", [[0.0, 1.0]], [["0"]], ALT),
        lambda: Grid("g", [[0.0]], [["0"]], ALT, rows=("a", "b")),
        lambda: Pieces("p", [("w", ("x",) * 601)]),
        lambda: Landscape("x", "y", (0, 1, 0, 1), [[0.0] * 200] * 200, [], [], ALT),
        lambda: Scene("Words.", [Note("only")]),
    ],
)
def test_what_is_too_large_or_does_not_fit_is_refused(make):
    """A part has a greatest size, and its lists agree."""
    with pytest.raises(SceneError):
        make()
