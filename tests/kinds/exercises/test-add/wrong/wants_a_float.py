# misconception: more-than-promised
# says: You ask for a type that nobody promised.
# caught by: right programs raise no alarm
def test_type(add):
    assert add(1, 2) == 3
    assert isinstance(add(1, 2), float)
