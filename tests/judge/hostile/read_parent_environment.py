# tries: the parent's environment
# full: forbidden error
# child-only: forbidden
# plain: skip
import os


def answer(x):
    print('ESCAPED', open(f'/proc/{os.getppid()}/environ').read())
    return 0
