# tries: a signal to every process
# full: forbidden
# child-only: forbidden
# plain: skip
import os
import signal


def answer(x):
    os.kill(-1, 0)
    print('ESCAPED signalled')
    return 0
