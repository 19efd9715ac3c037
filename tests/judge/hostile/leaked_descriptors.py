# tries: descriptors that are not its own
# full: wrong
# child-only: wrong
# plain: wrong
import os


def answer(x):
    for descriptor in range(4, 512):
        try:
            os.fstat(descriptor)
        except OSError:
            continue
        print('ESCAPED', descriptor)
    return 0
