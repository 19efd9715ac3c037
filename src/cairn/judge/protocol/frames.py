"""Frames: a length and that many bytes, however the stream was split on the way."""

from __future__ import annotations

from .bounds import HEAD, MAX_FRAME, ProtocolError


def frame(data: bytes) -> bytes:
    """The bytes with their length in front."""
    return HEAD.pack(len(data)) + data


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
        if len(self._kept) < HEAD.size:
            return None
        (size,) = HEAD.unpack_from(self._kept)
        if size > self.limit:
            raise ProtocolError(f"a frame of {size} bytes; at most {self.limit} are allowed")
        end = HEAD.size + size
        if len(self._kept) < end:
            return None
        found = bytes(self._kept[HEAD.size : end])
        del self._kept[:end]
        return found

    @property
    def rest(self) -> int:
        """How many bytes wait for the remainder of their frame."""
        return len(self._kept)
