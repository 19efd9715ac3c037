# tries: a device of its own
# full: forbidden
# child-only: forbidden
# plain: skip
import os


def answer(x):
    os.mknod('disk', 0o60600, os.makedev(8, 0))
    print('ESCAPED device')
    return 0
