# tries: endless copies of itself
# full: forbidden
# child-only: forbidden
# plain: skip
import os
import time


def answer(x):
    for _ in range(50):
        if os.fork() == 0:
            time.sleep(5)
            os._exit(0)
    print('ESCAPED forked')
    return 0
