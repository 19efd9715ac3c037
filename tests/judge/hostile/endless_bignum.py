# tries: time inside big integers
# full: timeout memory
# child-only: timeout memory
# plain: timeout memory
def answer(x):
    3 ** (10**9)
    return 0
