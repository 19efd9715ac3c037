# tries: a shell through the C library
# full: wrong forbidden
# child-only: wrong forbidden
# plain: skip
import os


def answer(x):
    if os.system('true') == 0:
        print('ESCAPED system')
    return 0
