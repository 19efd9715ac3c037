"""Field types that files share: what they take, what they refuse, and that nothing can be changed after."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import pytest
from pydantic import TypeAdapter, ValidationError

from cairn.curriculum.fields import Count, Frozen, Hours, Id, Line, Span, Text, Url, nothing


def takes(kind, value):
    """Whether a field of this type takes a value."""
    try:
        TypeAdapter(kind).validate_python(value)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (Id, ["a", "kv-cache", "gpt-3.5", "a" * 80], ["", "A", "a b", "a-", "a\n", "é", "a" * 81]),
        (Line, ["x", "x" * 300], ["", "x" * 301]),
        (Text, ["x", "x" * 2000], ["", "x" * 2001]),
        (Hours, [0, 0.5, 1000], [-0.1, 1000.1, float("nan"), float("inf"), "much"]),
        (Count, [0, 100_000], [-1, 100_001, 1.5]),
        (Span, [(0, 0), (1, 2), (2, 2)], [(2, 1), (1,), (1, 2, 3), (-1, 1), (1, float("inf")), 1]),
    ],
)
def test_what_a_field_takes(kind, good, bad):
    """Limits are inclusive, and beyond them is an error."""
    assert [value for value in good if not takes(kind, value)] == []
    assert [value for value in bad if takes(kind, value)] == []


def test_a_reversed_span_says_which_end_is_larger():
    """The message gives both numbers."""
    with pytest.raises(ValidationError, match=r"the first number \(2.5\) is larger than the second \(1\)"):
        TypeAdapter(Span).validate_python((2.5, 1))


@pytest.mark.parametrize("text", ["https://example.org/a?b=c#d", "http://example.org", "https://пример.рф/"])
def test_a_web_address_is_kept_as_written(text):
    """What the author wrote is what the page links to."""
    assert TypeAdapter(Url).validate_python(text) == text


@pytest.mark.parametrize(
    "text",
    ["", "example.org", "javascript:alert(1)", "data:text/html,x", "ftp://example.org", "https://", "//x"],
)
def test_what_is_no_web_address_is_refused(text):
    """Only `http` and `https` with a host may become a link."""
    assert not takes(Url, text)


def test_a_long_web_address_is_refused():
    """500 characters are enough for an address."""
    assert takes(Url, "https://example.org/" + "a" * 480)
    assert not takes(Url, "https://example.org/" + "a" * 481)


def test_a_frozen_mapping_cannot_be_changed():
    """A loaded curriculum stays as it was loaded."""
    found = TypeAdapter(Annotated[Mapping[str, int], Frozen]).validate_python({"a": 1})

    with pytest.raises(TypeError):
        found["a"] = 2
    with pytest.raises(TypeError):
        nothing()["a"] = 1
    assert found == {"a": 1}
    assert nothing() == {}
