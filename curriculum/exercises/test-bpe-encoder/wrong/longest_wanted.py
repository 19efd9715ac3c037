# misconception: tests-share-the-misconception
# says: You expect the longest tokens; a right encoder applies the merges in the order in which they were learned.
# caught by: right programs raise no alarm
def test_longest(bpe_encode):
    assert list(bpe_encode("abc", [(98, 99), (97, 98), (257, 99)])) == [258]
