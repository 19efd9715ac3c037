# tries: a datagram
# full: forbidden
# child-only: forbidden
# plain: skip
import socket


def answer(x):
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 9))
    print('ESCAPED sent')
    return 0
