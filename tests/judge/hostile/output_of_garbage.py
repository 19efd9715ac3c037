# tries: bytes that are no text
# full: wrong
# child-only: wrong
# plain: wrong
import os


def answer(x):
    os.write(1, bytes(range(256)) * 10)
    return 0
