"""From a value to bytes."""

from __future__ import annotations

import struct
import sys
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

import numpy as np

from .bounds import (
    COMPLEX,
    FLOAT,
    HEAD,
    INT,
    ITEM_SIZES,
    KINDS,
    MAX_DEPTH,
    MAX_FRAME,
    MAX_INT_BYTES,
    MAX_ITEMS,
    ProtocolError,
)
from .values import Code, Generator, Reference, Tensor

Outside = Callable[[object], object | None]
"""Turns a value the protocol has no tag for into one it has, or gives None."""


def encode(value: object, outside: Outside | None = None) -> bytes:
    """The value as bytes, without the length in front.

    Subclasses of plain types are reduced to the plain type by the base class's own methods, so a subclass
    that lies about itself is not asked. `outside` is offered everything else (the runner turns objects into
    references with it).

    Raises:
        ProtocolError: for a value that has no code, is too deep, too large or contains itself.
    """
    out: list[bytes] = []
    _Encoder(out, outside).put(value, 0)
    data = b"".join(out)
    if len(data) > MAX_FRAME:
        raise ProtocolError(f"the value takes {len(data)} bytes; at most {MAX_FRAME} may travel")
    return data


class _Encoder:
    """Writes one value. `open` holds the containers around the present one, to find a value inside itself."""

    def __init__(self, out: list[bytes], outside: Outside | None) -> None:
        self.write = out.append
        self.outside = outside
        self.open: set[int] = set()
        self.items = 0

    def put(self, value: object, depth: int) -> None:
        writer = _WRITERS.get(type(value))
        if writer is None:
            for base, found in _BASES:
                if issubclass(type(value), base):
                    writer = found
                    break
            else:
                self._other(value, depth)
                return
        writer(self, value, depth)

    def _other(self, value: object, depth: int) -> None:
        replaced = self.outside(value) if self.outside is not None else None
        if replaced is None or type(replaced) not in _WRITERS:
            raise ProtocolError(f"a value of type {type(value).__name__!r} cannot travel")
        self.put(replaced, depth)

    def none(self, _value: None, _depth: int) -> None:
        self.write(b"N")

    def boolean(self, value: bool, _depth: int) -> None:  # noqa: FBT001
        self.write(b"T" if value else b"F")

    def integer(self, value: int, _depth: int) -> None:
        value = int.__index__(value)
        if -(1 << 63) <= value < 1 << 63:
            self.write(b"i" + INT.pack(value))
            return
        size = value.bit_length() // 8 + 1
        if size > MAX_INT_BYTES:
            raise ProtocolError(f"an integer of {size} bytes; at most {MAX_INT_BYTES} are allowed")
        self.write(b"I" + HEAD.pack(size) + value.to_bytes(size, "big", signed=True))

    def real(self, value: float, _depth: int) -> None:
        self.write(b"f" + FLOAT.pack(value))

    def complex(self, value: complex, _depth: int) -> None:
        plain = complex.__pos__(value)
        self.write(b"c" + COMPLEX.pack(plain.real, plain.imag))

    def text(self, value: str, _depth: int) -> None:
        data = str.encode(value, "utf-8", "surrogatepass")
        self.write(b"s" + HEAD.pack(len(data)) + data)

    def octets(self, value: bytes | bytearray, _depth: int) -> None:
        data = memoryview(value).tobytes()
        self.write(b"b" + HEAD.pack(len(data)) + data)

    def list(self, value: list[object], depth: int) -> None:
        self._sequence(b"l", value, list.__iter__(value), list.__len__(value), depth)

    def tuple(self, value: tuple[object, ...], depth: int) -> None:
        self._sequence(b"t", value, tuple.__iter__(value), tuple.__len__(value), depth)

    def set(self, value: set[object], depth: int) -> None:
        self._sequence(b"S", value, set.__iter__(value), set.__len__(value), depth)

    def frozenset(self, value: frozenset[object], depth: int) -> None:
        self._sequence(b"Z", value, frozenset.__iter__(value), frozenset.__len__(value), depth)

    def dict(self, value: dict[object, object], depth: int) -> None:
        pairs = [part for pair in dict.items(value) for part in pair]
        self._sequence(b"d", value, iter(pairs), dict.__len__(value), depth, parts=2)

    def _sequence(  # noqa: PLR0917
        self, tag: bytes, value: object, items: Iterator[object], size: int, depth: int, parts: int = 1
    ) -> None:
        if depth >= MAX_DEPTH:
            raise ProtocolError(f"containers more than {MAX_DEPTH} deep")
        self.items += size * parts
        if self.items > MAX_ITEMS:
            raise ProtocolError(f"more than {MAX_ITEMS} items")
        if id(value) in self.open:
            raise ProtocolError("a container that contains itself")
        self.open.add(id(value))
        self.write(tag + HEAD.pack(size))
        for item in items:
            self.put(item, depth + 1)
        self.open.discard(id(value))

    def array(self, value: np.ndarray[Any, Any], _depth: int) -> None:
        plain = np.ndarray.view(value, np.ndarray) if type(value) is not np.ndarray else value
        kind, size = plain.dtype.kind, plain.dtype.itemsize
        if kind not in KINDS or size not in ITEM_SIZES[kind]:
            raise ProtocolError(f"an array of dtype {plain.dtype} cannot travel")
        if plain.nbytes > MAX_FRAME:
            raise ProtocolError(f"an array of {plain.nbytes} bytes; at most {MAX_FRAME} may travel")
        self.write(_head(kind, size, plain.shape) + _little(plain))

    def scalar(self, value: np.generic, _depth: int) -> None:
        plain = np.asarray(value)
        kind, size = plain.dtype.kind, plain.dtype.itemsize
        if kind not in KINDS or size not in ITEM_SIZES[kind]:
            raise ProtocolError(f"a NumPy scalar of dtype {plain.dtype} cannot travel")
        self.write(b"n" + kind.encode() + bytes((size,)) + _little(plain))

    def reference(self, value: Reference, depth: int) -> None:
        self.write(b"h")
        for part in (value.number, value.kind, value.name):
            self.put(part, depth)

    def code(self, value: Code, depth: int) -> None:
        self.write(b"x")
        self.put(value.source, depth)

    def generator(self, value: Generator, depth: int) -> None:
        self.write(b"g")
        self.put(value.seed, depth)

    def tensor(self, value: Tensor, depth: int) -> None:
        self.write(b"B" if value.brain else b"A")
        self.put(value.array, depth)


@lru_cache(maxsize=1024)
def _head(kind: str, size: int, shape: tuple[int, ...]) -> bytes:
    """What stands before an array's data."""
    return b"a" + kind.encode() + bytes((size, len(shape))) + struct.pack(f">{len(shape)}q", *shape)


def _little(plain: np.ndarray[Any, Any]) -> bytes:
    """An array's data in C order, little-endian."""
    if plain.dtype.isnative and sys.byteorder == "little":
        return plain.tobytes()
    return plain.astype(plain.dtype.newbyteorder("<")).tobytes()


_Writer = Callable[[_Encoder, Any, int], None]
_WRITERS: dict[type, _Writer] = {
    type(None): _Encoder.none, bool: _Encoder.boolean, int: _Encoder.integer, float: _Encoder.real,
    complex: _Encoder.complex, str: _Encoder.text, bytes: _Encoder.octets, bytearray: _Encoder.octets,
    list: _Encoder.list, tuple: _Encoder.tuple, dict: _Encoder.dict, set: _Encoder.set,
    frozenset: _Encoder.frozenset, np.ndarray: _Encoder.array, Reference: _Encoder.reference,
    Code: _Encoder.code, Generator: _Encoder.generator, Tensor: _Encoder.tensor,
}  # fmt: skip
_BASES: tuple[tuple[type, _Writer], ...] = (
    (np.generic, _Encoder.scalar),  # first: np.float64 is a float too
    (np.ndarray, _Encoder.array),
    *((base, writer) for base, writer in _WRITERS.items() if base.__module__ == "builtins"),
)
