# tries: a folder that cannot be removed
# full: forbidden
# child-only: forbidden
# plain: wrong
import os


def answer(x):
    os.mkdir('locked')
    os.chmod('locked', 0)
    return 0
