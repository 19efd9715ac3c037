# tries: to mount over what is there
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
    if call(165, b'none', b'/', b'tmpfs', 0, None) == 0:
        print('ESCAPED mount')
    return 0
