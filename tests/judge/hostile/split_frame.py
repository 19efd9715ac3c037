# tries: half a frame, and the end
# full: error forbidden
# child-only: error forbidden
# plain: error forbidden
import os
import struct


def answer(x):
    os.write(3, b'\0\0\1\0abc')
    os._exit(0)
    return 0
