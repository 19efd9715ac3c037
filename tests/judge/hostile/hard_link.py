# tries: a second name for another's file
# full: forbidden error
# child-only: forbidden
# plain: skip
import os


def answer(x):
    os.link(os.__file__, 'answer')
    print('ESCAPED linked')
    return 0
