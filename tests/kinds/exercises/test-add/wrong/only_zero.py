# misconception: zeros-tell-nothing
# says: You add zeros only; a product gives the same.
# caught by: wrong programs are caught
def test_zero(add):
    assert add(0, 0) == 0
