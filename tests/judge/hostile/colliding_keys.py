# tries: keys that all share one hash
# full: wrong forbidden
# child-only: wrong forbidden
# plain: wrong forbidden
def answer(x):
    return {(k * (2**61 - 1)): k for k in range(1, 2_000)}
