# tries: to leave by SystemExit
# full: error
# child-only: error
# plain: error
import sys


def answer(x):
    sys.exit(0)
    return 0
