# tries: to change the program of the runner
# full: forbidden error
# child-only: forbidden
# plain: skip
def answer(x):
    import inside.runner.child as child
    
    open(child.__file__, 'a').write('#')
    print('ESCAPED wrote')
    return 0
