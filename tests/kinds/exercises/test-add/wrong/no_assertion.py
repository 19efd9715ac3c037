# misconception: nothing-asserted
# says: You call the function and assert nothing.
# caught by: wrong programs are caught
def test_runs(add):
    add(1, 2)
