def test_without_merges(bpe_encode):
    assert bpe_encode("ab", []) == [97, 98]
