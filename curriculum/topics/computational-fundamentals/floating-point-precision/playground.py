"""A number in a floating-point format: its bits, what is really stored, and what a sum loses. In exact fractions."""

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated

from cairn.playgrounds import Choice, Grid, Note, Refused, Scene, Table, Text, playground

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?")
WORDS = {"inf": "inf", "infinity": "inf", "∞": "inf", "nan": "nan"}


@dataclass(frozen=True)
class Format:
    """A binary format: how many bits of exponent and fraction, and whether its largest exponent means infinity."""

    name: str
    exponent: int
    fraction: int
    infinite: bool = True

    @property
    def bias(self):
        return 2 ** (self.exponent - 1) - 1

    @property
    def highest(self):
        """The greatest exponent of a finite number."""
        return 2**self.exponent - 1 - self.bias - (1 if self.infinite else 0)

    @property
    def lowest(self):
        """The exponent of the smallest normal number, and of all subnormal ones."""
        return 1 - self.bias

    @property
    def greatest(self):
        """The greatest finite number. E4M3 spends only the last pattern of its top exponent, on NaN."""
        top = 2 ** (self.fraction + 1) - (1 if self.infinite else 2)
        return Fraction(top) * Fraction(2) ** (self.highest - self.fraction)

    def spacing(self, x):
        """The distance between neighbours at x."""
        return Fraction(2) ** (max(self.lowest, exponent_of(x)) - self.fraction)

    def rounded(self, x):
        """The nearest number of the format, to even on a tie; `"inf"` or `"-inf"` beyond the greatest."""
        if x == 0:
            return Fraction(0)
        step = self.spacing(x)
        near = round(x / step) * step  # Python rounds a Fraction's tie to even
        if abs(near) <= self.greatest:
            return near
        if not self.infinite:
            return "nan"
        return "-inf" if x < 0 else "inf"

    def bits(self, x, *, negative=False):
        """Sign, exponent and fraction as texts of 0 and 1."""
        wide = self.exponent
        if x == "nan":
            return "0", "1" * wide, "1" * self.fraction
        if x in {"inf", "-inf"}:
            return ("1" if x == "-inf" else "0"), "1" * wide, "0" * self.fraction
        sign = "1" if x < 0 or (x == 0 and negative) else "0"
        x = abs(x)
        if x < Fraction(2) ** self.lowest:
            whole = int(x / self.spacing(x)) if x else 0
            return sign, "0" * wide, format(whole, f"0{self.fraction}b")
        e = exponent_of(x)
        whole = int(x / Fraction(2) ** (e - self.fraction)) - 2**self.fraction
        return sign, format(e + self.bias, f"0{wide}b"), format(whole, f"0{self.fraction}b")


FORMATS = {
    "fp64": Format("FP64", 11, 52),
    "fp32": Format("FP32", 8, 23),
    "bf16": Format("BF16", 8, 7),
    "fp16": Format("FP16", 5, 10),
    "e5m2": Format("FP8 E5M2", 5, 2),
    "e4m3": Format("FP8 E4M3", 4, 3, infinite=False),
}


def exponent_of(x):
    """The whole number e with 2^e ≤ |x| < 2^(e+1)."""
    x = abs(x)
    e = x.numerator.bit_length() - x.denominator.bit_length()
    return e if Fraction(2) ** e <= x else e - 1


def parsed(text, what):
    """The exact number that a text means, and whether it has a minus sign."""
    plain = text.strip().lower().replace("−", "-").replace("×10^", "e").replace(",", ".")
    if plain.lstrip("+-") in WORDS:
        raise Refused(f"{what} is a finite number; the formats make infinity and NaN themselves.")
    parts = plain.split("/")
    if len(parts) > 2 or not all(NUMBER.fullmatch(p.strip()) for p in parts):
        raise Refused(f"{what} is a number such as 0.1, -3e-5 or 1/3, with an exponent of at most three digits.")
    values = [Fraction(p.strip()) for p in parts]
    if len(values) == 2 and values[1] == 0:
        raise Refused(f"{what} divides by zero. Type another number.")
    return (values[0] / values[1] if len(values) == 2 else values[0]), plain.startswith("-")


def decimal(x, digits=17):
    """A fraction in decimals: exact if it is short, else so many digits and an ellipsis."""
    if isinstance(x, str):
        return {"inf": "∞", "-inf": "−∞", "nan": "NaN"}[x]
    if x == 0:
        return "0"
    sign, x = ("−" if x < 0 else ""), abs(x)
    power = decimal_exponent(x)
    scaled = x / Fraction(10) ** power * 10 ** (digits - 1)
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    text = str(whole)
    text = text.rstrip("0") if not rest else text
    more = "…" if rest else ""
    if -5 <= power < 12:
        if power < 0:
            return f"{sign}0.{'0' * (-power - 1)}{text}{more}"
        text = text.ljust(power + 1, "0")
        return f"{sign}{text[: power + 1]}{'.' if text[power + 1 :] else ''}{text[power + 1 :]}{more}"
    return f"{sign}{text[0]}{'.' if text[1:] else ''}{text[1:]}{more} · {power_of('10', power)}"


def power_of(base, e):
    """A power as it is printed."""
    return base + str(e).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))


def about(x, digits=3):
    """A fraction rounded to so many digits."""
    if isinstance(x, str) or not x:
        return decimal(x)
    e = int(decimal_exponent(x))
    unit = Fraction(10) ** (e - digits + 1)
    return decimal(round(x / unit) * unit, digits + 1)


def decimal_exponent(x):
    """The whole number e with 10^e ≤ |x| < 10^(e+1)."""
    x = abs(x)
    e = len(str(x.numerator)) - len(str(x.denominator))
    return e if Fraction(10) ** e <= x else e - 1


def relative(stored, exact):
    """The relative error in words."""
    if isinstance(stored, str) or exact == 0:
        return "–"
    error = abs(stored - exact) / abs(exact)
    return "0" if not error else about(error, 2)


@playground(
    "floating-point-explorer",
    "Floating-point explorer",
    "Type a number and see the bits that stand for it, what they really mean, and what is lost when another is added.",
    after="Statement",
    sources={
        "paper-goldberg": "sections on floating-point formats and rounding error",
        "paper-fp8": "Table 1: the two formats in eight bits",
        "paper-bfloat16-study": "the description of the format",
    },
)
def explorer(
    number: Annotated[str, Text(40)] = "0.1",
    kind: Annotated[str, Choice({k: f.name for k, f in FORMATS.items()}, label="format")] = "fp16",
    other: Annotated[str, Text(40, label="add")] = "1000",
) -> Scene:
    f = FORMATS[kind]
    exact, negative = parsed(number, "The number")
    stored = f.rounded(exact)
    sign, exponent, fraction = f.bits(stored, negative=negative)
    whole = sign + exponent + fraction
    shade = [1.0] + [0.55] * f.exponent + [0.15] * f.fraction
    per_row = 16 if len(whole) > 16 else len(whole)
    lines = [list(range(i, min(i + per_row, len(whole)))) for i in range(0, len(whole), per_row)]
    a, b = stored, f.rounded(parsed(other, "What is added")[0])
    if isinstance(a, str) or isinstance(b, str):
        total, loss = "nan", "One of the two is not finite in this format, and so is the sum."
    else:
        total = f.rounded(a + b)
        if isinstance(total, str):
            loss = f"The sum is beyond the greatest number, {about(f.greatest, 6)}: it overflows."
        elif total == b and a != 0:
            loss = f"The sum is {decimal(b)} again: the first number is less than half a step there, {about(f.spacing(b) / 2)}, and vanishes."
        elif total == a + b:
            loss = "The sum of the two stored numbers is exact."
        else:
            loss = f"The sum is off by {about(abs(total - a - b))}, at most half of the step there, {about(f.spacing(total or a))}."
    if isinstance(stored, str):
        says = f"{number.strip()} is beyond the greatest number of {f.name}, {about(f.greatest, 6)}, and becomes {decimal(stored)}."
    elif stored == exact:
        says = f"{number.strip()} is stored exactly in {f.name}."
    elif stored == 0:
        says = f"{number.strip()} is so small that {f.name} stores 0: underflow."
    else:
        says = f"{f.name} stores {decimal(stored)} in the place of {number.strip()}: off by {relative(stored, exact)} of its size."
    rows = []
    for g in FORMATS.values():
        kept = g.rounded(exact)
        gap = "–" if isinstance(kept, str) else about(g.spacing(kept or Fraction(2) ** g.lowest))
        rows.append((g.name, decimal(kept, 12), relative(kept, exact), gap, about(g.greatest, 5)))
    kinds = "subnormal" if set(exponent) == {"0"} and set(fraction) != {"0"} else "normal"
    parts = [
        Grid(
            f"{f.name}: 1 bit of sign, {f.exponent} of exponent, {f.fraction} of fraction",
            [[shade[i] for i in line] + [0.0] * (per_row - len(line)) for line in lines],
            [[whole[i] for i in line] + [""] * (per_row - len(line)) for line in lines],
            f"The bits are sign {sign}, exponent {exponent}, fraction {fraction}.",
        )
    ]
    if not isinstance(stored, str) and stored:
        e = max(f.lowest, exponent_of(stored))
        lead = "1" if kinds == "normal" else "0"
        parts.append(Note(
            f"A {kinds} number: {'−' if stored < 0 else ''}{lead}.{fraction} in binary, times {power_of('2', e)}; "
            f"the exponent field holds {int(exponent, 2)}, the bias is {f.bias}."
        ))
    return Scene(says, [
        *parts,
        Table("The same number elsewhere", ("format", "stored", "relative error", "step to its neighbour", "greatest number"), rows),
        Table(
            f"Adding {other.strip()} in {f.name}",
            ("", "value"),
            [("first, as stored", decimal(a)), ("second, as stored", decimal(b)), ("their sum, rounded", decimal(total))],
            strong=2,
        ),
        Note(loss),
    ])
