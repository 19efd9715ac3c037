"""Where a person stands: a whole diagnosis by keyboard, breaks, two tabs, bad answers, and reviews."""

from __future__ import annotations

import re
from contextlib import ExitStack

import pytest

from tests.browser import people
from tests.browser.conftest import serving
from tests.browser.people import PATIENCE, Person, enter

pytestmark = pytest.mark.browser

GOAL = "attention"
MINUTES = 15


@pytest.fixture
def fresh(tmp_path):
    """Starts servers of its own on one data folder, so that each test meets an empty memory."""
    running = ExitStack()

    def start():
        return running.enter_context(serving(tmp_path))

    start.stop = running.close
    yield start
    running.close()


@pytest.fixture
def tab(chromium):
    """Opens tabs of one browser profile on a server, let in by its key."""
    context = chromium.new_context(viewport={"width": 1280, "height": 860})
    entered = set()

    def open_page(server, path):
        address, key = server
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        if key not in entered:
            page.goto(key)
            entered.add(key)
        page.goto(address + path)
        return page

    yield open_page
    context.close()


def finish(page, person, most=60):
    """Answer until the picture stands there."""
    for _ in range(most):
        if "/diagnose/picture" in page.url:
            return
        person.answer(page)
    raise AssertionError("the diagnosis never ended")


@pytest.mark.parametrize(
    ("background", "who"),
    [
        ("Starting fresh", people.beginner),
        ("Mathematics degree", people.mathematician),
        ("Software engineer", people.engineer),
    ],
    ids=["beginner", "mathematician", "engineer"],
)
def test_a_first_visit_ends_in_the_truth(fresh, tab, real, background, who):
    """From the start page by keyboard to the picture within 15 simulated minutes; it calls 85 % of the skills right."""
    curriculum = real.curriculum
    page = tab(fresh(), "/diagnose")
    page.get_by_role("button", name=background).click()
    page.locator("[aria-pressed=true]", has_text=background).wait_for()
    page.get_by_role("searchbox").or_(page.get_by_role("combobox")).first.fill(GOAL)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    person = Person(curriculum, who(curriculum))
    finish(page, person)

    assert person.minutes <= MINUTES
    truth = {s for s in page_skills(curriculum) if s in person.knows}
    found = standing(page)
    calls = {s: p >= 0.5 for s, p in found.items()}
    correct = sum(calls[s] == (s in truth) for s in calls) / len(calls)
    assert correct >= 0.85
    lacking = {s for s in calls if s not in truth}
    gap = set(real.gap(GOAL, knows=[s for s, p in found.items() if p >= 0.8]).skills)
    assert len(gap & lacking) >= 0.85 * len(lacking)
    page.locator("#picture").wait_for()
    known = int(page.locator("#picture").get_attribute("data-known"))
    assert known == sum(p >= 0.8 for p in found.values())


def page_skills(curriculum):
    """The skills that the goal needs."""
    graph = curriculum.graph
    from cairn.planning import resolve_target

    wanted = resolve_target(curriculum, GOAL).skills
    return [graph.nodes[i] for i in sorted(graph.below(graph.position[s] for s in wanted))]


def standing(page):
    """What the server believes, as its API says it."""
    from cairn.curriculum import Skill

    told = page.evaluate("async goal => (await fetch('/api/standing?target=' + goal)).json()", GOAL)
    return {Skill.parse(name): p for name, p in told["skills"].items()}


def shown(page, part):
    """What a part of the page says once its formulas are set."""
    page.wait_for_function("() => !document.querySelector('[data-tex]')")
    return page.locator(part).inner_text()


def test_a_break_loses_nothing(fresh, tab, real):
    """After a restart of the server the same question waits, and what was answered counts."""
    curriculum = real.curriculum
    page = tab(fresh(), f"/diagnose?target={GOAL}")
    person = Person(curriculum, people.engineer(curriculum))
    for _ in range(3):
        person.answer(page)
    before, asked = shown(page, ".ask-text"), page.locator("h1").inner_text()
    page.reload()
    assert shown(page, ".ask-text") == before
    fresh.stop()
    page = tab(fresh(), "/diagnose")
    with page.expect_navigation():
        page.get_by_role("link", name=re.compile("Go on")).click()

    assert page.locator("h1").inner_text() == asked
    assert shown(page, ".ask-text") == before


def test_two_tabs_lose_nothing(fresh, tab, real):
    """Both tabs show the same question; the first answer counts, the second is told so, and both go on alike."""
    server = fresh()
    one, two = (tab(server, f"/diagnose?target={GOAL}&minutes=15") for _ in range(2))
    person = Person(real.curriculum, people.mathematician(real.curriculum))
    for _ in range(4):
        assert shown(one, "#ask") == shown(two, "#ask")
        is_item = one.locator("form.question [name=item]").count()
        person.answer(one)
        with two.expect_navigation():
            two.keyboard.press("?")
        if is_item:
            assert "answered before" in two.locator(".note").inner_text()
            with two.expect_navigation():
                two.keyboard.press("Enter")
        two.reload()
        one.reload()

    assert (
        one.locator("h1").inner_text()
        == two.locator("h1").inner_text()
        == f"Question 5 on {real.curriculum.topics['scaled-dot-product-attention'].title}"
    )


def asked_about(page, real):
    """The variant on the page."""
    from cairn.curriculum.items.variant import variant

    form = page.locator("form.question")
    item = real.curriculum.items.get(form.locator("[name=item]").get_attribute("value"))
    return variant(item, int(form.locator("[name=seed]").get_attribute("value")))


def test_every_kind_is_answered_by_keyboard(visit, real):
    """Choice, number, formula, shape, order and output: each is answered rightly by keys alone."""
    page = visit("/")
    seen = set()
    for _ in range(40):
        for skill in (
            "softmax@recognise",
            "softmax@use",
            "scaled-dot-product-attention@use",
            "softmax@derive",
            "matrix-multiplication@use",
        ):
            page.goto(re.sub(r"(//[^/]+).*", r"\1", page.url) + f"/ask/{skill}")
            made = asked_about(page, real)
            kind = made.item.kind.value
            if kind in seen or kind == "free":
                with page.expect_navigation():
                    page.keyboard.press("?")
                continue
            enter(page, made)
            assert page.locator("h1").inner_text() == "Right", made.item.id
            seen.add(kind)
        if len(seen) == 6:
            break
    assert seen == {"choice", "numeric", "expression", "shape", "order", "output"}


BAD = (
    "NaN", "1e400", "\\frac{1}{2", "", "x" * 5000, "(1,2", "__import__('os').system('true')",
    "<script>alert(1)</script>", "9" * 1000, "((((" * 200,
)  # fmt: skip


@pytest.mark.parametrize("skill", ["softmax@use", "scaled-dot-product-attention@use"])
def test_a_bad_answer_gets_a_message(visit, skill):
    """Whatever is typed is marked or told to be unreadable; the page stays, and so does the server."""
    page = visit(f"/ask/{skill}")
    here = page.url
    for text in BAD:
        page.goto(here)
        while not page.locator("input[name=text]").count():
            with page.expect_navigation():
                page.keyboard.press("?")
            page.goto(here)
        page.evaluate("() => document.querySelector('input[name=text]').removeAttribute('maxlength')")
        page.locator("input[name=text]").fill(text)
        with page.expect_navigation():
            page.keyboard.press("Enter")

        assert page.locator("[role=alert], .verdict").count() == 1, text
        assert "Something broke" not in page.locator("main").inner_text()


def test_a_megabyte_is_refused(visit):
    """An answer of a megabyte gets a page that says so; nothing was changed and the question is still there."""
    page = visit("/ask/softmax@derive")
    page.evaluate(
        """() => {
            const form = document.querySelector("form.question");
            form.insertAdjacentHTML("beforeend", "<input type=hidden name=text>");
            form.lastChild.value = "1".repeat(1_000_000);
        }"""
    )
    with page.expect_navigation():
        page.locator("button[value=answer]").click()
    assert "the form is too large" in page.locator("main").inner_text()
    assert "Nothing was changed" in page.locator("main").inner_text()


def test_without_scripts_a_diagnosis_runs(visit):
    """Plain forms and links ask, answer, explain and stop."""
    page = visit(f"/diagnose?target={GOAL}", java_script_enabled=False)
    before = page.locator("#ask").inner_text()
    with page.expect_navigation():
        page.locator("button[value=pass], button[value=no]").click()
    if page.locator("[data-next]").count():
        with page.expect_navigation():
            page.locator("[data-next]").click()
    assert page.locator("#ask").inner_text() != before
    with page.expect_navigation():
        page.locator("[data-stop]").click()
    assert page.locator("#picture").is_visible()


def test_escape_stops_and_shows_where_one_stands(visit):
    """Esc leads from a question to the picture, from where one can go on."""
    page = visit(f"/diagnose?target={GOAL}&minutes=30")
    with page.expect_navigation():
        page.keyboard.press("Escape")
    assert page.locator("#picture").is_visible()
    assert page.get_by_role("link", name=re.compile("Ask me more|Begin")).count()


def test_a_wrong_answer_explains_itself(visit, real):
    """It names the wrong idea, leads to the section that repairs it, and goes on with Enter."""
    page = visit("/")
    base = page.url.rstrip("/")
    for _ in range(20):
        page.goto(f"{base}/ask/softmax@recognise")
        made = asked_about(page, real)
        if made.item.kind.value == "choice" and not made.key.multiple:
            break
        with page.expect_navigation():
            page.keyboard.press("?")
    wrong = next(i for i, o in enumerate(made.options) if o.key not in made.key.right)
    page.keyboard.press(str(wrong + 1))
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert page.locator("h1").inner_text() == "Not right"
    assert page.locator(".likely").inner_text().strip()
    assert page.locator(".likely a").first.get_attribute("href").startswith("/topics/")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("form.question").count() == 1
