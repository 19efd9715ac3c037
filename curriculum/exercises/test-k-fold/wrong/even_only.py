# misconception: tests-one-example-only
# says: You try one ordinary example; bugs live at the edges, so add the smallest, the largest and the strangest input that is allowed.
# caught by: wrong programs are caught
def test_even(k_fold):
    folds = k_fold(6, 3)
    for train, test in folds:
        assert sorted([*train, *test]) == list(range(6))
