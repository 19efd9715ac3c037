"""Playgrounds: what an author of a page writes in `playground.py`, and what shows it.

A playground is one function from controls to a scene, without chance and without memory:

    @playground("sharpness", "How sharp is softmax?", "Raise the temperature and watch the distribution flatten.")
    def sharpness(temperature: Annotated[float, Slider(0.1, 3, step=0.1)] = 1.0) -> Scene:
        p = softmax(SCORES / temperature)
        bars = Plot("class", "probability", [Bars("", CLASSES, p)], "One bar for each class.")
        return Scene(f"The largest share is {p.max():.0%}.", [bars])

It is computed on the server, with the code of the reference solutions where there is one (`use`), works as a plain
form without a script, and every picture is a table at heart or has words beside it.
"""

from cairn.claims import Band, Bars, Line, Plot, Points, use
from cairn.playgrounds.controls import Choice, Hidden, Number, Slider, Stops, Text, Tick
from cairn.playgrounds.declaring import playground, read
from cairn.playgrounds.scene import (
    Grid,
    Landscape,
    Links,
    Note,
    Pieces,
    Question,
    Refused,
    Scene,
    Table,
    Tile,
    Trail,
    Wall,
)

__all__ = [
    "Band", "Bars", "Choice", "Grid", "Hidden", "Landscape", "Line", "Links", "Note", "Number", "Pieces", "Plot",
    "Points", "Question", "Refused", "Scene", "Slider", "Stops", "Table", "Text", "Tick", "Tile", "Trail",
    "Wall", "playground", "read", "use",
]  # fmt: skip
