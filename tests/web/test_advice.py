"""The profile and the frontiers over the wire: shown before it is kept, and nothing kept that was only shown."""

from __future__ import annotations

import pytest

from cairn.study.planning_terms import Terms
from tests.conftest import REAL
from tests.web.conftest import client
from tests.web.reading import Page, assert_page


@pytest.fixture
def plan(app):
    """A plan for fitting a line."""
    planning = app.planning()
    planning.make(Terms(targets=("fitting@derive",), start=planning.today(), hours=3.5))
    return planning


def test_without_a_goal_the_profile_asks_for_one(site):
    """There is nothing to be strong before."""
    assert "Choose a goal first" in assert_page(site.get("/profile")).text


def test_a_goal_is_enough_for_strengths_and_gaps(site):
    """Area by area, with what was said counted."""
    site.post("/forget", data={"keep": "fitting"})
    site.post("/know", data={"skill": "multiplication@use"})
    page = assert_page(site.get("/profile"))

    assert "Strengths" in page.text
    assert "/areas/lines" in page.links


def test_without_a_plan_the_background_is_kept(site, app):
    """It counts everywhere; nothing else can be asked of a plan that is not there."""
    site.post("/forget", data={"keep": "fitting"})
    assert site.post("/profile", data={"background": "clerk"}).status_code == 303
    assert app.desk().background() == "clerk"


def test_answers_show_what_they_change_and_keep_nothing(site, plan, app):
    """Before and after of the end stand there with the phases; plan and background are as they were."""
    before = plan.terms()
    answer = site.post("/profile", data={"do": "preview", "met": ["lines", "sums"], "prefers": "watching"})
    page = assert_page(answer)

    assert "sooner" in page.text
    assert "Keep this" in page.text
    assert plan.terms() == before
    assert app.desk().background() is None


def test_kept_answers_change_the_plan_and_stand_in_the_form(site, plan, app):
    """The plan ends sooner, and the page shows what was said; taken back, it ends as before."""
    end = plan.what_if().plan.finish
    fields = {
        "do": "keep",
        "background": "clerk",
        "met": ["lines", "sums"],
        "prefers": "reading",
        "cares": "slope",
    }
    assert site.post("/profile", data=fields).status_code == 303

    terms = plan.terms()
    assert terms.met == ("lines", "sums")
    assert terms.mix == pytest.approx((0.6125, 0.3, 0.0875))
    assert terms.sooner == ("slope@use",)
    assert plan.what_if().plan.finish < end
    html = site.get("/profile?kept=1").text
    assert 'value="lines" checked' in html
    assert 'value="reading" checked' in html
    assert "the plan was made anew" in html

    site.post("/profile", data={"do": "keep"})
    assert (plan.terms().met, plan.terms().mix, plan.terms().sooner) == ((), None, ())
    assert app.desk().background() is None
    assert plan.what_if().plan.finish == end


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"cares": "slope, qqqzzz"}, "names no topic or skill"),
        ({"met": "atlantis"}, "is no area"),
        ({"prefers": "dreaming"}, "is no way to study"),
        ({"background": "wizard"}, "is no background"),
    ],
)
def test_an_answer_that_makes_no_sense_is_not_lost(site, plan, wrong, says):
    """A sentence says what is wrong, what was typed stands there, and the plan is as it was."""
    before = plan.terms()
    answer = site.post("/profile", data={"do": "keep"} | wrong)

    assert answer.status_code == 422
    assert says in Page(answer.text).text
    assert wrong.get("cares", "") in Page(answer.text).values
    assert plan.terms() == before


def test_a_map_without_a_choice_says_so(site):
    """The miniature path leaves nothing to choose."""
    assert "leaves such a choice" in assert_page(site.get("/frontier")).text


@pytest.fixture(scope="module")
def research(tmp_path_factory):
    """The real map with a plan that has frontiers."""
    from cairn.app import App
    from cairn.settings import Settings

    folder = tmp_path_factory.mktemp("research")
    app = App(Settings(curriculum=REAL, data=folder, database_url=f"sqlite:///{folder / 'cairn.sqlite3'}"))
    planning = app.planning()
    planning.make(Terms(targets=("research-readiness",), start=planning.today(), hours=12))
    yield app
    app.close()


def test_a_frontier_is_shown_before_it_is_chosen_and_parks_the_others(research):
    """Choosing one shortens the plan: its end and phases stand beside the present ones; then it is kept."""
    site, planning = client(research), research.planning()
    page = assert_page(site.get("/frontier"))
    for name in ("Scaling", "Interpretability", "Alignment"):
        assert name in page.text
    chosen = "Frontier two, interpretability"
    shown = assert_page(site.post("/frontier", data={"do": "preview", "frontier": chosen}))
    assert "sooner" in shown.text
    assert planning.terms().choose == ()

    assert site.post("/frontier", data={"do": "keep", "frontier": chosen}).status_code == 303
    assert planning.terms().choose == (chosen,)
    assert "your choice" in assert_page(site.get("/frontier?kept=1")).text
    planned = {str(s.activity.skill) for d in planning.days() for s in d.slots}
    assert "mechanistic-interpretability@use" in planned
    assert "training-compute-estimation@use" not in planned

    site.post("/frontier", data={"do": "keep", "frontier": ""})
    assert planning.terms().choose == ()


def test_a_frontier_that_is_none_is_refused(research):
    """The page says so and offers those there are."""
    answer = client(research).post("/frontier", data={"do": "keep", "frontier": "astrology"})

    assert answer.status_code == 422
    assert "is no frontier of this path" in Page(answer.text).text
