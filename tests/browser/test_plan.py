"""The plan in a real browser: made, dragged, slid and replanned, by mouse, by keyboard and without scripts."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from tests.browser.conftest import serving
from tests.browser.test_quality import AXE

pytestmark = pytest.mark.browser
GOAL = "llm-roadmap"
TODAY = date.today  # the server's clock is the real one


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server of its own, for a plan changes every page."""
    with serving(tmp_path_factory.mktemp("data")) as found:
        yield found


@pytest.fixture
def planned(visit):
    """A page with a plan of seven hours a week for the long road, made by the form."""

    def open_page(path="/plan", **options):
        page = visit("/plan/new", **options)
        page.locator("#target1").fill(GOAL)
        page.locator("#hours").fill("7")
        page.locator("#deadline").fill("")
        page.get_by_role("button", name=re.compile("Make the plan|Plan it anew")).click()
        page.wait_for_url("**/plan")
        page.goto(page.url.removesuffix("/plan") + path)
        return page

    return open_page


def cell_of(page, skill):
    """The day a skill's first chip stands on."""
    return page.locator(f'[data-skill="{skill}"]').first.evaluate("chip => chip.closest('td').dataset.day")


def movable(page, ahead=2):
    """A skill in the month that begins some days from today, and the day."""
    found = page.evaluate(
        "() => [...document.querySelectorAll('a.chip.begins')].map(c => [c.dataset.skill, c.closest('td').dataset.day])"
    )
    first = (TODAY() + timedelta(days=ahead)).isoformat()
    return next((skill, day) for skill, day in found if day >= first)


def next_month(page):
    """The calendar of next month, so that every day of it lies ahead."""
    first = (TODAY().replace(day=1) + timedelta(days=32)).replace(day=1)
    page.goto(page.url.partition("/plan")[0] + f"/plan/calendar?month={first:%Y-%m}")
    page.locator(".scripted:not([hidden])").first.wait_for()
    return first


def test_a_plan_is_made_with_a_goal_found_by_typing(visit):
    """Typing offers goals, the arrow and Enter take one into the field, Enter makes the plan, and Today begins it."""
    page = visit("/plan/new")
    field = page.locator("#target1")
    field.fill("lora")
    page.locator('[role="option"]').first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.url.endswith("/plan/new")
    assert field.input_value() == "lora"
    page.keyboard.press("Enter")
    page.wait_for_url("**/plan")
    assert page.locator("h1").inner_text().startswith("Low-rank adaptation")

    page.get_by_role("link", name="Today’s next step").click()
    page.wait_for_url("**/today")
    assert page.get_by_role("button", name=re.compile("^Begin")).is_visible()


def test_the_persons_zone_is_filled_in(chromium, tmp_path):
    """In a first form stands the browser's time zone, so that a day ends at midnight where the person is."""
    with serving(tmp_path) as (address, _):
        page = chromium.new_context(timezone_id="Pacific/Auckland").new_page()
        page.goto(address + "/plan/new")
        page.wait_for_function("() => document.querySelector('#zone').value !== ''")

        assert page.locator("#zone").input_value() == "Pacific/Auckland"
        page.context.close()


def test_a_skill_is_dragged_to_another_day_and_back(planned):
    """By mouse: the skill begins on the day it was dropped on, the page says what followed, and undo restores it."""
    page = planned("/plan/calendar")
    next_month(page)
    skill, was = movable(page)
    to = (date.fromisoformat(was) + timedelta(days=3)).isoformat()
    page.evaluate("window.stayed = true")
    page.locator(f'[data-skill="{skill}"]').first.drag_to(page.locator(f'td[data-day="{to}"]'))
    page.locator("#changed").wait_for()

    assert cell_of(page, skill) == to
    assert "now begins on" in page.locator("#changed").inner_text()
    assert "now begins on" in page.locator("#plan-says").inner_text()
    assert page.evaluate("window.stayed")
    page.get_by_role("button", name="Undo").click()
    page.wait_for_function("() => !document.querySelector('#changed')")
    assert cell_of(page, skill) == was


def test_a_skill_is_moved_by_keyboard(planned):
    """Space picks it up, arrows choose the day and say it, Enter puts it down; focus stays with the skill."""
    page = planned("/plan/calendar")
    next_month(page)
    skill, was = movable(page)
    chip = page.locator(f'[data-skill="{skill}"]').first
    chip.focus()
    page.keyboard.press("Space")
    assert "picked up" in page.locator("#plan-says").inner_text()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    to = date.fromisoformat(was) + timedelta(days=8)
    assert str(to.day) in page.locator("#plan-says").inner_text()
    page.keyboard.press("Enter")
    page.locator("#changed").wait_for()

    assert cell_of(page, skill) == to.isoformat()
    assert page.evaluate("document.activeElement.dataset.skill") == skill


def test_escape_leaves_a_skill_where_it_was(planned):
    """Picked up and let go of, nothing is sent and nothing moves."""
    page = planned("/plan/calendar")
    next_month(page)
    skill, was = movable(page)
    page.locator(f'[data-skill="{skill}"]').first.focus()
    for key in ("Space", "ArrowRight", "Escape"):
        page.keyboard.press(key)

    assert "Left where it was" in page.locator("#plan-says").inner_text()
    assert cell_of(page, skill) == was
    assert page.locator("#changed").count() == 0


def test_prerequisites_hold_against_a_drag(planned):
    """Dropped on a day before what it needs, a skill comes after that, and the page names what it waits for."""
    page = planned("/plan/calendar")
    first = next_month(page)
    begins = "[...document.querySelectorAll('a.chip.begins')].map(c => c.dataset.skill)"
    skill = next(s for s in reversed(page.evaluate(begins)) if s.endswith("@use"))
    page.locator(f'[data-skill="{skill}"]').first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/plan/move?**")
    page.locator("#day").fill(TODAY().isoformat())
    page.get_by_role("button", name="Move it").click()
    page.wait_for_url("**/plan/calendar?**")

    assert re.search(r"it needs .* first|finished first|now begins on", page.locator("#changed").inner_text())
    assert f"{first:%Y-%m}" in page.url


def test_sliders_answer_at_once_and_keep_when_asked(planned):
    """Each movement of a slider changes the end within half a second of server time, and only "Keep this" keeps it."""
    page = planned("/plan/what-if")
    page.locator("#hours-slider").wait_for()
    was = page.locator("#end").inner_text()
    assert page.get_by_role("button", name="Keep this").is_disabled()
    with page.expect_response("**/api/plan/what-if**") as caught:
        page.locator("#hours-slider").evaluate(
            "s => { s.value = 14; s.dispatchEvent(new Event('input', {bubbles: true})); }"
        )
    assert caught.value.ok
    page.wait_for_function("was => document.querySelector('#end').innerText !== was", arg=was)
    assert page.locator("#hours").input_value() == "14"
    assert "sooner" in page.locator("#says").inner_text()
    then = page.locator("#end").inner_text()
    page.get_by_role("button", name="Keep this").click()
    page.wait_for_url("**/plan?changed=1")
    assert then in page.locator(".lede").first.inner_text()
    assert "moved" in page.locator("#changed").inner_text()


def test_sliders_work_by_keyboard_and_say_their_values(planned):
    """An arrow key on a slider moves it by its step, and what changed is said to a screen reader."""
    page = planned("/plan/what-if")
    page.locator("#hours-slider").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.querySelector('#plan-says').innerText.includes('done about')")
    assert page.locator("#hours").input_value() == "7.5"
    assert page.locator("#hours-slider").get_attribute("aria-valuetext") == "7.5 hours a week"
    page.locator("#deadline-slider").focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_function("() => document.querySelector('#deadline').value !== ''")
    page.get_by_role("button", name="no deadline").click()
    assert page.locator("#deadline").input_value() == ""


def test_nonsense_on_a_slider_is_a_sentence(planned):
    """Hours that are none are answered beside the figures; nothing can be kept, and the plan stands as it was."""
    page = planned("/plan/what-if")
    page.locator("#hours").fill("0")
    page.locator("#problem:not([hidden])").wait_for()

    assert "cannot be planned" in page.locator("#problem").inner_text()
    assert page.get_by_role("button", name="Keep this").is_disabled()


def test_a_day_is_worked_through(planned):
    """Done takes the next step away, Not today moves it to tomorrow, and Undo brings it back."""
    page = planned("/today")
    first, verb = page.locator("#step").inner_text(), page.locator(".step .verb").inner_text()
    page.get_by_role("button", name=re.compile("^Not today")).click()
    page.locator("#changed").wait_for()
    page.get_by_role("button", name="Undo").click()
    page.wait_for_url("**/today")
    assert page.locator("#step").inner_text() == first
    page.get_by_role("button", name="Done", exact=False).first.click()
    page.wait_for_url("**/today?said=finished")
    assert page.locator(".rest.was li").count() == 1
    assert (page.locator("#step").inner_text(), page.locator(".step .verb").inner_text()) != (first, verb)


def test_the_plan_works_without_scripts(planned):
    """With JavaScript off a plan is made, a skill is moved with a form, what-if has a button, and undo is one."""
    page = planned("/plan/calendar", java_script_enabled=False)
    first = (TODAY().replace(day=1) + timedelta(days=32)).replace(day=1)
    page.goto(page.url + f"?month={first:%Y-%m}")
    page.locator("a.chip.begins").last.click()
    page.locator("#day").fill((first + timedelta(days=40)).isoformat())
    page.get_by_role("button", name="Move it").click()
    assert "now begins on" in page.locator("#changed").inner_text()
    page.get_by_role("button", name="Undo").click()
    assert page.locator("#changed").count() == 0
    page.get_by_role("link", name="What if").click()
    page.locator("#hours").fill("10")
    page.get_by_role("button", name="See what would change").click()
    assert "sooner" in page.locator("#says").inner_text()
    page.get_by_role("button", name="Keep this").click()
    assert "moved" in page.locator("#changed").inner_text()


def test_a_mistake_takes_the_reader_to_it(visit):
    """After a wrong form the message has the focus, and the wrong field says what is wrong with it."""
    page = visit("/plan/new")
    page.locator("#target1").fill("atention")
    page.locator("#hours").fill("0")
    page.get_by_role("button", name=re.compile("Make the plan|Plan it anew")).click()
    page.wait_for_function("() => document.activeElement.className === 'problem summary'")
    assert page.locator("#target1").input_value() == "atention"
    described = page.locator("#hours").get_attribute("aria-describedby")
    assert "With no time" in page.locator(f"#{described}").inner_text()


PAGES = ("/today", "/plan", "/plan/new", "/plan/calendar", "/plan/what-if", "/plan/what-if?hours=2&deadline=2099-01-01",
         "/plan/take", "/plan/move?skill=gradients@use")  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_on_a_plan(planned, scheme):
    """With a plan that holds no page of it violates a rule of level serious or critical, in light or dark."""
    page = planned(color_scheme=scheme)
    base = page.url.removesuffix("/plan")
    wrong = {}
    for path in PAGES:
        page.goto(base + path)
        page.evaluate(AXE.read_text(encoding="utf-8") + ";0")
        found = page.evaluate(
            "axe.run().then(r => r.violations.map(v => [v.impact, v.id, v.nodes.map(n => n.target.join(' '))]))"
        )
        wrong[path] = [v for v in found if v[0] in {"serious", "critical"}]

    assert {path: found for path, found in wrong.items() if found} == {}


def test_a_plan_is_nowhere_wider_than_its_window(planned):
    """From the smallest phone to a desk no page of the plan scrolls sideways."""
    page = planned()
    base = page.url.removesuffix("/plan")
    wide = []
    for path in PAGES:
        page.goto(base + path)
        for width in (320, 390, 700, 820, 1000, 1280):
            page.set_viewport_size({"width": width, "height": 844})
            if page.evaluate("document.scrollingElement.scrollWidth") > width:
                wide.append((path, width))

    assert wide == []
