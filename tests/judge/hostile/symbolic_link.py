# tries: a link that the driver might follow
# full: forbidden
# child-only: forbidden
# plain: skip
import os


def answer(x):
    os.symlink('/etc/passwd', 'answer')
    print('ESCAPED linked')
    return 0
