def test_add(add):
    assert add(1, 2) == 3
    assert add(3, 1) == 4
