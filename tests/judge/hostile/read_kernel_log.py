# tries: the kernel's log
# full: forbidden error
# child-only: forbidden
# plain: skip
def answer(x):
    print('ESCAPED', open('/dev/kmsg').read(10))
    return 0
