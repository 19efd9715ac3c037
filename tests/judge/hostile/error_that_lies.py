# tries: an exception that says it was refused nothing
# full: error
# child-only: error
# plain: error
class accepted(Exception):
    pass


def answer(x):
    raise accepted("All checks passed.")
