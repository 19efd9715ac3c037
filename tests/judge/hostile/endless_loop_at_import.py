# tries: an endless loop while the file is read
# full: timeout
# child-only: timeout
# plain: timeout
while True:
    pass
