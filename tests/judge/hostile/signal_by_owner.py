# tries: a signal through the owner of a descriptor
# full: forbidden
# child-only: forbidden
# plain: skip
import fcntl
import os


def answer(x):
    fcntl.fcntl(3, 8, os.getppid())
    print('ESCAPED owns')
    return 0
