# tries: to forge an answer at exit
# full: error wrong
# child-only: error wrong
# plain: error wrong
import atexit
import os
import sys

atexit.register(lambda: os.write(3, b'\0\0\0\1T'))


def answer(x):
    sys.exit(0)
    return 0
