# tries: another program by posix_spawn
# full: forbidden
# child-only: forbidden
# plain: skip
import os


def answer(x):
    os.posix_spawn('/bin/true', ['/bin/true'], {})
    print('ESCAPED spawn')
    return 0
