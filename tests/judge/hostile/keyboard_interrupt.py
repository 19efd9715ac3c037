# tries: to leave by KeyboardInterrupt
# full: error
# child-only: error
# plain: error
def answer(x):
    raise KeyboardInterrupt
    return 0
