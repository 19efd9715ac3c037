# tries: a name that holds no function
# full: error wrong
# child-only: error wrong
# plain: error wrong
answer = None
