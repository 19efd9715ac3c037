"""The parameters of a check: what a reader may change, and how far."""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeAlias, get_args, get_origin, get_type_hints

Value: TypeAlias = "int | float | str | bool"


class ParameterError(ValueError):
    """Raised when a value is not one a parameter takes. The message says which it takes."""


@dataclass(frozen=True, slots=True)
class Range:
    """The least and the greatest value of a number: `d: Annotated[int, Range(1, 512)] = 64`."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a check.

    Attributes:
        name: the argument's name.
        kind: `int`, `float`, `bool` or `choice`.
        default: the value of the first view.
        low, high: bounds of a number.
        choices: what a choice may be.
    """

    name: str
    kind: str
    default: Value
    low: float = -math.inf
    high: float = math.inf
    choices: tuple[str, ...] = ()

    @property
    def edges(self) -> tuple[Value, ...]:
        """The values besides the default that are tried before a page is accepted."""
        if self.kind == "choice":
            every: tuple[Value, ...] = self.choices
        elif self.kind == "bool":
            every = (False, True)
        else:
            make = int if self.kind == "int" else float
            every = (make(self.low), make(self.high))
        return tuple(v for v in every if v != self.default)

    def read(self, text: str) -> Value:
        """The value that a reader's text means.

        Raises:
            ParameterError: it is no value of this parameter.
        """
        if self.kind == "choice":
            if text not in self.choices:
                raise ParameterError(f"{self.name} is one of {', '.join(self.choices)}")
            return text
        if self.kind == "bool":
            return text not in {"", "0", "false", "off"}
        try:
            value: int | float = int(text[:20]) if self.kind == "int" else float(text[:40])
        except ValueError:
            word = "a whole number" if self.kind == "int" else "a number"
            raise ParameterError(f"{self.name} is {word} from {self.low:g} to {self.high:g}") from None
        if not self.low <= value <= self.high:
            raise ParameterError(f"{self.name} lies between {self.low:g} and {self.high:g}")
        return value


def parameters_of(function: Callable[..., Any]) -> tuple[Parameter, ...]:
    """The parameters of a check, from its signature after `rng`.

    Raises:
        ParameterError: one has no default, no range or a type that is none of int, float, bool, Literal.
    """
    signature = inspect.signature(function)
    names = list(signature.parameters)
    if not names or names[0] != "rng":
        raise ParameterError(
            f"{function.__name__} takes rng, a numpy generator, as its first argument, used or not"
        )
    hints = get_type_hints(function, include_extras=True)
    return tuple(_parameter(signature.parameters[n], hints.get(n)) for n in names[1:])


def _parameter(argument: inspect.Parameter, hint: Any) -> Parameter:  # noqa: ANN401
    name, default = argument.name, argument.default
    if default is inspect.Parameter.empty:
        raise ParameterError(f"{name} has no default; the first view needs one")
    if get_origin(hint) is Literal:
        choices = tuple(map(str, get_args(hint)))
        if default not in choices:
            raise ParameterError(f"{name} defaults to {default!r}, which is none of its choices")
        return Parameter(name, "choice", default, choices=choices)
    if hint is bool:
        return Parameter(name, "bool", bool(default))
    inner, *extras = get_args(hint) if get_origin(hint) is Annotated else (hint,)
    bounds = next((e for e in extras if isinstance(e, Range)), None)
    if inner not in {int, float} or bounds is None:
        example = f"{name}: Annotated[int, Range(1, 100)] = 10"
        raise ParameterError(
            f"{name} needs a type a reader can set, for example {example}, a Literal or a bool"
        )
    if not bounds.low <= default <= bounds.high:
        raise ParameterError(f"{name} defaults to {default!r}, outside {bounds.low:g} to {bounds.high:g}")
    return Parameter(name, inner.__name__, default, bounds.low, bounds.high)


def plain(parameter: Parameter) -> dict[str, Any]:
    """The parameter as JSON knows it."""
    bounds = {} if parameter.kind in {"bool", "choice"} else {"low": parameter.low, "high": parameter.high}
    return {
        "name": parameter.name, "kind": parameter.kind, "default": parameter.default,
        "choices": list(parameter.choices), **bounds,
    }  # fmt: skip


def from_plain(value: Mapping[str, Any]) -> Parameter:
    """The inverse of `plain`."""
    return Parameter(
        value["name"], value["kind"], value["default"],
        float(value.get("low", -math.inf)), float(value.get("high", math.inf)), tuple(value["choices"]),
    )  # fmt: skip
