# tries: an integer of a million digits
# full: wrong
# child-only: wrong
# plain: wrong
def answer(x):
    return 1 << 10**7
