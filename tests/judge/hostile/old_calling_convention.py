# tries: a system call of the x32 numbers
# full: forbidden error
# child-only: forbidden error
# plain: skip
import os
import ctypes

C = ctypes.CDLL(None, use_errno=True)


def call(number, *arguments):
    words = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    return C.syscall(ctypes.c_long(number), *words)


def answer(x):
    call(0x40000000 + 39)
    return 0
