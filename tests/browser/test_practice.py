"""An exercise, by keyboard alone, in a real browser."""

from __future__ import annotations

import pytest

from tests.conftest import REAL

pytestmark = pytest.mark.browser

FOLDER = REAL / "exercises" / "softmax-from-scratch"
PATIENCE = 60_000


def write(page, source):
    """Put code into the editor, which has the focus, and hand it in."""
    page.locator(".cm-content").focus()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(source)
    page.keyboard.press("Control+Enter")


def test_from_the_list_to_a_verdict_and_on(visit):
    """A mistake is named, the mended code is accepted, and what it shows counts in the gap."""
    page = visit("/practice")
    page.get_by_role("link", name="Softmax from scratch").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/practice/softmax-from-scratch")
    wrong = (FOLDER / "wrong" / "clipped_scores.py").read_text(encoding="utf-8")
    write(page, "\n".join(wrong.splitlines()[4:]))
    page.locator("#verdict .outcome.not").wait_for(timeout=PATIENCE)

    assert "You clip the scores" in page.locator(".likely").inner_text()
    assert page.locator(".checks .failed").count() >= 1
    assert page.get_by_role("status").first.inner_text().startswith("Wrong")

    write(page, (FOLDER / "solution.py").read_text(encoding="utf-8"))
    page.locator("#verdict .outcome.accepted").wait_for(timeout=PATIENCE)
    page.goto(page.url.split("/practice")[0] + "/gap?target=attention")

    assert "Softmax" not in page.locator(".steps .title").all_inner_texts()


def test_a_hint_is_a_step(visit):
    """Hints come one at a time, only when asked."""
    page = visit("/practice/write-kv-cache")
    page.get_by_role("link", name="A hint").click()
    page.wait_for_url("**hints=1**")

    assert page.locator("#hints li").count() == 1
    assert page.get_by_role("link", name="Another hint").is_visible()


def test_without_scripts_the_form_hands_code_in(visit):
    """The textarea and the button do all that is needed."""
    page = visit("/practice/write-log-sum-exp", java_script_enabled=False)
    source = (REAL / "exercises" / "write-log-sum-exp" / "solution.py").read_text(encoding="utf-8")
    page.locator("textarea").fill(source)
    with page.expect_navigation(timeout=PATIENCE):
        page.get_by_role("button", name="Judge it").click()

    assert page.locator("#verdict .outcome").inner_text().startswith("Accepted")


def test_a_bug_hunt_by_keyboard(visit):
    """From the list to a planted bug, mended in the editor by keys alone, and on to another bug."""
    page = visit("/practice")
    page.get_by_role("link", name="Bug hunt: layer normalisation").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/practice/hunt-layer-norm")
    page.locator(".cm-content").wait_for()
    first = page.locator(".cm-line").first.inner_text()
    assert first.startswith("# Bug ")
    page.keyboard.press("Control+Enter")  # the editor has the focus
    page.locator("#verdict .outcome.not").wait_for(timeout=PATIENCE)
    assert "nothing changed yet" in page.locator(".measure").inner_text()
    assert page.locator(".checks .failed").count() >= 1

    source = (REAL / "exercises" / "write-layer-norm" / "solution.py").read_text(encoding="utf-8")
    write(page, f"{first}\n{source}")
    page.locator("#verdict .outcome.accepted").wait_for(timeout=PATIENCE)
    said = page.locator(".measure").inner_text()
    assert "changed" in said
    assert "You " in said  # the bug's own sentence
    page.get_by_role("link", name="Another bug").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**another**")

    assert page.locator(".cm-line").first.inner_text().startswith("# Bug ")
    assert page.locator(".cm-line").first.inner_text() != first
