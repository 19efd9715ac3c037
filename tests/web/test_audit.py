"""The audit over the wire: every line's reading is shown, unknown ones have suggestions, nothing typed is lost."""

from __future__ import annotations

import pytest

from tests.web.reading import Page, assert_page


def audit(site, text, target="fitting", **more):
    return site.post("/audit", data={"target": target, "list": text} | more)


def test_each_line_is_read_and_judged(site):
    """Fine, unnecessary, out of order, twice, unknown: each line has its reading and what to do."""
    answer = audit(site, "1. Fitting a line\n- slope\n\n* Slope\nQuantum knitting\r\n2) addition")
    page = assert_page(answer)

    assert "It requires Slope, which stands later on your list." in page.text
    assert "The same topic as “slope” above" in page.text
    assert "No topic has this name." in page.text
    assert "multiplication" in " ".join(page.links)
    assert "Quantum knitting" in page.text
    assert "% of the topics" in page.text


def test_depth_is_judged_where_the_list_says_it(site):
    """A level on a line is held against the level that the goal needs."""
    page = assert_page(audit(site, "slope@recognise"))

    assert "the goal needs “use”" in page.text


def test_an_unknown_line_can_be_replaced_by_a_suggestion(site):
    """The button puts the topic in the line's place and judges again; the other lines stay."""
    page = assert_page(audit(site, "slop\naddition"))
    assert "Did you mean" in page.text
    again = assert_page(audit(site, "slop\naddition", replace="0:Slope"))

    assert "Slope\naddition" in again.text
    assert "No topic has this name." not in again.text


def test_an_area_is_no_topic(site):
    """The line is understood for what it is, and the page says what to do."""
    assert "This is a whole area" in assert_page(audit(site, "Sums")).text


@pytest.mark.parametrize(
    ("text", "target", "says"),
    [
        ("slope", "", "Say what the list is for"),
        ("", "fitting", "The list is empty"),
        (" \n- \n", "fitting", "The list is empty"),
        ("slope", "qqqzzz", "nothing in the curriculum has this name"),
        ("slope", "book-sums", "book-sums"),
    ],
)
def test_bad_input_keeps_the_list(site, text, target, says):
    """A sentence says what is missing; list and goal stand in their fields."""
    answer = audit(site, text, target)

    assert answer.status_code == 422
    page = Page(answer.text)
    assert says.casefold() in page.text.casefold()
    assert target in page.values
    assert text.strip() in page.text


def test_a_very_long_list_is_read_as_far_as_it_goes(site):
    """Two thousand lines are read, and the page says so; ten thousand do not make it slow or lose the rest."""
    page = assert_page(audit(site, "\n".join(["slope"] * 3000)))

    assert "Of 3000 lines the first 2000 were read." in page.text


def test_a_list_with_markup_is_text(site):
    """Nothing in a line runs."""
    page = assert_page(audit(site, "<script>alert(1)</script>\n</textarea><b>x"))

    assert "<script>alert(1)</script>" in page.text
    assert page.dangers == []


def test_the_goal_of_the_address_stands_in_the_form(site):
    """A link can name the goal; without one it is the last that was chosen."""
    assert "fitting" in Page(site.get("/audit?target=fitting").text).values
    site.post("/forget", data={"keep": "slope"})
    assert "slope" in Page(site.get("/audit").text).values


def test_what_is_known_is_not_missing(site):
    """A topic the person knows is not needed on the list, with that as the reason."""
    site.post("/know", data={"skill": "addition@use"})
    page = assert_page(audit(site, "addition\nslope"))

    assert "You know it." in page.text


def test_the_roadmaps_own_words_are_understood(real_site):
    """Against the real map common names are read, and what is missing stands in learning order."""
    page = assert_page(audit(real_site, "SVD\nbackprop\nGPT\nself-attention", "llm-roadmap"))

    assert "/topics/singular-value-decomposition" in page.links
    assert "Missing, in the order to learn it" in page.text
