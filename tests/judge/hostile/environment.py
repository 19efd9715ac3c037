# tries: secrets in the environment
# full: wrong
# child-only: wrong
# plain: wrong
import os


def answer(x):
    for name, value in os.environ.items():
        if name not in ('PATH', 'LANG', 'HOME', 'TMPDIR', 'PYTHONHASHSEED', 'LC_CTYPE') and not name.endswith('_THREADS'):
            print('ESCAPED', name, value)
    return 0
