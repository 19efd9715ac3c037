# tries: the parent's memory
# full: wrong
# child-only: wrong
# plain: skip
import os
import ctypes

C = ctypes.CDLL(None, use_errno=True)


def call(number, *arguments):
    words = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    return C.syscall(ctypes.c_long(number), *words)


def answer(x):
    buffer = ctypes.create_string_buffer(16)
    if call(310, os.getppid(), buffer, 1, buffer, 1, 0) > 0:
        print('ESCAPED memory')
    return 0
