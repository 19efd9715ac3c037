# tries: time inside one C call
# full: timeout memory
# child-only: timeout memory
# plain: timeout memory
def answer(x):
    sum(range(10**13))
    return 0
