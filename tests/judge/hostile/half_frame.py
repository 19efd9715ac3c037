# tries: half a frame, and silence
# full: timeout
# child-only: timeout
# plain: timeout
import os
import struct


def answer(x):
    os.write(3, b'\0\0\1\0abc')
    while True:
        pass
    return 0
