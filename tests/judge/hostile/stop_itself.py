# tries: to stop itself, so that it uses no time
# full: timeout
# child-only: timeout
# plain: timeout
import signal


def answer(x):
    signal.raise_signal(signal.SIGSTOP)
    return 0
