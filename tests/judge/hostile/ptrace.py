# tries: to take over the parent
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
    if call(101, 16, os.getppid(), 0, 0) == 0:
        print('ESCAPED ptrace')
    return 0
