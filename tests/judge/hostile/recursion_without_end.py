# tries: recursion without an end
# full: error
# child-only: error
# plain: error
def answer(x):
    return answer(x)
    return 0
