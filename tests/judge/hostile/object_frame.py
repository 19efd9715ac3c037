# tries: an array of objects in a frame
# full: forbidden
# child-only: forbidden
# plain: forbidden
import os
import struct


def answer(x):
    body = b'aO\x08\x01' + struct.pack('>q', 1) + b'\0' * 8
    os.write(3, struct.pack('>I', len(body)) + body)
    return 0
