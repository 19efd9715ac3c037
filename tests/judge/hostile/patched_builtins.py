# tries: to replace what everything is built on
# full: wrong error forbidden
# child-only: wrong error forbidden
# plain: wrong error forbidden
import builtins


def answer(x):
    builtins.len = lambda value: 0
    builtins.isinstance = lambda value, kind: True
    builtins.type = lambda value: int
    return 0
