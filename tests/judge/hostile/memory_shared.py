# tries: shared memory, which some limits do not count
# full: memory error timeout
# child-only: memory error timeout
# plain: memory error timeout
import mmap


def answer(x):
    kept = []
    while True:
        kept.append(mmap.mmap(-1, 1 << 24))
        kept[-1][:] = b'x' * (1 << 24)
    return 0
