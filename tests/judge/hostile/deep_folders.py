# tries: a folder three thousand deep, against who cleans up
# full: wrong error timeout
# child-only: wrong error timeout
# plain: wrong error timeout
import os


def answer(x):
    for _ in range(3000):
        os.mkdir('d')
        os.chdir('d')
    return 0
