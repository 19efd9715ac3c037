# tries: an iterator without an end
# full: wrong timeout
# child-only: wrong timeout
# plain: wrong timeout
import itertools


def answer(x):
    return itertools.count()
