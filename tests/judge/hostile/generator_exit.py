# tries: to leave by GeneratorExit
# full: error
# child-only: error
# plain: error
def answer(x):
    raise GeneratorExit
    return 0
