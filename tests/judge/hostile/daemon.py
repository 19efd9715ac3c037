# tries: a process that outlives the submission
# full: forbidden
# child-only: forbidden
# plain: skip
import os
import time


def answer(x):
    if os.fork() == 0:
        os.setsid()
        time.sleep(5)
        os._exit(0)
    print('ESCAPED daemon')
    return 0
