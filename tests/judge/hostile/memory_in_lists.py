# tries: all memory, piece by piece
# full: memory
# child-only: memory
# plain: memory
def answer(x):
    kept = []
    while True:
        kept.append(bytearray(1 << 22))
    return 0
