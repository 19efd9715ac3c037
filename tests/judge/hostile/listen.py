# tries: a port to listen on
# full: forbidden
# child-only: forbidden
# plain: skip
import socket


def answer(x):
    socket.create_server(('127.0.0.1', 0))
    print('ESCAPED listens')
    return 0
