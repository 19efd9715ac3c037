# tries: to change what is imported later
# full: wrong error
# child-only: wrong error
# plain: wrong error
import sys


class Hook:
    def find_spec(self, name, path=None, target=None):
        print("hook", name)


sys.meta_path.insert(0, Hook())


def answer(x):
    return 0
