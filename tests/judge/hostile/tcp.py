# tries: a connection
# full: forbidden
# child-only: forbidden
# plain: skip
import socket


def answer(x):
    socket.create_connection(('127.0.0.1', 80), timeout=0.3)
    print('ESCAPED connected')
    return 0
