# tries: a file in /tmp
# full: forbidden error
# child-only: forbidden
# plain: skip
def answer(x):
    open('/tmp/cairn-hostile', 'w').write('x')
    print('ESCAPED wrote')
    return 0
