# tries: the kernel's keyring
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
    if call(250, 0, -3, 0) >= 0 or call(248, b'user', b'x', b'y', 1, -3) >= 0:
        print('ESCAPED keys')
    return 0
