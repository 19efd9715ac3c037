"""The protocol: what is encoded comes back, and no bytes whatever do harm."""

from __future__ import annotations

import math
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.judge import protocol
from cairn.judge.protocol import (
    Code,
    Frames,
    Generator,
    ProtocolError,
    Reference,
    Tensor,
    decode,
    encode,
    frame,
)

KINDS = ("?", "i1", "i8", "u2", "f2", "f4", "f8", "c8", "c16")
scalars = (
    st.none() | st.booleans() | st.integers() | st.integers(-(1 << 400), 1 << 400) | st.floats() | st.text()
    | st.binary() | st.complex_numbers()
)  # fmt: skip
keys = st.none() | st.booleans() | st.integers() | st.text() | st.binary()
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.tuples(inner, inner)
    | st.dictionaries(keys, inner, max_size=4)
    | st.sets(keys, max_size=4) | st.frozensets(keys, max_size=4),
    max_leaves=12,
)  # fmt: skip


@st.composite
def arrays(draw):
    """Small arrays of every kind that travels, some of them not contiguous."""
    shape = tuple(draw(st.lists(st.integers(0, 3), max_size=4)))
    kind = np.dtype(draw(st.sampled_from(KINDS)))
    raw = draw(
        st.binary(min_size=math.prod(shape) * kind.itemsize, max_size=math.prod(shape) * kind.itemsize)
    )
    array = np.frombuffer(raw, dtype=kind if kind != np.bool_ else np.uint8).reshape(shape).astype(kind)
    return array.T if draw(st.booleans()) else array


def alike(one, other):
    """Equality that takes NaN for equal to itself and looks at types."""
    if type(one) is not type(other):
        return False
    if isinstance(one, float):
        return struct.pack("d", one) == struct.pack("d", other) or (one != one and other != other)
    if isinstance(one, complex):
        return alike(one.real, other.real) and alike(one.imag, other.imag)
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(alike, one, other))
    if isinstance(one, dict):
        return list(map(repr, one)) == list(map(repr, other)) and all(alike(one[k], other[k]) for k in one)
    return one == other


@given(values)
def test_plain_values_come_back_as_they_were(value):
    """Decoding what was encoded gives the same value of the same type."""
    assert alike(decode(encode(value)), value)


@given(arrays())
def test_arrays_come_back_bit_for_bit(array):
    """Shape, dtype and every bit survive, whatever the memory layout was."""
    found = decode(encode(array))

    assert (found.shape, found.dtype) == (array.shape, array.dtype)
    assert found.tobytes() == array.tobytes()
    assert found.flags.writeable


@given(st.sampled_from(KINDS))
def test_numpy_scalars_keep_their_dtype(kind):
    """A NumPy scalar comes back as a NumPy scalar."""
    value = np.ones((), dtype=kind)[()]

    assert decode(encode(value)).dtype == value.dtype


@pytest.mark.parametrize(
    "value", [Reference(7, "object", "Adam"), Code("lambda x: x"), Generator(3), [Reference(1, "class", "é")]]
)
def test_special_values_come_back(value):
    """References, expressions and generators travel."""
    assert decode(encode(value)) == value


@pytest.mark.parametrize("brain", [False, True])
def test_tensors_are_arrays_with_a_flag(brain):
    """A tensor arrives as its array and whether it was a bfloat16."""
    found = decode(encode(Tensor(np.arange(3.0), brain=brain)))

    assert isinstance(found, Tensor)
    assert found.brain is brain
    assert found.array.tolist() == [0, 1, 2]


def test_subclasses_are_reduced_without_being_asked():
    """A subclass that lies about itself travels as the plain value it holds."""

    class Float(float):
        def __float__(self):
            raise AssertionError

        def __eq__(self, other):
            raise AssertionError

        __hash__ = None

    class List(list):
        def __iter__(self):
            raise AssertionError

        def __len__(self):
            raise AssertionError

    class Text(str):
        def encode(self, *_):
            raise AssertionError

    class Array(np.ndarray):
        def astype(self, *_, **__):
            raise AssertionError

    lies = [Float(1.5), List([1, 2]), Text("x"), np.ones(2).view(Array)]

    assert decode(encode(lies))[:3] == [1.5, [1, 2], "x"]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (object(), "cannot travel"),
        (np.array([object()]), "dtype object"),
        (np.zeros(1, dtype=[("a", "i4")]), "cannot travel"),
        (np.zeros(1, dtype="datetime64[s]"), "cannot travel"),
        (1 << (8 * protocol.MAX_INT_BYTES), "integer"),
    ],
    ids=["object", "objects", "records", "dates", "integer"],
)
def test_what_has_no_code_is_refused(value, message):
    """Objects, records and dates do not travel."""
    with pytest.raises(ProtocolError, match=message):
        encode(value)


def test_a_container_inside_itself_is_refused():
    """A list that contains itself is found before the stack is."""
    value = []
    value.append([value])

    with pytest.raises(ProtocolError, match="contains itself"):
        encode(value)


def test_depth_is_bounded_on_both_sides():
    """Neither side follows containers deeper than the bound."""
    value = 0
    for _ in range(protocol.MAX_DEPTH + 1):
        value = [value]

    with pytest.raises(ProtocolError, match="deep"):
        encode(value)
    with pytest.raises(ProtocolError, match="deep"):
        decode(b"l\0\0\0\1" * 5000 + b"N")


HOSTILE = {
    "nothing": b"",
    "unknown tag": b"q",
    "trailing bytes": b"NN",
    "short integer": b"i\0",
    "long text": b"s\xff\xff\xff\xffabc",
    "text that is not UTF-8": b"s\0\0\0\1\xff",
    "list of four thousand million": b"l\xff\xff\xff\xff",
    "dict of half a pair": b"d\0\0\0\1N",
    "list as a key": b"S\0\0\0\1l\0\0\0\0",
    "array of objects": b"aO\x08\x01" + struct.pack(">q", 1) + b"\0" * 8,
    "array of text": b"aU\x04\x01" + struct.pack(">q", 1) + b"\0" * 4,
    "float of three bytes": b"af\x03\x00\0\0\0",
    "long double": b"af\x10\x00" + b"\0" * 16,
    "negative shape": b"af\x08\x01" + struct.pack(">q", -1),
    "shape that wraps round": b"af\x08\x02" + struct.pack(">qq", 1 << 62, 4),
    "shape that wraps round to nothing": b"af\x08\x03" + struct.pack(">qqq", 1 << 62, 4, 0),
    "two hundred dimensions": b"af\x08\xc8" + struct.pack(">q", 1) * 200,
    "giant integer": b"I\xff\xff\xff\xff",
    "reference without a number": b"hNs\0\0\0\0s\0\0\0\0",
    "tensor of text": b"As\0\0\0\0",
    "generator of text": b"gs\0\0\0\0",
    "pickle": b"cos\nsystem\n(S'true'\ntR.",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_bytes_are_refused(name):
    """Each breaks a rule and is refused by a typed error, at once."""
    with pytest.raises(ProtocolError):
        decode(HOSTILE[name])


def test_colliding_keys_are_refused():
    """Keys chosen to share a hash do not hold the driver."""
    with pytest.raises(ProtocolError, match="collide"):
        decode(encode({k * (2**61 - 1): 0 for k in range(1, 300)}))


@given(st.binary(max_size=200))
def test_random_bytes_give_a_value_or_the_error(data):
    """Nothing but a value or a ProtocolError comes of any bytes."""
    try:
        decode(data)
    except ProtocolError:
        return


@given(values, st.data())
def test_damaged_values_give_a_value_or_the_error(value, data):
    """Changing, cutting or repeating bytes of a right message does no harm."""
    whole = bytearray(encode(value))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(whole)))
    for damaged in (bytes(whole), bytes(whole[:cut]), bytes(whole[cut:])):
        try:
            decode(damaged)
        except ProtocolError:
            continue


@given(st.lists(st.binary(max_size=50), max_size=6), st.data())
def test_frames_come_out_however_the_stream_was_split(messages, data):
    """Frames are found again from any pieces of the stream."""
    stream = b"".join(frame(m) for m in messages)
    frames, found = Frames(), []
    while stream:
        size = data.draw(st.integers(1, len(stream)))
        frames.feed(stream[:size])
        stream = stream[size:]
        while (message := frames.next()) is not None:
            found.append(message)

    assert found == messages
    assert frames.rest == 0


def test_a_giant_frame_is_refused_by_its_length():
    """The length is looked at before the rest is waited for."""
    frames = Frames(limit=1000)
    frames.feed(struct.pack(">I", 1001))

    with pytest.raises(ProtocolError, match="at most 1000"):
        frames.next()
