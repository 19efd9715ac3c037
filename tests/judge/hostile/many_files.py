# tries: ten thousand files in its folder
# full: wrong error timeout
# child-only: wrong error timeout
# plain: wrong error timeout
def answer(x):
    for i in range(10_000):
        open(str(i), 'w').close()
    return 0
