# tries: a pipe in its folder that blocks who opens it
# full: forbidden
# child-only: forbidden
# plain: skip
import os


def answer(x):
    os.mkfifo('pipe')
    print('ESCAPED pipe')
    return 0
