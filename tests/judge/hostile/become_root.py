# tries: to be root
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
    for act in (os.setuid, os.setgid):
        try:
            act(0)
        except OSError:
            continue
        print('ESCAPED root')
    return 0
