# tries: a file in its own folder, which is allowed
# full: wrong
# child-only: wrong
# plain: wrong
def answer(x):
    open('mine', 'w').write('x')
    print(open('mine').read())
    return 0
