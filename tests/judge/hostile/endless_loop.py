# tries: an endless loop
# full: timeout
# child-only: timeout
# plain: timeout
def answer(x):
    while True:
        pass
    return 0
