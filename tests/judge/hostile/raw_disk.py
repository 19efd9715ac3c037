# tries: the disk itself
# full: forbidden error
# child-only: forbidden
# plain: skip
import os


def answer(x):
    for name in ('sda', 'vda', 'nvme0n1', 'mem'):
        if os.path.exists('/dev/' + name):
            print('ESCAPED', open('/dev/' + name, 'rb').read(1))
    open('/dev/vda', 'rb')
    return 0
