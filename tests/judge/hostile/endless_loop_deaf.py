# tries: an endless loop that ignores every signal
# full: timeout
# child-only: timeout
# plain: timeout
import signal


def answer(x):
    for number in range(1, 32):
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            pass
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass
    return 0
