# tries: the kernel's network tables
# full: forbidden
# child-only: forbidden
# plain: skip
import socket


def answer(x):
    socket.socket(16, socket.SOCK_RAW, 0)
    print('ESCAPED netlink')
    return 0
