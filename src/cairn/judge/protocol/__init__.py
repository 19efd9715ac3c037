"""The framed protocol between the driver and the learner's process: a tagged binary code for plain values.

Both sides run these very files. They need the standard library and NumPy, nothing else, and never unpickle,
never look a type up by name and never call a method of a value they encode: `docs/judge.md` describes the
bytes for another language.

A frame is a length (four bytes, big-endian) and that many bytes of one encoded value. Decoding trusts
nothing: every length is checked against what is left of the frame before anything is allocated.
"""

from .bounds import MAX_DEPTH, MAX_FRAME, MAX_INT_BYTES, MAX_ITEMS, VERSION, ProtocolError
from .decoder import decode
from .encoder import Outside, encode
from .frames import Frames, frame
from .names import CallBudgetError, names
from .values import Code, Generator, Reference, Tensor

__all__ = [
    "MAX_DEPTH",
    "MAX_FRAME",
    "MAX_INT_BYTES",
    "MAX_ITEMS",
    "VERSION",
    "CallBudgetError",
    "Code",
    "Frames",
    "Generator",
    "Outside",
    "ProtocolError",
    "Reference",
    "Tensor",
    "decode",
    "encode",
    "frame",
    "names",
]
