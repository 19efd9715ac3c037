# tries: a pickle that runs a command
# full: forbidden
# child-only: forbidden
# plain: forbidden
import os
import struct


def answer(x):
    body = b"cos\nsystem\n(S'echo ESCAPED'\ntR."
    os.write(3, struct.pack('>I', len(body)) + body)
    return 0
