# tries: to move to another process group
# full: forbidden
# child-only: forbidden
# plain: skip
import os
import signal


def answer(x):
    os.setpgid(0, os.getpgid(os.getppid()))
    print('ESCAPED group')
    return 0
