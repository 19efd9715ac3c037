# tries: to sleep for ever
# full: timeout
# child-only: timeout
# plain: timeout
import time


def answer(x):
    time.sleep(1000)
    return 0
