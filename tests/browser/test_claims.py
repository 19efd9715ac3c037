"""A page with checks in a real browser: run again in place, by keyboard, and without a script."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

PAGE = "/topics/hoeffding-inequality"
CHECK = "#check-dependent-terms"


def test_a_check_is_run_again_in_place(visit):
    """By keyboard: change a parameter, press Enter, and the outcome changes without leaving the place."""
    page = visit(PAGE)
    copies = page.locator(f"{CHECK} input[name=copies]")
    copies.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("1")
    page.keyboard.press("Enter")
    page.locator(f"{CHECK} .outcome", has_text="holds").wait_for()

    assert page.url.endswith(PAGE)
    assert page.evaluate("document.activeElement.textContent") == "Run again"
    assert page.locator("#said").text_content().strip() == "holds"


def test_a_check_is_run_again_without_a_script(visit):
    """With scripts off the form loads the page at the check, with its new outcome."""
    page = visit(PAGE, java_script_enabled=False)
    page.locator(f"{CHECK} input[name=copies]").fill("1")
    page.locator(f"{CHECK} button").click()

    assert page.url.endswith(CHECK)
    assert "holds" in page.locator(f"{CHECK} .outcome").text_content()


def test_a_folded_check_opens(visit):
    """A check without a plot is folded; its summary opens it."""
    page = visit(PAGE)
    figures = page.locator("#check-best-of-many table")
    assert not figures.is_visible()
    page.locator("#check-best-of-many summary").click()

    assert figures.is_visible()


def test_notes_move_with_the_width(visit):
    """Notes stand in the margin of a wide window and at the end of a narrow one, never both."""
    page = visit(PAGE)
    margin, end = page.locator(".sidenote").first, page.locator(".footnotes")

    assert (margin.is_visible(), end.is_visible()) == (True, False)
    page.set_viewport_size({"width": 700, "height": 800})
    assert (margin.is_visible(), end.is_visible()) == (False, True)


def test_paper_shows_what_is_folded(visit):
    """In print the folded steps are there and the forms are not."""
    page = visit(PAGE)
    page.emulate_media(media="print")

    assert page.locator(".more p").first.is_visible()
    assert not page.locator("form.again").first.is_visible()
