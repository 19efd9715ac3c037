# tries: to abort
# full: error
# child-only: error
# plain: error
import os
import signal


def answer(x):
    os.abort()
    return 0
