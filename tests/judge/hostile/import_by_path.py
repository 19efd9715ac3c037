# tries: to put the judge on the path
# full: error forbidden
# child-only: error forbidden
# plain: skip
import sys


def answer(x):
    for place in ('/usr/lib/python3/dist-packages', '/program', '..', '../..', '/'):
        sys.path.insert(0, place)
    import cairn
    
    print('ESCAPED', cairn)
    return 0
