"""Drills over the wire: asked one by one, answered once, the counterexample shown as the proof."""

from __future__ import annotations

import re

import pytest

from tests.conftest import REAL
from tests.web.conftest import kept_open
from tests.web.reading import assert_page


@pytest.fixture(scope="module")
def own_site(tmp_path_factory):
    """The real curriculum's site with a person of its own, whose answers are kept."""
    yield from kept_open(REAL, tmp_path_factory.mktemp("drills"))


def hidden(html: str) -> dict[str, str]:
    """The hidden fields of a page."""
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html))


def test_without_complete_pages_the_page_says_what_is_missing(quiet_site):
    """Where no page has drills there is nothing to begin, and the page says what they are made of."""
    answer = quiet_site.get("/drills")
    assert_page(answer)
    assert "No page has" in answer.text
    assert quiet_site.get("/drills/all").status_code == 404
    assert quiet_site.get("/drills/slope").status_code == 404


def test_each_complete_page_has_its_drills(own_site):
    """They are listed with how many there are, and asked from the page of the topic."""
    answer = own_site.get("/drills")
    assert_page(answer)
    assert re.search(r"\d hypotheses, \d proofs", answer.text)
    assert_page(own_site.get("/drills/hoeffding-inequality"))
    assert 'href="/drills/hoeffding-inequality"' in own_site.get("/topics/hoeffding-inequality").text


def test_a_theorem_drill_ends_with_its_counterexample(own_site):
    """After the answer the page's failure mode stands there with figures and a form to run it again."""
    item = "hoeffding-inequality/drill-without-dependent-terms"
    asked = hidden(own_site.get(f"/drills/hoeffding-inequality?item={item}").text)
    answer = own_site.post("/drills/hoeffding-inequality", data={**asked, "say": "answer", "option": "a0"})
    assert answer.status_code == 303
    shown = own_site.get(answer.headers["location"])
    assert_page(shown)
    assert 'id="check-dependent-terms"' in shown.text
    assert "Run again" in shown.text


def test_a_proof_is_put_in_order_without_scripts(own_site):
    """Numbers in the fields of the form are an order; one that is wrong says which step needs which."""
    item = "hoeffding-inequality/drill-order-chernoff-steps"
    html = own_site.get(f"/drills/hoeffding-inequality?item={item}").text
    keys = sorted(re.findall(r'name="place-(s\d)"', html))
    places = {f"place-{k}": str(n) for n, k in enumerate([keys[1], keys[0], *keys[2:]], 1)}
    answer = own_site.post("/drills/hoeffding-inequality", data={**hidden(html), **places, "say": "answer"})
    shown = own_site.get(answer.headers["location"])
    assert "Not right" in shown.text
    assert "before it" in shown.text


def test_only_drills_are_answered_here(own_site):
    """An item that is no drill, or a page without any, is not found."""
    data = {"item": "softmax/by-hand", "seed": "1", "say": "pass"}
    assert own_site.post("/drills/all", data=data).status_code == 404
    assert own_site.get("/drills/all?item=softmax/by-hand").status_code == 404
    assert own_site.get("/drills/nowhere").status_code == 404
