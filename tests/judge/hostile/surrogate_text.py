# tries: text that is not UTF-8
# full: wrong
# child-only: wrong
# plain: wrong
def answer(x):
    return '\ud800' * 100
