# tries: time inside the regex engine
# full: timeout
# child-only: timeout
# plain: timeout
import re


def answer(x):
    re.match('(a+)+b', 'a' * 40)
    return 0
