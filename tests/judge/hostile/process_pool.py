# tries: worker processes
# full: forbidden error
# child-only: forbidden error
# plain: skip
import multiprocessing


def answer(x):
    with multiprocessing.Pool(2) as pool:
        print('ESCAPED', pool.map(abs, [1]))
    return 0
