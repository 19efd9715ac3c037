# tries: to type into the terminal
# full: forbidden error
# child-only: forbidden error
# plain: skip
def answer(x):
    open('/dev/tty', 'w').write('ESCAPED')
    return 0
