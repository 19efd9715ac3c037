# tries: a file without the function
# full: error
# child-only: error
# plain: error
value = 1
