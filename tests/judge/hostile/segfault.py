# tries: to crash
# full: error
# child-only: error
# plain: error
import ctypes


def answer(x):
    ctypes.string_at(0)
    return 0
