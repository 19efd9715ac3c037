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


def test_by_keyboard_alone_from_the_start_to_an_accepted_exercise(visit):
    """Tab, Enter and keys of the editor suffice: start page, list, exercise, mistake, mended, past and comparison."""
    page = visit("/")
    tab_to(page, "link", "Practice")
    page.keyboard.press("Enter")
    page.wait_for_url("**/practice")
    tab_to(page, "link", "Attention with a key-value cache")
    page.keyboard.press("Enter")
    page.wait_for_url("**/practice/write-kv-cache")
    page.locator(".cm-content").wait_for()
    assert page.evaluate("document.activeElement.classList.contains('editor')")  # the editor has the focus
    page.keyboard.press("Control+End")
    page.keyboard.insert_text("\n# nothing yet\n")
    page.keyboard.press("Control+Enter")
    page.locator("#verdict .outcome.not").wait_for(timeout=PATIENCE)
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(
        (REAL / "exercises" / "write-kv-cache" / "solution.py").read_text(encoding="utf-8")
    )
    page.keyboard.press("Control+Enter")
    page.locator("#verdict .outcome.accepted").wait_for(timeout=PATIENCE)
    assert page.get_by_role("status").first.inner_text().startswith("Accepted")

    page.keyboard.press("Escape")  # the editor lets go of Tab
    for name, inside in (("Beside the reference solution", ".diff"), ("2 submissions", "#past li")):
        tab_to(page, "group", name)
        page.keyboard.press("Enter")
        page.locator(inside).first.wait_for()
    assert page.locator("#past ol > li").count() == 2

    page.reload()
    page.locator(".cm-content").wait_for()
    assert "nothing yet" not in page.locator("textarea").input_value()
    assert page.locator("#verdict .outcome.accepted").count() == 1


def tab_to(page, kind, name):
    """Press Tab until the focus is on a link, or on the summary of a group, of this name."""
    mine = (
        "([kind, name]) => { const e = document.activeElement; "
        "return (kind === 'link' ? e.tagName === 'A' : e.tagName === 'SUMMARY') && e.innerText.trim() === name; }"
    )
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate(mine, [kind, name]):
            return
    raise AssertionError(name)


def test_what_waits_is_shown_and_its_verdict_comes_by_itself(chromium, tmp_path):
    """Where nobody judges the page says that the code is kept; once somebody does, the verdict appears."""
    from cairn.app import App
    from cairn.settings import Settings
    from cairn.study.worker import Worker
    from tests.browser.conftest import serving

    with serving(tmp_path, "--no-worker") as (home, key):
        page = chromium.new_context().new_page()
        page.goto(key)
        page.wait_for_url(home + "/")
        page.goto(home + "/practice/write-log-sum-exp")
        page.locator(".cm-content").wait_for()
        page.keyboard.press("Control+Enter")
        page.locator("#verdict .outcome.waiting").wait_for(timeout=PATIENCE)
        app = App(Settings(REAL, tmp_path, f"sqlite:///{tmp_path / 'cairn.sqlite3'}"))
        Worker(app.practice()).drain()
        app.close()
        page.locator("#verdict .outcome.not").wait_for(timeout=PATIENCE)
        waiting = page.locator(".waiting").count()
        page.context.close()

    assert waiting == 0
