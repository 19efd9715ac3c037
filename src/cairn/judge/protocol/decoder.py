"""From bytes to a value, trusting nothing."""

from __future__ import annotations

import math
import struct
import sys
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from .bounds import (
    COMPLEX,
    FLOAT,
    HEAD,
    INT,
    ITEM_SIZES,
    MAX_DEPTH,
    MAX_DIMENSIONS,
    MAX_FRAME,
    MAX_INT_BYTES,
    MAX_ITEMS,
    ProtocolError,
)
from .values import Code, Generator, Reference, Tensor


def decode(data: bytes | bytearray | memoryview) -> Any:  # any plain value
    """The value the bytes stand for.

    Raises:
        ProtocolError: when they break any rule of the protocol, whatever they are.
    """
    decoder = _Decoder(memoryview(data))
    value = decoder.value(0)
    if decoder.at != len(decoder.data):
        raise ProtocolError(f"{len(decoder.data) - decoder.at} bytes after the value")
    return value


class _Decoder:
    """Reads one value from a frame."""

    def __init__(self, data: memoryview) -> None:
        self.data = data
        self.at = 0
        self.items = 0

    def take(self, size: int) -> memoryview:
        end = self.at + size
        if end > len(self.data):
            raise ProtocolError(f"{size} bytes announced, {len(self.data) - self.at} left")
        found = self.data[self.at : end]
        self.at = end
        return found

    def value(self, depth: int) -> Any:
        tag = self.take(1)[0]
        reader = _READERS.get(tag)
        if reader is None:
            raise ProtocolError(f"no value has the tag {tag:#04x}")
        return reader(self, depth)

    def head(self) -> int:
        size: int = HEAD.unpack(self.take(4))[0]
        return size

    def integer(self, _depth: int) -> int:
        value: int = INT.unpack(self.take(8))[0]
        return value

    def big(self, _depth: int) -> int:
        size = self.head()
        if size > MAX_INT_BYTES:
            raise ProtocolError(f"an integer of {size} bytes; at most {MAX_INT_BYTES} are allowed")
        return int.from_bytes(self.take(size), "big", signed=True)

    def real(self, _depth: int) -> float:
        value: float = FLOAT.unpack(self.take(8))[0]
        return value

    def complex(self, _depth: int) -> complex:
        real, imag = COMPLEX.unpack(self.take(16))
        return complex(real, imag)

    def text(self, _depth: int) -> str:
        try:
            return str(self.take(self.head()), "utf-8", "surrogatepass")
        except UnicodeDecodeError as error:
            raise ProtocolError("text that is not UTF-8") from error

    def octets(self, _depth: int) -> bytes:
        return self.take(self.head()).tobytes()

    def sequence(self, depth: int, parts: int = 1) -> list[Any]:
        if depth >= MAX_DEPTH:
            raise ProtocolError(f"containers more than {MAX_DEPTH} deep")
        size = self.head() * parts
        self.items += size
        if size > len(self.data) - self.at or self.items > MAX_ITEMS:
            raise ProtocolError(f"a container of {size} items in a frame of {len(self.data)} bytes")
        return [self.value(depth + 1) for _ in range(size)]

    def tuple(self, depth: int) -> tuple[Any, ...]:
        return tuple(self.sequence(depth))

    def set(self, depth: int) -> set[Any]:
        items = self.sequence(depth)
        _check_keys(items)
        return set(items)

    def frozenset(self, depth: int) -> frozenset[Any]:
        return frozenset(self.set(depth))

    def dict(self, depth: int) -> dict[Any, Any]:
        parts = self.sequence(depth, parts=2)
        keys = parts[::2]
        _check_keys(keys)
        return dict(zip(keys, parts[1::2], strict=True))

    def dtype(self) -> np.dtype[Any]:
        kind, size = self.take(2)
        found = _DTYPES.get((kind, size))
        if found is None:
            raise ProtocolError(f"no dtype of kind {chr(kind)!r} with {size} bytes")
        return found

    def array(self, _depth: int) -> np.ndarray[Any, Any]:
        dtype = self.dtype()
        ndim = self.take(1)[0]
        if ndim > MAX_DIMENSIONS:
            raise ProtocolError(f"an array of {ndim} dimensions; at most {MAX_DIMENSIONS} are allowed")
        shape = struct.unpack(f">{ndim}q", self.take(8 * ndim))
        if ndim and min(shape) < 0:
            raise ProtocolError(f"an array of shape {shape}")
        # Python's integers do not overflow, so a shape whose product would wrap round is simply too large.
        if math.prod(n or 1 for n in shape) * dtype.itemsize > MAX_FRAME:
            raise ProtocolError(f"an array of shape {shape} and dtype {dtype}")
        raw = self.take(math.prod(shape) * dtype.itemsize)
        return _native(np.frombuffer(raw, dtype=dtype).reshape(shape))

    def scalar(self, _depth: int) -> np.generic:
        dtype = self.dtype()
        found: np.generic = _native(np.frombuffer(self.take(dtype.itemsize), dtype=dtype))[0]
        return found

    def reference(self, depth: int) -> Reference:
        return Reference(self._part(int, depth), self._part(str, depth), self._part(str, depth))

    def code(self, depth: int) -> Code:
        return Code(self._part(str, depth))

    def generator(self, depth: int) -> Generator:
        return Generator(self._part(int, depth))

    def tensor(self, depth: int) -> Tensor:
        return Tensor(self._part(np.ndarray, depth))

    def brain(self, depth: int) -> Tensor:
        return Tensor(self._part(np.ndarray, depth), brain=True)

    def _part(self, wanted: type, depth: int) -> Any:
        tag = bytes(self.data[self.at : self.at + 1])
        if tag not in _PARTS[wanted]:
            raise ProtocolError(f"a {wanted.__name__} was to come, not the tag {tag!r}")
        return self.value(depth)


_DTYPES = {
    (ord(letter), size): np.dtype(f"<{letter}{size}")
    for letter, sizes in ITEM_SIZES.items()
    for size in sizes
}
_Reader = Callable[[_Decoder, int], Any]
_READERS: Mapping[int, _Reader] = {
    ord("N"): lambda _d, _n: None, ord("T"): lambda _d, _n: True, ord("F"): lambda _d, _n: False,
    ord("i"): _Decoder.integer, ord("I"): _Decoder.big, ord("f"): _Decoder.real, ord("c"): _Decoder.complex,
    ord("s"): _Decoder.text, ord("b"): _Decoder.octets, ord("l"): _Decoder.sequence, ord("t"): _Decoder.tuple,
    ord("S"): _Decoder.set, ord("Z"): _Decoder.frozenset, ord("d"): _Decoder.dict, ord("a"): _Decoder.array,
    ord("n"): _Decoder.scalar, ord("h"): _Decoder.reference, ord("x"): _Decoder.code,
    ord("g"): _Decoder.generator, ord("A"): _Decoder.tensor, ord("B"): _Decoder.brain,
}  # fmt: skip
_PARTS: dict[type, tuple[bytes, ...]] = {int: (b"i", b"I"), str: (b"s",), np.ndarray: (b"a",)}


def _native(array: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """A writable copy in the machine's own byte order; the frame's memory is let go."""
    return array.astype(array.dtype.newbyteorder("="), copy=True) if sys.byteorder == "big" else array.copy()


def _check_keys(keys: list[Any]) -> None:
    """Refuse keys that cannot be hashed, or that were chosen so that many share one hash.

    The hashes of numbers are predictable, so a few thousand colliding ones would hold the driver for minutes.
    """
    try:
        hashes = {hash(key) for key in keys}
    except TypeError as error:
        raise ProtocolError("a container as a key") from error
    if len(keys) - len(hashes) > 64:
        raise ProtocolError("keys whose hashes collide")
