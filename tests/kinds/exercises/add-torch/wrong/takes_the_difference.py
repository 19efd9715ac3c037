# misconception: takes-the-difference
# says: You do something else than adding.
# caught by: agrees with the sum
def add(a, b):
    return a - b
