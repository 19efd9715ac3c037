"""Checkpoints, the log, an audit, papers, profile and frontiers in a real browser, by keyboard alone."""

from __future__ import annotations

import re

import pytest

from cairn.app import App
from cairn.curriculum.items.variant import variant
from cairn.settings import Settings
from cairn.study.planning_terms import Terms
from tests.browser.conftest import serving
from tests.browser.people import PATIENCE, enter
from tests.browser.test_quality import AXE
from tests.conftest import REAL

pytestmark = pytest.mark.browser

GATE = "/checkpoints/research-readiness-phase-1"


def press(page, role, name, key="Enter"):
    """Go to a control by its name and press a key that leads to another page."""
    control = page.get_by_role(role, name=name).first
    control.focus()
    assert control.evaluate("e => e === document.activeElement")
    with page.expect_navigation(timeout=PATIENCE):
        page.keyboard.press(key)


def write(page, label, text):
    """Go to a field by its label and type."""
    page.get_by_label(label, exact=False).first.focus()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)


def sound(page):
    """Nothing serious for axe, in light and in dark, and nothing wider than a phone."""
    page.evaluate(AXE.read_text(encoding="utf-8") + ";0")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found = page.evaluate(
            "axe.run().then(r => r.violations.map(v => [v.impact, v.id, v.nodes.map(n => n.target.join(' '))]))"
        )
        assert [v for v in found if v[0] in {"serious", "critical"}] == [], (page.url, scheme)
    page.emulate_media(color_scheme=None)
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 390, page.url
    page.set_viewport_size({"width": 1280, "height": 860})


def answer(page, curriculum, text, *, well):
    """Answer the question on the page: in one's own words, against the key, and the machine's own."""
    assert page.evaluate("document.activeElement.id") == "text"
    page.keyboard.insert_text(text)
    page.keyboard.press("Tab")
    with page.expect_navigation(timeout=PATIENCE):
        page.keyboard.press("Enter")
    assert text in page.locator("main").inner_text()
    for point in page.locator("fieldset.criterion").all():
        point.get_by_role("radio", name=re.compile("^In full" if well else "^Not")).focus()
        page.keyboard.press("Space")
    sound(page)
    press(page, "button", "Keep these grades")
    if "/check/" in page.url:
        sound(page)
        item = curriculum.items.get(page.locator("[name=item]").get_attribute("value"))
        enter(page, variant(item, int(page.locator("[name=seed]").get_attribute("value"))))
        with page.expect_navigation(timeout=PATIENCE):
            page.keyboard.press("Enter")


def choose(page, group, name):
    """Choose one of two for a criterion, by arrow or space."""
    radio = page.get_by_role("group", name=group).get_by_role("radio", name=name)
    radio.focus()
    page.keyboard.press("Space")
    assert radio.is_checked()


def test_a_checkpoint_is_failed_mended_and_passed_by_keyboard(visit, real):
    """Not yet leads to the weak areas with hours; asked again, what failed is answered, and it is passed."""
    page = visit("/checkpoints")
    page.set_default_timeout(PATIENCE)
    press(page, "link", "Foundations assumed cold")
    press(page, "link", "Begin")
    answer(page, real.curriculum, "For bounded independent variables …", well=True)
    answer(page, real.curriculum, "I forget the second proof.", well=False)
    choose(page, re.compile("Hoeffding"), "met")
    choose(page, re.compile("Any three theorems"), "not yet")
    press(page, "button", "See how it went")

    assert page.locator("#verdict").inner_text() == "Not yet"
    weak = page.locator(".weak").inner_text()
    assert "Proof techniques" in weak
    assert re.search(r"\d (h|min)", weak)
    sound(page)

    press(page, "button", "Answer again what failed")
    press(page, "link", "Go on")
    answer(page, real.curriculum, "Union bound, then each tail.", well=True)
    choose(page, re.compile("Any three theorems"), "met")
    press(page, "button", "See how it went")
    assert page.locator("#verdict").inner_text() == "Passed"
    sound(page)
    page.goto(page.url.partition("/checkpoints")[0] + "/checkpoints")
    assert "passed" in page.locator("main").inner_text()


def test_a_log_is_kept_put_right_and_timed_by_keyboard(visit):
    """Minutes typed, an entry changed and one removed, a timer started and stopped; a mistake loses nothing."""
    page = visit("/log")
    page.set_default_timeout(PATIENCE)
    write(page, "What", "Essence of Calculus")
    write(page, "Minutes", "soon")
    write(page, "A note", "Chapter 3")
    press(page, "button", "Keep")
    assert "is no time" in page.get_by_role("alert").inner_text()
    assert page.get_by_label("What", exact=True).input_value() == "Essence of Calculus"
    assert page.get_by_label("A note").input_value() == "Chapter 3"
    sound(page)
    write(page, "Minutes", "1:30")
    page.get_by_role("radio", name="watching").focus()
    page.keyboard.press("Space")
    press(page, "button", "Keep")
    assert "1 h 30 min" in page.locator(".entries").inner_text()
    sound(page)

    press(page, "link", "Change Essence of Calculus")
    sound(page)
    write(page, "Minutes", "80")
    press(page, "button", "Keep")
    assert "1 h 20 min" in page.locator(".entries").inner_text()
    press(page, "link", "Change Essence of Calculus")
    press(page, "button", "Remove it")
    assert "Essence of Calculus" not in page.locator("main").inner_text()

    write(page, "What", "Softmax by hand")
    press(page, "button", "Start a timer")
    assert page.locator("[data-since]").inner_text() == "0 min"
    sound(page)
    press(page, "button", "Stop, and keep the minutes")
    assert "Softmax by hand" in page.locator(".entries").inner_text()


def test_a_list_is_audited_by_keyboard(visit):
    """A pasted list is read line by line; a suggestion mends the line that was not understood."""
    page = visit("/audit")
    page.set_default_timeout(PATIENCE)
    write(page, "For what goal", "llm-roadmap")
    write(page, "Your topics", "- Backpropagation\n- Softmx\n- Kernel methods\n- Chain rule")
    press(page, "button", "Hold it against the goal")
    lines = page.locator(".lines").inner_text()
    assert "not understood" in lines
    assert "Chain rule, which stands later" in lines
    sound(page)
    press(page, "button", re.compile("Read “Softmx” as Softmax"))
    assert "not understood" not in page.locator(".lines").inner_text()
    assert "Softmax" in page.get_by_label("Your topics").input_value()


def test_it_all_works_without_scripts(visit):
    """With scripts off a checkpoint is begun, an entry kept, a list audited: forms are enough."""
    page = visit("/checkpoints/llm-roadmap-phase-2", java_script_enabled=False)
    page.set_default_timeout(PATIENCE)
    press(page, "link", "Begin")
    page.get_by_label("Your answer").fill("Labels or none.")
    press(page, "button", "Compare with the model answer")
    assert page.get_by_role("heading", name="Grade yourself").is_visible()
    for point in page.locator("fieldset.criterion").all():
        point.get_by_role("radio").first.check()
    press(page, "button", "Keep these grades")
    assert "/ask/" in page.url or "/check/" in page.url

    page.goto(page.url.partition("/checkpoints")[0] + "/log")
    page.get_by_label("What", exact=True).fill("A walk through proofs")
    page.get_by_label("Minutes", exact=True).fill("25")
    press(page, "button", "Keep")
    assert "A walk through proofs" in page.locator(".entries").inner_text()

    page.goto(page.url.partition("/log")[0] + "/audit?target=attention")
    page.get_by_label("Your topics").fill("softmax")
    press(page, "button", "Hold it against the goal")
    assert "softmax\tSoftmax" in page.locator(".lines").inner_text()


def test_papers_and_experiments_by_keyboard(visit):
    """A first pass is kept with an idea; an experiment is begun and finished."""
    page = visit("/reading")
    page.set_default_timeout(PATIENCE)
    write(page, "Another paper", "Attention Is All You Need")
    press(page, "button", "Find")
    write(page, "What does it add?", "Attention alone.")
    write(page, "Ideas to implement", "mask by hand")
    write(page, "Minutes it took", "9")
    press(page, "button", "Keep this pass")
    assert "mask by hand" in page.locator("aside").inner_text()
    sound(page)
    page.goto(page.url.partition("/reading")[0] + "/log/experiments?subject=write-adam")
    write(page, "Hypothesis", "Without correction the first steps are too long.")
    press(page, "button", "Keep")
    press(page, "link", re.compile("Go on with"))
    write(page, "What was seen", "3.2 times")
    press(page, "button", "Keep")
    assert "3.2 times" in page.locator("#notes").inner_text()
    sound(page)


def test_a_profile_and_a_frontier_change_the_plan_before_the_eyes(chromium, tmp_path):
    """With a plan, answers show its end before and after, and only what is kept becomes the plan."""
    database = f"sqlite:///{tmp_path / 'cairn.sqlite3'}"
    app = App(Settings(curriculum=REAL, data=tmp_path, database_url=database))
    planning = app.planning()
    planning.make(Terms(targets=("research-readiness",), start=planning.today(), hours=12))
    with serving(tmp_path) as (address, key):
        page = chromium.new_context(viewport={"width": 1280, "height": 860}).new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(key)
        page.goto(address + "/frontier")
        page.get_by_role("radio", name=re.compile("Interpretability")).focus()
        page.keyboard.press("Space")
        press(page, "button", "Show what it changes")
        assert "sooner" in page.locator("#both-says").inner_text()
        assert planning.terms().choose == ()
        sound(page)
        press(page, "button", "Keep this")
        assert planning.terms().choose == ("Frontier two, interpretability",)
        page.goto(address + "/profile")
        page.get_by_role("checkbox", name="Linear algebra").focus()
        page.keyboard.press("Space")
        press(page, "button", "Show what it changes")
        sound(page)
        press(page, "button", "Keep this")
        assert planning.terms().met == ("linear-algebra",)
        page.context.close()
    app.close()
