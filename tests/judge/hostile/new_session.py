# tries: to leave its process group
# full: forbidden
# child-only: forbidden
# plain: skip
import os
import signal


def answer(x):
    os.setsid()
    print('ESCAPED session')
    return 0
