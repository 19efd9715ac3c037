# tries: an exception that hangs when it is shown
# full: timeout
# child-only: timeout
# plain: timeout
class Bad(Exception):
    def __str__(self):
        while True:
            pass


def answer(x):
    raise Bad
