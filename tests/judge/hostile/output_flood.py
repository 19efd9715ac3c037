# tries: to drown the driver in output
# full: error timeout
# child-only: error timeout
# plain: error timeout
def answer(x):
    text = 'x' * 65536
    while True:
        print(text)
    return 0
