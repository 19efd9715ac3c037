# tries: a file in /dev/shm
# full: forbidden error
# child-only: forbidden
# plain: skip
def answer(x):
    open('/dev/shm/cairn-hostile', 'w').write('x')
    print('ESCAPED wrote')
    return 0
