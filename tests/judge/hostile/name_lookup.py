# tries: to ask for a name
# full: forbidden error
# child-only: forbidden error
# plain: skip
import socket


def answer(x):
    socket.getaddrinfo('localhost', 80)
    socket.socket()
    print('ESCAPED asked')
    return 0
