# tries: a frame nested without an end
# full: forbidden
# child-only: forbidden
# plain: forbidden
import os
import struct


def answer(x):
    body = (b'l' + struct.pack('>I', 1)) * 5000
    os.write(3, struct.pack('>I', len(body)) + body)
    return 0
