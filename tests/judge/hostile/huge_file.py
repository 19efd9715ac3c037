# tries: a file of a gigabyte in its folder
# full: error
# child-only: error
# plain: error
def answer(x):
    with open('big', 'wb') as file:
        for _ in range(1024):
            file.write(b'x' * (1 << 20))
    print('ESCAPED filled')
    return 0
