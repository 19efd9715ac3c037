# tries: a file that is not Python
# full: error
# child-only: error
# plain: error
def answer(x:
