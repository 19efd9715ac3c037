"""The pages of bug hunts, written tests and other libraries."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from cairn.judge import Judge
from tests.web.conftest import HOME, kept_open


@pytest.fixture
def site(kinds, tmp_path) -> Iterator[TestClient]:
    """A site with every kind of exercise, and nothing handed in."""
    yield from kept_open(kinds, tmp_path)


def editor(page: str) -> str:
    """What stands in the editor."""
    found = re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", page, re.DOTALL)
    assert found is not None
    return html.unescape(found[1])


def hand_in(site: TestClient, exercise: str, code: str) -> str:
    """Hand code in; the page that follows."""
    answer = site.post(f"/practice/{exercise}", data={"code": code, "hints": "0"}, headers={"Origin": HOME})
    assert answer.status_code == 303
    return site.get(answer.headers["location"]).text


def test_a_hunt_says_its_kind_and_how_much_was_changed(site):
    """The page names the kind, counts changed lines, tells the bug once mended, and offers another."""
    page = site.get("/practice/hunt-add").text
    first = editor(page)
    assert "bug hunt" in page
    assert "Another bug" not in page
    wrong = hand_in(site, "hunt-add", first)
    assert "nothing changed yet" in wrong
    assert "You do something else than adding." not in wrong

    right = hand_in(
        site, "hunt-add", "\n".join([*first.splitlines()[:2], "def add(a, b):", "    return a + b", ""])
    )

    assert "1 line changed, as many as the bug took" in right
    assert "You do something else than adding." in right
    assert '<span class="yours">' not in right
    assert '<span class="theirs">' not in right
    another = site.get("/practice/hunt-add?another").text
    assert editor(another).startswith("# Bug ")
    assert editor(another).splitlines()[0] != first.splitlines()[0]
    assert "2 submissions" in another


def test_written_tests_show_what_they_let_through_once_accepted(site):
    """Before that the survivors are hints, after it they stand on the page."""
    weak = hand_in(site, "test-add", "def test_zero(add):\n    assert add(0, 0) == 0\n")
    assert re.search(r"\d+ of \d+ wrong programs caught \(\d+ needed\), no false alarm", weak)
    assert "What they let through" not in weak
    hints = site.get("/practice/test-add?hints=2").text
    assert "Your tests let this through: You do something else than adding." in hints

    good = hand_in(site, "test-add", "def test_two(add):\n    assert add(2, 2) == 4\n")

    assert "What they let through" in good
    assert "You do something else than adding." in good


def test_the_libraries_are_a_switch(site):
    """Each of the two pages marks its own library and links to the other; a hunt has no switch."""
    numpy, torch = (site.get(f"/practice/{name}").text for name in ("write-add", "add-torch"))

    assert '<span aria-current="page">NumPy</span><a href="/practice/add-torch">PyTorch</a>' in numpy
    assert '<a href="/practice/write-add">NumPy</a><span aria-current="page">PyTorch</span>' in torch
    assert 'class="tracks"' not in site.get("/practice/hunt-add").text


def test_without_pytorch_the_page_says_how_to_get_it(site, monkeypatch):
    """The task can be read, the button is off, and what is handed in all the same is not kept."""
    monkeypatch.setattr(Judge, "has", staticmethod(lambda runtime: runtime == "numpy"))
    page = site.get("/practice/add-torch").text
    after = hand_in(site, "add-torch", "def add(a, b):\n    return a + b\n")

    assert "PyTorch is not installed here" in page
    assert "<code>pip install torch</code>" in page
    assert re.search(r"<button[^>]* disabled", page)
    assert "Nothing has been handed in yet" in after


def test_a_shared_task_is_set_with_its_formulas(real_site):
    """What a hunt, tests or a twin take from another exercise shows its formulas as that one does."""
    plain = real_site.get("/practice/write-layer-norm").text.count('class="katex"')

    assert plain > 0
    for name in ("hunt-layer-norm", "test-layer-norm", "layer-norm-torch"):
        page = real_site.get(f"/practice/{name}").text
        assert page.count('class="katex"') == plain, name
        assert 'class="tex"' not in page
