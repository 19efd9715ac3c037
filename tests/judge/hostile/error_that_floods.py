# tries: an exception with a message of 60 megabytes
# full: error memory
# child-only: error memory
# plain: error memory
def answer(x):
    raise ValueError("x" * (60 << 20))
