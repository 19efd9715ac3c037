# tries: a signal through a process descriptor
# full: forbidden
# child-only: forbidden
# plain: skip
import os
import signal


def answer(x):
    signal.pidfd_send_signal(os.pidfd_open(os.getppid()), 0)
    print('ESCAPED signalled')
    return 0
