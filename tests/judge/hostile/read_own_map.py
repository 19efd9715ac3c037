# tries: its own memory map
# full: forbidden error
# child-only: forbidden
# plain: skip
def answer(x):
    print('ESCAPED', open('/proc/self/maps').read())
    return 0
