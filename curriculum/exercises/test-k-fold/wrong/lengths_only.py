# misconception: tests-look-at-the-shape-only
# says: Your tests look at shapes and sums alone; most wrong programs have the right shape, so compare values that you worked out by hand.
# caught by: wrong programs are caught
def test_lengths(k_fold):
    folds = k_fold(6, 3)
    assert [len(test) for _, test in folds] == [2, 2, 2]
