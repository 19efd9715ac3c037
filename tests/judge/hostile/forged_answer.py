# tries: to write the answer it would like, with the number from its parent frames
# full: wrong forbidden
# child-only: wrong forbidden
# plain: wrong forbidden
import os
import struct
import sys


def answer(x):
    frame = sys._getframe()
    number = None
    while frame is not None and number is None:
        number = frame.f_locals.get("number")
        frame = frame.f_back
    body = b"t" + struct.pack(">I", 3) + b"i" + struct.pack(">q", number or 0) + b"s\0\0\0\4done" + b"T"
    os.write(3, struct.pack(">I", len(body)) + body)
    return True
