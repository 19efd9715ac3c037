"""The framed protocol between the driver and the learner's process: a tagged binary code for plain values.

Both sides run this very file. It needs the standard library and NumPy, nothing else, and it never unpickles,
never looks a type up by name and never calls a method of a value it encodes: `docs/judge.md` describes the
bytes for another language.

A frame is a length (four bytes, big-endian) and that many bytes of one encoded value. Decoding trusts
nothing: every length is checked against what is left of the frame before anything is allocated.
"""

from __future__ import annotations

import math
import struct
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

VERSION = 1
MAX_FRAME = 64 << 20
MAX_DEPTH = 32
MAX_ITEMS = 1_000_000
MAX_INT_BYTES = 4096
MAX_DIMENSIONS = 32
KINDS = "biufc"

_LENGTH = struct.Struct(">I")
_INT = struct.Struct(">q")
_FLOAT = struct.Struct(">d")
_COMPLEX = struct.Struct(">dd")
_HEAD = struct.Struct(">I")
_ITEM_SIZES = {"b": {1}, "i": {1, 2, 4, 8}, "u": {1, 2, 4, 8}, "f": {2, 4, 8}, "c": {8, 16}}


class ProtocolError(ValueError):
    """The bytes are not a value this protocol allows. The message says which rule they break."""


@dataclass(frozen=True, slots=True)
class Reference:
    """An object that stays in the learner's process, spoken of by number.

    Attributes:
        number: its number there.
        kind: "object", "function" or "class".
        name: the name of its class, or its own name; untrusted text.
    """

    number: int
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Code:
    """A Python expression the learner's process evaluates: how a learner's function is given a function."""

    source: str


@dataclass(frozen=True, slots=True)
class Generator:
    """A NumPy generator with this seed, made afresh where it arrives."""

    seed: int


@dataclass(frozen=True, slots=True, eq=False)
class Tensor:
    """A torch tensor as an array. `brain` is true for bfloat16, whose numbers travel as float32."""

    array: np.ndarray[Any, Any]
    brain: bool = False


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


def frame(data: bytes) -> bytes:
    """The bytes with their length in front."""
    return _LENGTH.pack(len(data)) + data


class Frames:
    """Cuts a stream of bytes into frames, however it was split on the way."""

    def __init__(self, limit: int = MAX_FRAME) -> None:
        self.limit = limit
        self._kept = bytearray()

    def feed(self, data: bytes) -> None:
        """Take in what arrived."""
        self._kept += data

    def next(self) -> bytes | None:
        """The next whole frame, or None when more bytes are needed.

        Raises:
            ProtocolError: as soon as a length is beyond the limit, before the rest is waited for.
        """
        if len(self._kept) < _LENGTH.size:
            return None
        (size,) = _LENGTH.unpack_from(self._kept)
        if size > self.limit:
            raise ProtocolError(f"a frame of {size} bytes; at most {self.limit} are allowed")
        end = _LENGTH.size + size
        if len(self._kept) < end:
            return None
        found = bytes(self._kept[_LENGTH.size : end])
        del self._kept[:end]
        return found

    @property
    def rest(self) -> int:
        """How many bytes wait for the remainder of their frame."""
        return len(self._kept)


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
            self.write(b"i" + _INT.pack(value))
            return
        size = value.bit_length() // 8 + 1
        if size > MAX_INT_BYTES:
            raise ProtocolError(f"an integer of {size} bytes; at most {MAX_INT_BYTES} are allowed")
        self.write(b"I" + _HEAD.pack(size) + value.to_bytes(size, "big", signed=True))

    def real(self, value: float, _depth: int) -> None:
        self.write(b"f" + _FLOAT.pack(value))

    def complex(self, value: complex, _depth: int) -> None:
        plain = complex.__pos__(value)
        self.write(b"c" + _COMPLEX.pack(plain.real, plain.imag))

    def text(self, value: str, _depth: int) -> None:
        data = str.encode(value, "utf-8", "surrogatepass")
        self.write(b"s" + _HEAD.pack(len(data)) + data)

    def octets(self, value: bytes | bytearray, _depth: int) -> None:
        data = memoryview(value).tobytes()
        self.write(b"b" + _HEAD.pack(len(data)) + data)

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
        self.write(tag + _HEAD.pack(size))
        for item in items:
            self.put(item, depth + 1)
        self.open.discard(id(value))

    def array(self, value: np.ndarray[Any, Any], _depth: int) -> None:
        plain = np.ndarray.view(value, np.ndarray) if type(value) is not np.ndarray else value
        kind, size = plain.dtype.kind, plain.dtype.itemsize
        if kind not in KINDS or size not in _ITEM_SIZES[kind]:
            raise ProtocolError(f"an array of dtype {plain.dtype} cannot travel")
        if plain.nbytes > MAX_FRAME:
            raise ProtocolError(f"an array of {plain.nbytes} bytes; at most {MAX_FRAME} may travel")
        little = plain.astype(plain.dtype.newbyteorder("<"), copy=False)
        dims = b"".join(_INT.pack(n) for n in plain.shape)
        self.write(b"a" + kind.encode() + bytes((size, plain.ndim)) + dims + little.tobytes())

    def scalar(self, value: np.generic, _depth: int) -> None:
        plain = np.asarray(value)
        kind, size = plain.dtype.kind, plain.dtype.itemsize
        if kind not in KINDS or size not in _ITEM_SIZES[kind]:
            raise ProtocolError(f"a NumPy scalar of dtype {plain.dtype} cannot travel")
        little = plain.astype(plain.dtype.newbyteorder("<"), copy=False)
        self.write(b"n" + kind.encode() + bytes((size,)) + little.tobytes())

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
        size: int = _HEAD.unpack(self.take(4))[0]
        return size

    def integer(self, _depth: int) -> int:
        value: int = _INT.unpack(self.take(8))[0]
        return value

    def big(self, _depth: int) -> int:
        size = self.head()
        if size > MAX_INT_BYTES:
            raise ProtocolError(f"an integer of {size} bytes; at most {MAX_INT_BYTES} are allowed")
        return int.from_bytes(self.take(size), "big", signed=True)

    def real(self, _depth: int) -> float:
        value: float = _FLOAT.unpack(self.take(8))[0]
        return value

    def complex(self, _depth: int) -> complex:
        real, imag = _COMPLEX.unpack(self.take(16))
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
        letter = chr(kind)
        if letter not in _ITEM_SIZES or size not in _ITEM_SIZES[letter]:
            raise ProtocolError(f"no dtype of kind {letter!r} with {size} bytes")
        return np.dtype(f"<{letter}{size}")

    def array(self, _depth: int) -> np.ndarray[Any, Any]:
        dtype = self.dtype()
        ndim = self.take(1)[0]
        if ndim > MAX_DIMENSIONS:
            raise ProtocolError(f"an array of {ndim} dimensions; at most {MAX_DIMENSIONS} are allowed")
        shape = tuple(self.integer(0) for _ in range(ndim))
        if any(n < 0 for n in shape):
            raise ProtocolError(f"an array of shape {shape}")
        # Python's integers do not overflow, so a shape whose product would wrap round is simply too large.
        if math.prod(n for n in shape if n) * dtype.itemsize > MAX_FRAME:
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
