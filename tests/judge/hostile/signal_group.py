# tries: a signal to the parent's group
# full: forbidden
# child-only: forbidden
# plain: skip
import os
import signal


def answer(x):
    os.killpg(os.getpgid(os.getppid()), 0)
    print('ESCAPED signalled')
    return 0
