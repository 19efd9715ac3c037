# tries: to kill the warm parent
# full: forbidden
# child-only: forbidden
# plain: skip
import os
import signal


def answer(x):
    os.kill(os.getppid(), signal.SIGKILL)
    print('ESCAPED killed')
    return 0
