def test_zero(add):
    assert add(0, 0) == 0
