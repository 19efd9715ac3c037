# tries: to write an answer after the verdict
# full: forbidden
# child-only: forbidden
# plain: wrong forbidden error
import os
import threading
import time


def answer(x):
    def late():
        time.sleep(0.05)
        os.write(3, b'\0\0\0\1N')
    
    threading.Thread(target=late).start()
    return 0
