# tries: a frame of four gigabytes
# full: forbidden
# child-only: forbidden
# plain: forbidden
import os
import struct


def answer(x):
    os.write(3, b'\xff\xff\xff\xff')
    return 0
