"""The controls of a playground: what a reader may change, how far, and what a text from a form means.

Each is an annotation of a parameter, so that the function's signature is the whole declaration:

    temperature: Annotated[float, Slider(0.1, 3, step=0.1)] = 1.0
"""

from __future__ import annotations

import inspect
import math
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, TypeAlias, get_args, get_origin, get_type_hints

Value: TypeAlias = "int | float | str | bool"
MOST_TEXT = 400
"""Characters that any text control takes at most."""


class ControlError(ValueError):
    """Raised when a control is declared wrongly, or a text is no value of it. The message says what it takes."""


@dataclass(frozen=True, slots=True)
class Slider:
    """A number on a line.

    Attributes:
        low, high: the ends, both included.
        step: the distance of its stops; 1 for whole numbers.
        label: what the reader reads; the parameter's name unless given.
        unit: the unit, shown after the value.
        power: whether the slider holds the exponent of ten, so that the function gets 10 to the value.
        plays: whether a button may move it to its end by itself.
    """

    low: float
    high: float
    step: float = 1
    label: str = ""
    unit: str = ""
    power: bool = False
    plays: bool = False


@dataclass(frozen=True, slots=True)
class Stops:
    """A slider over given values, in order; the function gets one of them, and its default is one of them."""

    stops: tuple[float, ...]
    label: str = ""
    unit: str = ""
    plays: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """A number to be typed, between two ends."""

    low: float
    high: float
    label: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few: what the function gets, and what the reader reads."""

    options: Mapping[str, str]
    label: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A text of at most so many characters."""

    most: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Tick:
    """Yes or no."""

    label: str


@dataclass(frozen=True, slots=True)
class Hidden:
    """Set by the answers of a `Question`, never by hand; a text of at most so many characters."""

    most: int = 40


Annotation: TypeAlias = Slider | Stops | Number | Choice | Text | Tick | Hidden
_KINDS: Mapping[type[Any], str] = {
    Slider: "slider", Stops: "slider", Number: "number", Choice: "choice", Text: "text", Tick: "tick", Hidden: "hidden",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Control:
    """One control as the faces know it.

    Attributes:
        name: the parameter, and the field of the form.
        kind: `slider`, `number`, `choice`, `text`, `tick` or `hidden`.
        label: what the reader reads.
        default: the first value, as the form holds it (of a slider with `power`, the exponent).
        whole: whether a number is whole.
        low, high, step, unit, power, stops, plays, most, options: see the annotations. The form holds a stop's place.
    """

    name: str
    kind: str
    label: str
    default: Value
    whole: bool = False
    low: float = -math.inf
    high: float = math.inf
    step: float = 1
    unit: str = ""
    power: bool = False
    stops: tuple[float, ...] = ()
    plays: bool = False
    most: int = 0
    options: Mapping[str, str] = field(default_factory=dict)

    def read(self, text: str) -> Value:
        """The value that a form's text means.

        Raises:
            ControlError: it is no value of this control.
        """
        if self.kind == "choice":
            if text not in self.options:
                raise ControlError(f"{self.label} is one of: {', '.join(self.options.values())}")
            return text
        if self.kind == "tick":
            return text not in {"", "0", "false", "off"}
        if self.kind in {"text", "hidden"}:
            if len(text) > self.most:
                raise ControlError(
                    f"{self.label} takes at most {self.most} characters; these are {len(text)}"
                )
            return "".join(c if unicodedata.category(c)[0] != "C" else " " for c in text)
        return self._number(text)

    def _number(self, text: str) -> Value:
        sentence = (
            f"{self.label} is a {'whole ' if self.whole else ''}number from {self.low:g} to {self.high:g}"
        )
        try:
            value = float(text[:40].strip().replace("−", "-").replace(",", "."))
        except ValueError:
            raise ControlError(sentence) from None
        if not self.low <= value <= self.high or (self.whole and value != int(value)):
            raise ControlError(sentence)
        return int(value) if self.whole else value

    def argument(self, value: Value) -> Value:
        """What the function gets for a value of the form."""
        if self.stops:
            return self.stops[int(value)]
        return 10.0 ** float(value) if self.power else value

    def shown(self, value: Value) -> str:
        """A number of this control as the reader sees it, with its unit."""
        number = float(self.argument(value))
        text = f"{number:.2g}" if self.power and number < 100 else f"{number:.6g}"
        return f"{text} {self.unit}".strip().replace("-", "−")

    @property
    def edges(self) -> tuple[Value, ...]:
        """The values besides the default that the linter tries."""
        if self.kind == "choice":
            every: tuple[Value, ...] = tuple(self.options)
        elif self.kind == "tick":
            every = (False, True)
        elif self.kind in {"text", "hidden"}:
            every = (
                "",
                *("".join(w[i % len(w)] for i in range(self.most)) for w in ("ab cab. ", "漢🙂é ", " ")),
            )
        else:
            make = int if self.whole else float
            every = (make(self.low), make(self.high))
        return tuple(dict.fromkeys(v for v in every if v != self.default))


def controls_of(function: Callable[..., Any]) -> tuple[Control, ...]:
    """The controls of a playground, from its signature.

    Raises:
        ControlError: a parameter has no default, no annotation of this module, or a default that it does not take.
    """
    hints = get_type_hints(function, include_extras=True)
    return tuple(_control(p, hints.get(p.name)) for p in inspect.signature(function).parameters.values())


def _control(argument: inspect.Parameter, hint: Any) -> Control:  # noqa: ANN401
    name, default = argument.name, argument.default
    if default is inspect.Parameter.empty:
        raise ControlError(f"{name} has no default; the first view needs one")
    inner, *extras = get_args(hint) if get_origin(hint) is Annotated else (hint,)
    found = next((e for e in extras if isinstance(e, Annotation)), None)
    if found is None:
        example = f"{name}: Annotated[float, Slider(0, 1, step=0.1)] = 0.5"
        raise ControlError(f"{name} needs a control, for example {example}")
    label = getattr(found, "label", "") or name.replace("_", " ")
    if isinstance(found, Stops):
        if default not in found.stops or len(found.stops) < 2:
            raise ControlError(f"{name} defaults to {default!r}, which is none of its stops")
        place, last = found.stops.index(default), len(found.stops) - 1
        return Control(name, "slider", label, place, whole=True, low=0, high=last, **_bounds(found))
    made = Control(name, _KINDS[type(found)], label, default, whole=inner is int, **_bounds(found))
    if isinstance(found, Text | Hidden) and not 0 < found.most <= MOST_TEXT:
        raise ControlError(f"{name} takes 1 to {MOST_TEXT} characters, not {found.most}")
    if made.kind in {"slider", "number"} and not (
        inner in {int, float}
        and math.isfinite(made.low)
        and math.isfinite(made.high)
        and made.low < made.high
    ):
        raise ControlError(f"{name} is an int or a float with two ends")
    try:
        made.read(str(default) if not isinstance(default, bool) else "1")
    except ControlError as error:
        raise ControlError(f"{name} defaults to {default!r}, but {error}") from error
    return made


def _bounds(found: Annotation) -> dict[str, Any]:
    names = ("low", "high", "step", "unit", "power", "stops", "plays", "most", "options")
    return {n: getattr(found, n) for n in names if hasattr(found, n)}


def plain(control: Control) -> dict[str, Any]:
    """The control as JSON knows it."""
    values = {n: getattr(control, n) for n in control.__slots__}
    return {n: v if not isinstance(v, float) or math.isfinite(v) else None for n, v in values.items()}


def from_plain(value: Mapping[str, Any]) -> Control:
    """The inverse of `plain`."""
    fields = {n: v for n, v in value.items() if v is not None}
    return Control(**fields | {"stops": tuple(fields["stops"])})
