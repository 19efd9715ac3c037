"""The question bank, drills and an interview in a real browser: by keyboard, without scripts, on a phone, with axe."""

from __future__ import annotations

import pytest

from tests.browser.test_quality import AXE

pytestmark = pytest.mark.browser

DRILL = "/drills/hoeffding-inequality?item=hoeffding-inequality/drill-without-dependent-terms"
ORDER = "/drills/hoeffding-inequality?item=hoeffding-inequality/drill-order-chernoff-steps"
PHONE = {"width": 390, "height": 844}


def serious(page):
    """What axe finds serious or critical on a page."""
    page.evaluate(AXE.read_text(encoding="utf-8") + ";0")
    found = page.evaluate(
        "axe.run().then(r => r.violations.map(v => [v.impact, v.id, v.nodes.map(n => n.target.join(' '))]))"
    )
    return [v for v in found if v[0] in {"serious", "critical"}]


def compare(page):
    """Write an answer and compare it, with the keyboard alone."""
    page.locator("textarea[name=text]").focus()
    page.keyboard.type("One set of d points with all labellings; no set of d + 1.")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("form.grading")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path", ["/questions/q-vc-define?show=answer", "/drills", DRILL, ORDER, "/interview"]
)
def test_axe_finds_nothing_serious(visit, path, scheme):
    """No page of questions, drills or interviews violates a serious rule, in light or dark."""
    assert serious(visit(path, color_scheme=scheme)) == []


def test_a_question_is_answered_and_graded_by_keyboard(visit):
    """Type, Ctrl+Enter, choose with Tab and arrows, Enter: the grades are kept; axe is silent on the way."""
    page = visit("/questions/q-vc-define")
    compare(page)
    assert serious(page) == []
    for i in range(page.locator("fieldset.criterion").count()):
        page.locator(f"input[name=c{i}]").first.focus()
        page.keyboard.press("Space")
        page.keyboard.press("ArrowRight")
    page.locator("button[value=keep]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/answered/*")

    assert page.locator("ul.graded .credit").all_text_contents() == ["In part"] * 4
    assert serious(page) == []


@pytest.mark.parametrize("scripts", [False, True], ids=["no scripts", "phone"])
def test_it_works_without_scripts_and_on_a_phone(visit, scripts):
    """The same way by pointing only; on a phone nothing is wider than the window."""
    page = visit("/questions/q-rademacher-state", java_script_enabled=scripts)
    page.set_viewport_size(PHONE)
    page.fill("textarea[name=text]", "signs")
    page.click("button[value=answer]")
    for i in range(page.locator("fieldset.criterion").count()):
        page.check(f"input[name=c{i}][value=full]")
    if scripts:
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.click("button[value=keep]")
    page.wait_for_url("**/answered/*")

    assert "In full" in page.inner_text("main")


def test_a_proof_is_put_in_order_by_keyboard(visit):
    """Alt with arrows moves steps until the order is right, whatever the order at first."""
    page = visit(ORDER)
    keys = page.locator(".order li").evaluate_all("all => all.map(e => e.dataset.key)")
    for place, key in enumerate(sorted(keys)):
        while page.locator(".order li").evaluate_all("all => all.map(e => e.dataset.key)").index(key) > place:
            page.locator(f'.order li[data-key="{key}"]').focus()
            page.keyboard.press("Alt+ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/answered/**")

    assert page.inner_text("h1") == "Right"


def test_a_theorem_drill_by_keyboard_shows_its_counterexample(visit):
    """A digit chooses, Enter answers, and the failure mode of the page stands there with a form that runs it."""
    page = visit(DRILL)
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    page.wait_for_url("**/answered/**")

    assert page.locator("#check-dependent-terms").is_visible()
    assert serious(page) == []


def test_an_interview_by_keyboard(visit):
    """Begin, answer twice, grade, pause, go on, end: the clock runs, stands in the pause, and the report comes."""
    page = visit("/interview")
    page.locator("form.interview-form button").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/interview/now")
    assert serious(page) == []
    page.wait_for_selector("[data-left]:not(:has-text('15:00'))")
    for _ in range(2):
        page.locator("textarea[name=text]").focus()
        page.keyboard.type("my answer")
        with page.expect_navigation():
            page.keyboard.press("Control+Enter")
    page.wait_for_selector("form.grading")
    assert serious(page) == []
    for _ in range(page.locator("fieldset.criterion").count()):
        page.keyboard.press("1")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    page.wait_for_selector("textarea[name=text]:visible")
    page.locator("textarea[name=text]").fill("half a sentence")
    page.keyboard.press("Escape")
    page.wait_for_selector("h1:has-text('Paused')")
    stands = page.inner_text("[data-left]")
    page.wait_for_timeout(1200)
    assert page.inner_text("[data-left]") == stands
    page.locator("button.primary[value=resume]").press("Enter")
    page.wait_for_selector("textarea[name=text]:visible")
    assert page.input_value("textarea[name=text]") == "half a sentence"
    page.locator("textarea[name=text]").fill("")
    page.locator("button[value=finish]").press("Enter")
    page.wait_for_selector("article.report")

    assert "in full" in page.inner_text("article.report")
    assert serious(page) == []
