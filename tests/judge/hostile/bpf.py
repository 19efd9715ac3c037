# tries: a program in the kernel
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
    if call(321, 5, buffer, 120) >= 0:
        print('ESCAPED bpf')
    return 0
