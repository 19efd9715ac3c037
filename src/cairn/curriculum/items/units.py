"""Units of measure that an answer may carry, and how they convert."""

from __future__ import annotations

import re

from cairn.curriculum.items.algebra import AnswerError

_DECIMAL = {"": 1.0, "k": 1e3, "K": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "P": 1e15, "E": 1e18}
_BINARY = {"Ki": 2.0**10, "Mi": 2.0**20, "Gi": 2.0**30, "Ti": 2.0**40}
_TABLE: dict[str, tuple[str, float]] = {
    **{f"{p}B": ("memory", f) for p, f in {**_DECIMAL, **_BINARY}.items()},
    **{f"{p}bit": ("memory", f / 8) for p, f in {**_DECIMAL, **_BINARY}.items()},
    **{f"{p}FLOP": ("operations", f) for p, f in _DECIMAL.items()},
    **{f"{p}FLOPs": ("operations", f) for p, f in _DECIMAL.items()},
    **{f"{p}FLOP/s": ("rate", f) for p, f in _DECIMAL.items()},
    **{f"{p}B/s": ("bandwidth", f) for p, f in _DECIMAL.items()},
    **{f"{p}W": ("power", f) for p, f in _DECIMAL.items()},
    **{f"{p}Hz": ("frequency", f) for p, f in _DECIMAL.items()},
    "byte": ("memory", 1.0), "bytes": ("memory", 1.0), "bits": ("information", 1.0), "bit": ("information", 1.0),
    "nats": ("information", 1.4426950408889634), "nat": ("information", 1.4426950408889634),
    "ns": ("time", 1e-9), "us": ("time", 1e-6), "µs": ("time", 1e-6), "μs": ("time", 1e-6), "ms": ("time", 1e-3),
    "s": ("time", 1.0), "seconds": ("time", 1.0), "min": ("time", 60.0), "minutes": ("time", 60.0),
    "h": ("time", 3600.0), "hours": ("time", 3600.0), "d": ("time", 86400.0), "days": ("time", 86400.0),
    "%": ("share", 0.01), "rad": ("angle", 1.0), "deg": ("angle", 0.017453292519943295),
    "°": ("angle", 0.017453292519943295),
}  # fmt: skip
_TAIL = re.compile(r"^(?P<number>.*?[\d.)\s])\s*(?P<unit>%|°|[A-Za-zµμ][A-Za-zµμ/ ]*)$", re.DOTALL)


def split(text: str, unit: str | None) -> tuple[str, float]:
    """The number in an answer, and the factor from the unit it carries to the unit asked for.

    Raises:
        AnswerError: the unit measures something else, or no unit is asked for.
    """
    match = _TAIL.match(text.strip())
    if match is None:
        return text, 1.0
    number, given = match["number"], match["unit"].strip()
    if unit is not None and given.casefold() == unit.casefold() and given not in _TABLE:
        return number, 1.0
    kind, factor = _TABLE.get(given, ("", 0.0))
    if given == unit:
        return number, 1.0
    if unit is None:
        return (number, factor) if given == "%" else (text, 1.0)
    wanted, size = _TABLE.get(unit, ("", 0.0))
    if not kind:
        if given.casefold() in {u.casefold() for u in _TABLE} or not re.search(r"[A-Za-z]{2}", given):
            msg = f"The unit {given!r} is unknown here; {unit} is asked for."
            raise AnswerError(msg)
        return text, 1.0  # perhaps a name; the formula reader will say
    if kind != wanted:
        msg = f"The answer is in {given}; {unit} is asked for."
        raise AnswerError(msg)
    return number, factor / size
