# tries: a shape whose product wraps round
# full: forbidden
# child-only: forbidden
# plain: forbidden
import os
import struct


def answer(x):
    body = b'af\x08\x02' + struct.pack('>qq', 1 << 62, 4)
    os.write(3, struct.pack('>I', len(body)) + body)
    return 0
