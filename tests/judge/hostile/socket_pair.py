# tries: a pair of sockets, to pass descriptors with
# full: forbidden
# child-only: forbidden
# plain: skip
import socket


def answer(x):
    socket.socketpair()
    print('ESCAPED pair')
    return 0
