"""Markdown as HTML: what the page's hand adds to it."""

from __future__ import annotations

from cairn.web.markup import render


def test_a_stop_stays_with_its_formula():
    """The stop behind a short formula is kept on its line; a word, and what follows a long formula, is not."""
    long = "x_1 + x_2 + x_3 + x_4 + x_5"
    made = {"i:2ε": "F", "i:n": "G", f"i:{long}": "H"}

    text = render(f"At $2ε$. For $n$ terms, ${long}$.", made)

    assert '<span class="nowrap"><span class="math inline">F</span>.</span> For' in text
    assert text.count("nowrap") == 1
