# tries: to read what is not for it and wait
# full: timeout forbidden error
# child-only: timeout forbidden error
# plain: timeout forbidden error
import os


def answer(x):
    os.read(3, 1 << 20)
    return 0
