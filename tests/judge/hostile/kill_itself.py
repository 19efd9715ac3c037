# tries: to die as if the judge had killed it
# full: error
# child-only: error
# plain: error
import os
import signal


def answer(x):
    signal.raise_signal(signal.SIGKILL)
    return 0
