"""What the protocol allows: its version, its bounds, and the error for what is beyond them."""

from __future__ import annotations

import struct

VERSION = 1
MAX_FRAME = 64 << 20
MAX_DEPTH = 32
MAX_ITEMS = 1_000_000
MAX_INT_BYTES = 4096
MAX_DIMENSIONS = 32
KINDS = "biufc"
ITEM_SIZES = {"b": {1}, "i": {1, 2, 4, 8}, "u": {1, 2, 4, 8}, "f": {2, 4, 8}, "c": {8, 16}}

HEAD = struct.Struct(">I")
INT = struct.Struct(">q")
FLOAT = struct.Struct(">d")
COMPLEX = struct.Struct(">dd")


class ProtocolError(ValueError):
    """The bytes are not a value this protocol allows. The message says which rule they break."""
