# tries: nothing
# full: wrong
# child-only: wrong
# plain: wrong
def answer(x):
    return None
