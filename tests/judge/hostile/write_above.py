# tries: a file above its folder
# full: forbidden
# child-only: forbidden
# plain: skip
def answer(x):
    open('../cairn-hostile', 'w').write('x')
    print('ESCAPED wrote')
    return 0
