# tries: system calls past the filter
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
    buffer = ctypes.create_string_buffer(256)
    if call(425, 8, buffer) >= 0:
        print('ESCAPED io_uring')
    return 0
