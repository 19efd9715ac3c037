# tries: to overrun the C stack
# full: error memory timeout
# child-only: error memory timeout
# plain: error memory timeout
import sys


def answer(x):
    sys.setrecursionlimit(10**9)
    
    def down(n):
        return repr([down(n + 1)])
    
    down(0)
    return 0
