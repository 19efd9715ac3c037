# tries: to close the conversation
# full: error
# child-only: error
# plain: error
import os
import time


def answer(x):
    os.close(3)
    time.sleep(5)
    return 0
