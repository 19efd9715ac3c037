"""A page with checks: their outcomes, running them again without a script, and what a bad request gets."""

from __future__ import annotations

import re
import time

import pytest

PAGE = "/topics/hoeffding-inequality"


@pytest.fixture
def site(real_site):
    """The shipped curriculum's site."""
    return real_site


def check(text, name):
    """The part of a page that shows one check."""
    return re.search(rf'<section class="check[^>]*id="check-{name}".*?</section>', text, re.DOTALL)[0]


def test_a_page_shows_its_checks(site):
    """Every check stands on the page with its verdict, and the page says how many are verified."""
    text = site.get(PAGE).text

    assert "10 of 10 checks verified, 3 failure modes shown" in text
    assert "holds" in check(text, "bound-holds")
    assert "breaks" in check(text, "dependent-terms")
    assert "every step holds" in check(text, "lemma-steps")
    assert 'role="img" aria-label="On a logarithmic scale' in text
    assert "claims.py" not in text


def test_a_form_runs_a_check_again(site):
    """A query with seed and parameters, as the form sends it without a script, shows the new outcome in place."""
    before = check(site.get(PAGE).text, "dependent-terms")
    after = check(site.get(f"{PAGE}?run=dependent-terms&n=100&copies=1&seed=7").text, "dependent-terms")

    assert "breaks" in before
    assert "holds" in after
    assert "this was seed 7" in after
    assert 'name="copies" value="1"' in after


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("seed=-1", "a seed is a whole number"),
        ("seed=99999999999", "a seed is a whole number"),
        ("seed=٣", "a seed is a whole number"),
        ("n=1e9", "n is a whole number from 2 to 300"),
        ("n=", "n is a whole number"),
        ("n=301", "n lies between 2 and 300"),
        ("law_of_terms=bent", "law of terms is one of mixed, fair coins"),
        ("widest=%3Cscript%3E", "widest is a whole number"),
    ],
)
def test_a_bad_value_is_refused_in_place(site, query, said):
    """A value out of range gets a message where the outcome would stand; the page itself is whole."""
    answer = site.get(f"{PAGE}?run=bound-holds&{query}")

    assert answer.status_code == 200
    assert said in check(answer.text, "bound-holds").replace("law_of_terms", "law of terms")
    assert "breaks" in check(answer.text, "dependent-terms")


def test_an_unknown_check_changes_nothing(site):
    """A query for a check that is not there shows the page as it is."""
    assert site.get(f"{PAGE}?run=nothing&seed=3").text == site.get(PAGE).text


def test_a_page_is_quick(site):
    """After the first view, a page with ten checks is made in little time."""
    site.get(PAGE)
    took = []
    for _ in range(9):
        start = time.process_time()
        site.get(PAGE)
        took.append(time.process_time() - start)

    assert sorted(took)[4] < 0.04


def test_computed_numbers_and_code_stand_on_the_page(site):
    """A reference to a figure shows the number and leads to the check; one to a function shows its source."""
    assert '<a href="#check-worked-numbers" class="computed">0.136</a>' in site.get(PAGE).text
    assert '<span class="k">def</span> one_query' in site.get("/topics/scaled-dot-product-attention").text


def test_derivations_fold(site):
    """A derivation is a list in a `details` that is open, and detail below a step is folded."""
    text = site.get(PAGE).text

    assert text.count('<details class="derivation" open>') == 2
    assert text.count('<details class="more">') == 2
    assert text.count("<details") == text.count("</details>")


def test_notes_stand_in_the_margin_and_at_the_end(site):
    """A footnote is there for wide screens and for narrow ones."""
    text = site.get(PAGE).text

    assert text.count('<aside class="sidenote"') == 2
    assert text.count('class="footnote-item"') == 2


def test_something_is_missing_here(site):
    """The form at the end of a page gives a patch to download; without words it leads back."""
    patch = site.get(f"{PAGE}/missing", params={"section": "Why", "said": "A picture of the tail"})

    assert patch.headers["content-disposition"] == 'attachment; filename="hoeffding-inequality.patch"'
    assert "+> A picture of the tail" in patch.text
    assert site.get(f"{PAGE}/missing").status_code == 303
    assert site.get("/topics/nothing/missing").status_code == 404
