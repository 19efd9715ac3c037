# tries: a socket without a file
# full: forbidden
# child-only: forbidden
# plain: skip
import socket


def answer(x):
    socket.socket(socket.AF_UNIX).connect('\0cairn')
    print('ESCAPED connected')
    return 0
