# tries: a list of four thousand million items
# full: forbidden
# child-only: forbidden
# plain: forbidden
import os
import struct


def answer(x):
    body = b'l\xff\xff\xff\xff'
    os.write(3, struct.pack('>I', len(body)) + body)
    return 0
