"""Playgrounds in a real browser: by keyboard, without a script, on a phone, in the dark, printed, and still."""

from __future__ import annotations

import re

import pytest

from tests.browser.test_quality import AXE

pytestmark = pytest.mark.browser

ALL = (
    "attention-viewer", "bias-and-variance", "byte-pair-encoding-steps", "concentration-lab", "convolution-arithmetic",
    "double-descent", "floating-point-explorer", "loss-curve-drill", "loss-curve-gallery", "model-memory",
    "optimiser-race", "sampling",
)  # fmt: skip
SHIFTS = (
    "window.shift = 0; new PerformanceObserver(l => l.getEntries().forEach(e => { window.shift += e.value; }))"
    ".observe({type: 'layout-shift', buffered: true})"
)


def says(page, text, where=""):
    """Wait until the scene says something."""
    page.locator(f"{where} .says", has_text=text).first.wait_for(timeout=10_000)


def test_all_are_looked_at(visit):
    """The list of this file is that of the page."""
    links = (
        visit("/playgrounds")
        .locator('main a[href^="/playgrounds/"]')
        .evaluate_all("a => a.map(x => x.pathname)")
    )

    assert sorted(link.rpartition("/")[2] for link in links) == sorted(ALL)


@pytest.mark.parametrize("name", ALL)
def test_each_is_sound(visit, name):
    """Axe finds nothing in light or dark, also after a change; nothing shifts while it loads or a slider moves by key;
    on a phone nothing scrolls sideways.
    """
    page = visit("/nothing-here")
    page.add_init_script(SHIFTS)
    page.goto(page.url.replace("/nothing-here", f"/playgrounds/{name}"))
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.shift") == 0

    slider = page.locator('.controls input[type="range"]').first
    if slider.count():
        slider.focus()
        with page.expect_response(re.compile("/scene")):
            page.keyboard.press("ArrowRight")
        page.wait_for_timeout(150)
        assert page.evaluate("window.shift") < 1e-4  # a number of another width moves nothing but itself
    page.evaluate(AXE.read_text(encoding="utf-8") + ";0")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.wait_for_timeout(200)  # controls change their colour in 120 ms
        found = page.evaluate(
            "axe.run().then(r => r.violations.map(v => [v.impact, v.id, v.nodes.map(n => n.target.join(' '))]))"
        )
        assert [v for v in found if v[0] in {"serious", "critical"}] == [], scheme
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 390


def test_a_slider_moves_by_keyboard(visit):
    """An arrow key changes the value, the picture, what is read aloud and the address, and keeps the focus."""
    page = visit("/playgrounds/byte-pair-encoding-steps")
    page.get_by_role("slider", name="merges").focus()
    page.keyboard.press("ArrowRight")
    says(page, "Merge 7 joins")

    assert page.locator(".slider output").text_content() == "7"
    assert "Merge 7 joins" in page.locator("#said").text_content()
    assert "merges=7" in page.url
    assert page.evaluate("document.activeElement.name") == "merges"


def test_typing_answers_by_itself(visit):
    """Text is answered after a pause; what is no number gets a sentence, and the picture stays."""
    page = visit("/playgrounds/floating-point-explorer")
    field = page.get_by_label("number")
    field.fill("0.5")
    says(page, "0.5 is stored exactly in FP16")
    field.fill("half")
    page.locator(".wrong", has_text="The number is a number such as").wait_for()
    field.fill("1/4")
    says(page, "stored exactly")


def test_a_number_out_of_bounds_is_marked(visit):
    """The field is marked as wrong, and a sentence gives the bounds."""
    page = visit("/playgrounds/model-memory")
    field = page.get_by_label("layers")
    field.fill("5000")
    page.locator(".wrong", has_text="Layers is a whole number from 1 to 1000").wait_for()
    assert field.get_attribute("aria-invalid") == "true"

    field.fill("12")
    page.locator(".wrong").wait_for(state="detached")
    assert field.get_attribute("aria-invalid") is None


def test_a_preset_sets_the_controls(visit):
    """A link of the scene fills the form and shows its picture without leaving the page."""
    page = visit("/playgrounds/model-memory")
    page.get_by_role("link", name="GPT-2 small").press("Enter")
    says(page, "0.496 in FP32")

    assert page.get_by_label("layers").input_value() == "12"


def test_playing_moves_the_slider_and_stops(visit):
    """Play goes on by itself; pressed again it stops."""
    page = visit("/playgrounds/byte-pair-encoding-steps")
    button = page.get_by_role("button", name="Play: merges")
    button.focus()
    page.keyboard.press("Enter")
    says(
        page, re.compile(r"Merge ([89]|\d\d) joins")
    )  # it may be past the eighth by the time it is looked at
    assert button.text_content() == "Pause"
    page.keyboard.press("Enter")
    held = page.locator(".slider output").text_content()
    page.wait_for_timeout(900)

    assert page.locator(".slider output").text_content() == held
    assert button.text_content() == "Play"


def test_reduced_motion_plays_nothing(visit):
    """Who asked for less motion is offered no Play; the slider does the same."""
    page = visit("/playgrounds/byte-pair-encoding-steps", reduced_motion="reduce")

    assert not page.locator(".play").is_visible()


def test_the_drill_by_keyboard(visit):
    """An answer is a button: pressed by key it is judged in place, keeps the focus, and the next curve follows."""
    page = visit("/playgrounds/loss-curve-drill")
    first = page.locator(".question li button").first
    first.focus()
    page.keyboard.press("Enter")
    page.locator(".question .right").first.wait_for()
    assert page.evaluate("document.activeElement.name") == "answer"
    assert re.match("It (fits|does not fit)", page.locator(".says").text_content())

    page.get_by_role("button", name="Next curve").press("Enter")
    page.locator(".question .right").first.wait_for(state="detached")
    assert page.get_by_label("curve, 1 to").input_value() == "2"


def test_without_a_script(visit):
    """With scripts off the form, the answers of a question and the presets load the page anew."""
    page = visit("/playgrounds/byte-pair-encoding-steps", java_script_enabled=False)
    page.get_by_label("words to cut").fill("lowly")
    page.get_by_role("button", name="Show").click()
    page.wait_for_load_state("networkidle")
    assert "lowly" in page.locator(".pieces").last.text_content()
    assert not page.locator(".play").is_visible()

    page.goto(page.url.partition("/playgrounds")[0] + "/playgrounds/loss-curve-drill?number=4")
    page.locator(".question li button").first.click()
    assert page.get_by_label("curve, 1 to").input_value() == "4"
    assert page.locator(".question .right").count() >= 1


def test_on_the_topics_page(visit):
    """The same playground stands on its topic's page and answers there."""
    page = visit("/topics/scaled-dot-product-attention")
    page.locator("#play-attention-viewer").get_by_label("your sentence").fill("to be or not to be")
    page.locator("#play-attention-viewer .corner ~ th", has_text="be").first.wait_for()

    assert page.url.endswith("/topics/scaled-dot-product-attention")


def test_paper_shows_a_still_picture(visit):
    """In print the controls are gone and their values stand as a line."""
    page = visit("/playgrounds/attention-viewer")
    page.emulate_media(media="print")

    assert not page.locator(".controls").is_visible()
    assert "width d of queries and keys: 16" in page.locator(".setting").text_content()
    assert page.locator(".setting").is_visible()
    assert page.locator(".grid").is_visible()
