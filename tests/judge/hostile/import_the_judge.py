# tries: to import the judge
# full: error
# child-only: error
# plain: error
def answer(x):
    import cairn.judge
    
    print('ESCAPED', cairn.judge)
    return 0
