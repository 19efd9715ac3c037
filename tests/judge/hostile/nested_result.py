# tries: a result nested ten thousand deep
# full: wrong
# child-only: wrong
# plain: wrong
def answer(x):
    value = []
    for _ in range(10_000):
        value = [value]
    return value
