# tries: another root
# full: forbidden
# child-only: forbidden
# plain: skip
import os


def answer(x):
    os.chroot('.')
    print('ESCAPED chroot')
    return 0
