# tries: to replace itself by a shell
# full: forbidden
# child-only: forbidden
# plain: skip
import os


def answer(x):
    os.execv('/bin/sh', ['/bin/sh', '-c', 'echo ESCAPED'])
    return 0
