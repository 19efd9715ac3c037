# tries: an iterator that never gives its first item
# full: timeout
# child-only: timeout
# plain: timeout
def answer(x):
    def stuck():
        while True:
            pass
        yield 1

    return stuck()
