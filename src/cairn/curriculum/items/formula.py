"""A formula as a tree, and the error of an answer that cannot be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


class AnswerError(ValueError):
    """Raised when an answer cannot be read. Its text says why, to the person who gave it."""


@dataclass(frozen=True, slots=True)
class Num:
    """A number."""

    value: float
    text: str


@dataclass(frozen=True, slots=True)
class Var:
    """A named variable or constant."""

    name: str


@dataclass(frozen=True, slots=True)
class Op:
    """An operator with its operands: + - * / ^ @ (matrix product), .* (elementwise), neg, T (transpose)."""

    sign: str
    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A function of some arguments."""

    name: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """Values in brackets: a vector, or a matrix of rows."""

    members: tuple[Node, ...]


Node: TypeAlias = Num | Var | Op | Call | Row
