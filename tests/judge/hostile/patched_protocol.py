# tries: to replace the runner's own encoder
# full: wrong forbidden error
# child-only: wrong forbidden error
# plain: wrong forbidden error
from inside import protocol
from inside.runner import child

protocol.encode = lambda value, outside=None: b"T"
child.answer = lambda *a: b"T"


def answer(x):
    return 0
