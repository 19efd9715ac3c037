# tries: a hundred thousand objects to hold
# full: wrong memory timeout
# child-only: wrong memory timeout
# plain: wrong memory timeout
class Thing:
    pass


def answer(x):
    return [Thing() for _ in range(150_000)]
