# tries: to drown the driver by the error stream
# full: error timeout
# child-only: error timeout
# plain: error timeout
import os


def answer(x):
    while True:
        os.write(2, b'x' * 65536)
    return 0
