"""What a newcomer does in the first five minutes, in a real browser."""

from __future__ import annotations

import re

import pytest

from tests.browser.conftest import serving

pytestmark = pytest.mark.browser


def test_a_goal_is_found_as_it_is_typed_and_its_gap_opens(visit):
    """Typing offers goals, arrows choose, Enter opens the gap, which names a total."""
    page = visit("/")
    page.get_by_role("combobox").fill("scaled dot")
    page.locator('[role="option"]').first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/gap"))

    assert page.locator("h1").inner_text() == "Scaled dot-product attention"
    assert "10 topics" in page.locator("main").inner_text()


def test_ticking_a_topic_takes_what_it_rests_on_along(visit):
    """A tick removes the topic and its foundations from the list without a reload, and can be undone."""
    page = visit("/gap?target=attention")
    before = page.locator(".steps > li").count()
    page.evaluate("window.stayed = true")
    page.get_by_role("button", name=re.compile("I know Matrix multiplication")).click()
    page.wait_for_function("n => document.querySelectorAll('.steps > li').length < n", arg=before)

    titles = page.locator(".steps .title").all_inner_texts()
    assert "Matrix multiplication" not in titles
    assert "Vectors" not in titles
    assert page.evaluate("window.stayed")

    page.reload()
    assert page.locator(".steps > li").count() < before
    page.get_by_role("button", name=re.compile("do not know Matrix multiplication")).click()
    page.wait_for_function("n => document.querySelectorAll('.steps > li').length === n", arg=before)


def test_from_the_gap_to_a_topic_and_back(visit):
    """The first step opens its page, which says what it needs and unlocks, with formulas set."""
    page = visit("/gap?target=attention")
    page.locator(".steps .title", has_text="Softmax").first.click()
    page.wait_for_url(re.compile("/topics/softmax"))

    assert page.locator(".katex").count() > 0
    assert page.get_by_role("heading", name="What you need").is_visible()
    assert page.get_by_role("heading", name="What this unlocks").is_visible()
    page.go_back()
    assert page.locator("h1").inner_text() == "Scaled dot-product attention"


def test_search_opens_on_one_key_and_leads_to_a_page(visit):
    """`/` opens search anywhere, typing answers, Enter opens the best match."""
    page = visit("/areas")
    page.keyboard.press("/")
    page.get_by_role("dialog").get_by_role("combobox").wait_for()
    page.keyboard.type("flashattention")
    page.locator('dialog [role="option"]').first.wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/topics/flash-attention"))


def test_a_background_narrows_the_hours(visit):
    """Saying where one comes from changes the total at once, and is kept."""
    page = visit("/gap?target=character-level-gpt")
    total = page.locator(".total").inner_text()
    page.get_by_role("button", name="Software engineer").click()
    page.wait_for_function("t => document.querySelector('.total').innerText !== t", arg=total)
    page.reload()

    assert page.locator(".total").inner_text() != total
    page.get_by_role("button", name="Software engineer").click()
    page.wait_for_function("t => document.querySelector('.total').innerText === t", arg=total)


def test_a_kept_goal_greets_at_the_start(visit):
    """A goal that is kept stands on the first screen with what is left of it."""
    page = visit("/gap?target=lora")
    page.get_by_role("button", name="Keep as a goal").click()
    page.wait_for_function("location.pathname === '/' || !!document.body.innerText.match(/kept|goal/i)")
    page = visit("/")

    assert page.get_by_role("heading", name="Your goals").is_visible()


def test_the_map_is_walked_by_keyboard(visit):
    """The map takes focus, arrows move along requirements, each move is said, and Enter opens a topic."""
    page = visit("/map?target=attention")
    page.locator("#map.live").wait_for()
    page.locator("#map").focus()
    said = [""]
    for key in ("Home", "ArrowLeft", "ArrowLeft", "ArrowRight"):
        page.keyboard.press(key)
        page.wait_for_function(
            "was => document.querySelector('#map-status').innerText !== was", arg=said[-1], timeout=10_000
        )
        said.append(page.locator("#map-status").inner_text())

    assert said[1].startswith("Scaled dot-product attention, in Attention and transformers")
    assert len(set(said)) >= 4
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/topics/"), wait_until="commit")


def test_everything_works_without_scripts(visit):
    """With JavaScript off the goal, the tick and the search are plain forms and links."""
    page = visit("/", java_script_enabled=False)
    page.get_by_role("searchbox").fill("Hoeffding")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("h1").inner_text() == "Hoeffding's inequality"
    before = page.locator(".steps > li").count()
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("I know Variance")).click()
    assert page.locator(".steps > li").count() < before
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("do not know Variance")).click()
    assert page.locator(".steps > li").count() == before


def test_three_questions_lead_to_a_gap(fresh_visit):
    """Before anything is known the gap offers three questions; after them stands the picture, and from it the gap."""
    page = fresh_visit("/gap?target=attention")
    page.get_by_role("link", name="Three questions to begin").click()
    for number in range(3):
        page.wait_for_url("**/diagnose?**")
        assert page.locator("h1").inner_text().startswith(f"Question {number + 1}")
        with page.expect_navigation(timeout=60_000):
            page.keyboard.press("?")
    page.locator("#picture").wait_for()
    assert "3 questions" in page.locator("main").inner_text()
    page.get_by_role("link", name="See the gap").click()
    page.wait_for_url("**/gap?**")

    assert page.get_by_role("link", name=re.compile("^Begin: ")).is_visible()


@pytest.fixture
def fresh_visit(chromium, tmp_path):
    """Opens a page of a server on which nothing was ever said."""
    with serving(tmp_path) as (address, key):
        context = chromium.new_context()
        page = context.new_page()
        page.goto(key)

        def open_page(path):
            page.goto(address + path)
            return page

        yield open_page
        context.close()
