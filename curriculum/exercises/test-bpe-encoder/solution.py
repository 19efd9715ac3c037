A, B, C = 97, 98, 99


def test_bytes(bpe_encode, bpe_decode):
    assert list(bpe_encode("ab", [])) == [A, B]
    assert list(bpe_encode("", [(A, B)])) == []
    assert list(bpe_encode("é", [])) == [195, 169]
    assert list(bpe_encode("é", [(195, 169)])) == [256]
    assert bpe_decode([], []) == ""


def test_merges_build_on_merges(bpe_encode):
    assert list(bpe_encode("abc", [(A, B), (256, C)])) == [257]
    assert list(bpe_encode("abcabc", [(A, B), (256, C), (257, 257)])) == [258]


def test_order_of_learning(bpe_encode):
    assert list(bpe_encode("abc", [(B, C), (A, B)])) == [A, 256]
    assert list(bpe_encode("abc", [(A, B), (B, C)])) == [256, C]
    assert list(bpe_encode("abcbc", [(A, B), (B, C)])) == [256, C, 257]
    assert list(bpe_encode("bcab", [(A, B), (C, A), (B, C)])) == [258, 256]
    assert list(bpe_encode("abab", [(B, A), (A, B), (257, 257)])) == [A, 256, B]
    assert list(bpe_encode("abcd", [(B, C), (A, B), (257, C), (258, 100)])) == [A, 256, 100]


def test_all_places_from_the_left(bpe_encode):
    assert list(bpe_encode("aaa", [(A, A)])) == [256, A]
    assert list(bpe_encode("aaaa", [(A, A)])) == [256, 256]
    assert list(bpe_encode("abxab", [(A, B)])) == [256, 120, 256]
    assert list(bpe_encode("aaaaa", [(A, A), (256, 256)])) == [257, A]


def test_there_and_back(bpe_encode, bpe_decode):
    merges = [(A, B), (256, C), (195, 169), (240, 159), (259, 153)]
    for text in ("abcab", "é ab", "🙂 abc", "", "x\n"):
        assert bpe_decode(bpe_encode(text, merges), merges) == text


def test_decode(bpe_decode):
    assert bpe_decode([256, C, 257], [(A, B), (256, C)]) == "abcabc"
    assert bpe_decode([195, 169], []) == "é"
    assert bpe_decode([255], []) == "\ufffd"
    assert bpe_decode([A, 195], []) == "a\ufffd"
