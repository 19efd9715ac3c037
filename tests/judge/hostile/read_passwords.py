# tries: /etc/passwd
# full: forbidden error
# child-only: forbidden
# plain: skip
def answer(x):
    print('ESCAPED', open('/etc/passwd').read())
    return 0
