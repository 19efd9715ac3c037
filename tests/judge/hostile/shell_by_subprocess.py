# tries: a shell
# full: forbidden
# child-only: forbidden
# plain: skip
import subprocess


def answer(x):
    print('ESCAPED', subprocess.run(['/bin/sh', '-c', 'id'], capture_output=True))
    return 0
