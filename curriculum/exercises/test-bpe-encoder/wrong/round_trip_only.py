# misconception: tests-round-trip-only
# says: You test only that decoding undoes encoding; an encoder that merges nothing, or in the wrong order, passes that.
# caught by: wrong programs are caught
def test_round_trip(bpe_encode, bpe_decode):
    merges = [(97, 98), (256, 99)]
    assert bpe_decode(bpe_encode("abcab", merges), merges) == "abcab"
