# tries: the performance counters
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
    buffer = ctypes.create_string_buffer(120)
    if call(298, buffer, 0, -1, -1, 0) >= 0:
        print('ESCAPED perf')
    return 0
