# tries: a text of ten gigabytes
# full: memory
# child-only: memory
# plain: memory
def answer(x):
    'x' * 10**10
    return 0
