# tries: a list that contains itself
# full: wrong
# child-only: wrong
# plain: wrong
def answer(x):
    value = []
    value.append(value)
    return value
