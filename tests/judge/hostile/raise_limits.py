# tries: higher limits
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
    import resource
    
    limit = resource.RLIMIT_NOFILE
    try:
        resource.setrlimit(limit, (100_000, 100_000))
        print('ESCAPED limits')
    except (OSError, ValueError):
        pass
    return 0
