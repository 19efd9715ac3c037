# misconception: forgets-the-first
# says: You do something else than adding.
# caught by: agrees with the sum
def add(a, b):
    return b.clone()
