"""What a text from a form means to each control, and what cannot be declared."""

from __future__ import annotations

import json
from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.playgrounds import Choice, Hidden, Number, Slider, Stops, Text, Tick
from cairn.playgrounds.controls import ControlError, controls_of, from_plain, plain


def example(
    a: Annotated[int, Slider(1, 9)] = 3,
    b: Annotated[float, Slider(-4, 1, step=0.5, power=True)] = -1.0,
    c: Annotated[float, Number(0, 1)] = 0.5,
    d: Annotated[str, Choice({"x": "the first", "y": "the second"})] = "x",
    e: Annotated[str, Text(10)] = "hello",
    f: Annotated[bool, Tick("really")] = True,
    g: Annotated[str, Hidden()] = "",
    h: Annotated[int, Stops((2, 30, 500))] = 30,
):
    """A function with one control of each kind."""


CONTROLS = {c.name: c for c in controls_of(example)}


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [("a", "4", 4), ("a", " 9 ", 9), ("a", "4.0", 4), ("b", "-1.5", -1.5), ("b", "−2", -2.0), ("c", "0,25", 0.25),
     ("d", "y", "y"), ("e", "", ""), ("e", "a\x00b\nc", "a b c"), ("f", "1", True), ("f", "0", False), ("h", "2", 2)],
)  # fmt: skip
def test_a_text_is_read(name, text, value):
    """A number may use the comma and the true minus; control characters of a text become spaces."""
    assert CONTROLS[name].read(text) == value


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [("a", "0", "a is a whole number from 1 to 9"), ("a", "nan", "from 1 to 9"), ("a", "inf", "from 1 to 9"),
     ("a", "2.5", "whole"), ("a", "9" * 5000, "from 1 to 9"), ("b", "1e9", "from -4 to 1"), ("c", "", "from 0 to 1"),
     ("c", "NaN", "from 0 to 1"), ("d", "z", "the first, the second"),
     ("e", "x" * 11, "at most 10 characters; these are 11"),
     ("h", "3", "from 0 to 2")],
)  # fmt: skip
def test_what_is_no_value_is_refused(name, text, says):
    """What cannot be taken is answered by a sentence with the bounds."""
    with pytest.raises(ControlError, match=says):
        CONTROLS[name].read(text)


@given(st.text(max_size=60))
def test_no_text_breaks_a_control(text):
    """Any text is a value within the bounds or a refusal."""
    for control in CONTROLS.values():
        try:
            value = control.read(text)
        except ControlError:
            continue
        if control.kind in {"slider", "number"}:
            assert control.low <= value <= control.high
            control.argument(value)
            assert control.shown(value)


def test_a_power_and_a_stop_are_turned_into_numbers():
    """The function gets ten to the slider's value, and the stop at the slider's place."""
    assert CONTROLS["b"].argument(-2.0) == pytest.approx(0.01)
    assert CONTROLS["b"].shown(-2.0) == "0.01"
    assert (CONTROLS["h"].argument(2), CONTROLS["h"].shown(2), CONTROLS["h"].default) == (500, "500", 1)


def test_controls_survive_json():
    """What the process tells of a control is all that the faces need."""
    assert tuple(from_plain(json.loads(json.dumps(plain(c)))) for c in CONTROLS.values()) == tuple(
        CONTROLS.values()
    )


def no_default(n: Annotated[int, Slider(1, 2)]): ...
def no_control(n: int = 1): ...
def outside(n: Annotated[int, Slider(1, 2)] = 3): ...
def no_choice(n: Annotated[str, Choice({"a": "A"})] = "b"): ...
def endless(n: Annotated[str, Text(100_000)] = ""): ...
def no_stop(n: Annotated[int, Stops((1, 2))] = 3): ...


@pytest.mark.parametrize("function", [no_default, no_control, outside, no_choice, endless, no_stop])
def test_a_wrong_declaration_is_refused(function):
    """A control without default, kind or end, or whose default it would not take, cannot be declared."""
    with pytest.raises(ControlError, match="n "):
        controls_of(function)
