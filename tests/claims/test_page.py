"""What a page's Markdown says: references, derivations, and code shown from its source."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.claims.audit import shown
from cairn.claims.code import ExcerptError, excerpt, highlight
from cairn.claims.outcome import Figure
from cairn.claims.page import derivations, references

BODY = r"""
## Statement

The width is [0.136](claims.py#worked.half-width) here; see [the check](claims.py#worked).

[A hundred coins, $p = \frac12$](claims.py#coins)

- **One.** Text.

  [It breaks](claims.py#breaks)

```python
[not a reference](claims.py#code)
```

`[nor this](claims.py#inline)` and [a page](https://example.org/claims.py#x).

[The chain](claims.py#chain)

1. First $a = b$, by assumption.

   A detail $c = d$.
2. Then
   $$b = c$$
   as before.

[A loop](../../../exercises/x/solution.py#loop)
"""


def test_references_are_links_to_python_files():
    """Each link to a function or check is found with its line; code and other addresses are left alone."""
    found = [(r.target, r.figure, r.alone, r.line) for r in references(BODY)]

    assert found == [
        ("worked", "half-width", False, 4),
        ("worked", "", False, 4),
        ("coins", "", True, 6),
        ("breaks", "", True, 10),
        ("chain", "", True, 18),
        ("loop", "", True, 27),
    ]


def test_derivations_are_lists_after_a_reference():
    """Each step gives its formula, its reason and its text, for a page and for items that ask for the order."""
    [chain] = derivations(BODY)

    assert (chain.id, chain.title) == ("chain", "The chain")
    assert [s.formula for s in chain.steps] == ["a = b", "b = c"]
    assert chain.steps[0].reason == "First , by assumption"
    assert "A detail" in chain.steps[0].text


@given(st.text(max_size=300))
def test_any_text_is_read(text):
    """No text, however odd, makes the reader fail."""
    references(text)
    derivations(text)


@pytest.mark.parametrize(
    ("value", "like", "made"),
    [
        (0.13581, "0.136", "0.136"),
        (0.9, "90%", "90%"),
        (-0.8176, "−0.818", "−0.818"),
        (22529.0, "22529", "22529"),
        (22529.0, "22,529", "22,529"),
        (1.2345e-7, "1.2e-7", "1.2e-7"),
        (738.0, "737", "738"),
    ],
)
def test_a_figure_is_written_as_the_page_writes(value, like, made):
    """Digits, sign, separators and percent follow what stands on the page; the number is the computed one."""
    assert shown(Figure("x", value), like) == made


SOURCE = '''
X = 1

@decorator
def one(a):
    """Say <b>."""
    return a + 1  # plus


class Two:
    pass
'''


def test_a_function_is_shown_as_it_stands():
    """The excerpt is the source itself, without decorators."""
    assert excerpt(SOURCE, "one").startswith("def one(a):")
    assert excerpt(SOURCE, "one").endswith("# plus")
    assert excerpt(SOURCE, "Two") == "class Two:\n    pass"


@pytest.mark.parametrize(("source", "name"), [(SOURCE, "X"), (SOURCE, "three"), ("def (", "f")])
def test_what_is_no_function_is_not_shown(source, name):
    """A name that is no function or class at the top of the file is an error."""
    with pytest.raises(ExcerptError):
        excerpt(source, name)


def test_highlighting_keeps_every_character():
    """Marked-up code is the same text, with nothing let through as markup."""
    import html
    import re

    marked = highlight(SOURCE)
    assert html.unescape(re.sub(r"<[^>]*>", "", marked)) == SOURCE
    assert "<b>" not in marked


@given(st.text(max_size=200))
def test_any_code_is_highlighted(code):
    """What is no Python is shown plain."""
    assert isinstance(highlight(code), str)
