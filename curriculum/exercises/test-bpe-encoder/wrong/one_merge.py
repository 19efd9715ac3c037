# misconception: tests-one-example-only
# says: You try one ordinary example; bugs live at the edges, so add the smallest, the largest and the strangest input that is allowed.
# caught by: wrong programs are caught
def test_one(bpe_encode):
    assert list(bpe_encode("abc", [(97, 98)])) == [256, 99]
