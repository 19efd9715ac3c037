"""The numbers of the floating-point explorer, against computations that share nothing with them."""

from __future__ import annotations

import math
import struct
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cairn.playgrounds.scene import Refused
from tests.playgrounds.reading import scene


@settings(max_examples=150, deadline=None)
@given(st.floats(allow_nan=False, allow_infinity=False) | st.floats(-70000, 70000) | st.floats(-1e-6, 1e-6))
def test_rounding_and_bits(shipped, x):
    """FP64, FP32 and FP16 agree with NumPy in the stored value and in every bit."""
    names, _ = shipped["floating-point-precision"]
    exact = Fraction(x)
    for kind, dtype, code in (
        ("fp64", np.float64, ">d"),
        ("fp32", np.float32, ">f"),
        ("fp16", np.float16, ">e"),
    ):
        f = names["FORMATS"][kind]
        with np.errstate(over="ignore"):
            want = dtype(x)
        stored = f.rounded(exact)
        assert float(stored) == float(want)
        bits = "".join(f.bits(stored, negative=math.copysign(1, x) < 0 and x == 0))
        if stored != 0:
            packed = want.tobytes()[::-1]
            assert bits == "".join(f"{b:08b}" for b in packed)
            assert len(bits) == 8 * struct.calcsize(code)


def every_value(exponent, fraction, *, infinite):
    """All finite numbers of a format, by reading every pattern of bits."""
    bias, found = 2 ** (exponent - 1) - 1, []
    for e in range(2**exponent):
        for m in range(2**fraction):
            if e == 2**exponent - 1 and (infinite or m == 2**fraction - 1):
                continue
            size = Fraction(m, 2**fraction) + (1 if e else 0)
            found.append((size * Fraction(2) ** ((e or 1) - bias), e, m))
    return found


@pytest.mark.parametrize(("kind", "infinite"), [("e4m3", False), ("e5m2", True)])
@settings(max_examples=80, deadline=None)
@given(x=st.floats(-500, 500) | st.floats(-0.02, 0.02))
def test_eight_bits(shipped, kind, infinite, x):
    """The stored number is the nearest of all patterns, the even one of two."""
    names, _ = shipped["floating-point-precision"]
    f = names["FORMATS"][kind]
    every = every_value(f.exponent, f.fraction, infinite=infinite)
    assert f.greatest == max(v for v, _, _ in every)
    exact = abs(Fraction(x))
    if exact > f.greatest:
        return
    value, e, m = min(every, key=lambda v: (abs(v[0] - exact), v[2] % 2))
    assert abs(f.rounded(Fraction(x))) == value
    assert f.bits(value) == ("0", f"{e:0{f.exponent}b}", f"{m:0{f.fraction}b}")


@given(st.floats(-3e38, 3e38))
def test_bf16_is_fp32_rounded_to_sixteen_bits(shipped, x):
    """BF16 by hand: add half of the last kept bit to FP32's pattern, and cut."""
    x = float(np.float32(x))
    (pattern,) = struct.unpack(">I", struct.pack(">f", x))
    kept = (pattern + 0x7FFF + (pattern >> 16 & 1)) >> 16
    want = struct.unpack(">f", struct.pack(">I", (kept << 16) & 0xFFFFFFFF))[0]
    names, _ = shipped["floating-point-precision"]
    stored = names["FORMATS"]["bf16"].rounded(Fraction(x))

    assert (math.copysign(math.inf, x) if stored in {"inf", "-inf"} else float(stored)) == want


def test_floating_point_words(shipped):
    """A tenth, a vanishing sum, an overflow and an exact number are said as they are."""
    topic = "floating-point-precision"

    assert (
        "stores 0.0999755859375 in the place of 0.1" in scene(shipped, topic, number="0.1", kind="fp16").says
    )
    assert any(
        "vanishes" in p.text
        for p in scene(shipped, topic, number="1", kind="fp16", other="4096").parts
        if hasattr(p, "text")
    )
    assert (
        "greatest number of FP16, 65504, and becomes ∞"
        in scene(shipped, topic, number="7e4", kind="fp16").says
    )
    assert "stored exactly in BF16" in scene(shipped, topic, number="-0.5", kind="bf16").says
    assert "underflow" in scene(shipped, topic, number="1e-9", kind="fp16").says
    for wrong in ("nan", "x", "1/0", "1e9999", "", "--1", "1/2/3"):
        with pytest.raises(Refused):
            scene(shipped, topic, number=wrong)
