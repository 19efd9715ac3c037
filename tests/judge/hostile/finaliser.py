# tries: to forge an answer in a finaliser
# full: wrong forbidden
# child-only: wrong forbidden
# plain: wrong forbidden
import os


class Last:
    def __del__(self):
        os.write(3, b"\0\0\0\1T")


def answer(x):
    Last()
    return 0
