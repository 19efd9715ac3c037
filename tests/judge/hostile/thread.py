# tries: a thread
# full: forbidden
# child-only: forbidden
# plain: skip
import threading


def answer(x):
    threading.Thread(target=print, args=('ESCAPED thread',)).start()
    return 0
