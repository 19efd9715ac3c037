# tries: bytes that are no frame
# full: forbidden
# child-only: forbidden
# plain: forbidden
import os
import struct


def answer(x):
    os.write(3, b'\0\0\0\4abcd')
    return 0
