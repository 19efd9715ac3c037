"""What must hold of the curriculum that Cairn ships, as a whole."""

from __future__ import annotations

import json
import re

import pytest

from cairn.curriculum import Level
from cairn.curriculum.topic import Status
from cairn.web import assets, markup
from tests.conftest import REAL

_CODE_OR_MATH = re.compile(r"```.*?```|`[^`\n]*`|\\\$|\$\$(.+?)\$\$|\$((?:\\.|[^$\n\\])+)\$", re.DOTALL)

_SET_OR_CODE = re.compile(r"<code.*?</code>|<annotation.*?</annotation>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def test_it_lints_without_a_word(real):
    """There are no errors and no warnings, decorative edges and cycles among them."""
    assert [str(p) for p in real.lint().problems] == []


def test_the_readme_counts_right(real):
    """The numbers of topics, skills, complete pages and topics with questions in the README are those there are."""
    readme = " ".join((REAL.parent / "README.md").read_text(encoding="utf-8").split())
    curriculum = real.curriculum
    complete = sum(t.status is Status.COMPLETE for t in curriculum.topics.values())
    asked = {skill.topic for skill in curriculum.graph.nodes if curriculum.items.of(skill)}

    assert f"holds {len(curriculum.topics)} topics, {len(curriculum.graph.nodes)} skills" in readme
    assert f"{complete} pages are complete" in readme
    assert f"on {len(asked)} topics are drawn from a seed" in readme


def test_it_covers_the_field(real):
    """There are hundreds of topics, most at three levels, and no outline without a page."""
    topics = real.curriculum.topics.values()

    assert 280 <= len(topics) <= 400
    assert [t.id for t in topics if t.status is Status.OUTLINE] == []
    assert sum(Level.DERIVE in t.levels for t in topics) > 200


def test_hours_add_up(real):
    """A wide area costs what its parts cost, and an area what its topics cost."""
    c = real.curriculum
    for area in c.areas.values():
        inside = [a for a in c.areas.values() if a.within == area.id]
        own = [t.hours for t in c.topics.values() if t.area == area.id]
        parts = [c.hours_of(a.id) for a in inside] + own
        assert c.hours_of(area.id) == pytest.approx((sum(p[0] for p in parts), sum(p[1] for p in parts)))


def test_every_skill_can_be_reached_from_nothing(real):
    """Learning the fringe again and again ends with everything known."""
    graph = real.curriculum.graph
    known: set[int] = set()
    while fringe := graph.fringe(known):
        known.update(fringe)

    assert len(known) == len(graph.nodes)


def test_every_reason_is_a_sentence(real):
    """Each requirement has a reason of at least four words that ends like a sentence."""
    odd = {
        pair: reason
        for pair, reason in real.curriculum.reasons.items()
        if len(reason.split()) < 4 or reason[-1] not in ".?!"
    }

    assert odd == {}


def test_every_can_completes_its_sentence(real):
    """ "You can ..." is followed by a phrase without capital or full stop."""
    odd = [
        (str(s), t.levels[s.level].can)
        for t in real.curriculum.topics.values()
        for s in t.skills
        if t.levels[s.level].can.endswith(".") or t.levels[s.level].can.lower().startswith("you can")
    ]

    assert odd == []


def test_every_formula_was_set(real):
    """Each formula on each page was typeset while installing, and none failed."""
    missing = []
    for topic in real.curriculum.topics.values():
        made = assets.formulas(topic.id)
        for display, inline in _CODE_OR_MATH.findall(topic.body):
            tex = display or inline
            key = ("d:" if display else "i:") + tex.strip()
            if tex and made.get(key) is None:
                missing.append((topic.id, tex))

    assert missing == []
    assert json.loads((assets.DIST / "formulas" / "_failures.json").read_text()) == []


def test_no_page_shows_raw_tex(real):
    """A rendered page holds no fallback for a formula, and no lone dollar sign or backslash outside code."""
    shown = []
    for topic in real.curriculum.topics.values():
        page = markup.render(topic.body, assets.formulas(topic.id))
        text = _TAG.sub("", _SET_OR_CODE.sub("", page))
        if 'class="tex"' in page or "\\" in text or ("$" in text and "\\$" not in topic.body):
            shown.append(topic.id)

    assert shown == []


def test_every_path_step_can_be_reached(real):
    """Every path that asks for skills has a gap, and every phase too."""
    for path in real.curriculum.paths.values():
        if path.targets:
            assert real.gap(path.id).skills
        for phase in path.phases:
            assert real.gap(phase.id).skills


def test_every_suggested_goal_works(real):
    """Each goal offered on the first screen has a gap."""
    assert all(real.gap(goal.target).skills for goal in real.curriculum.goals)


def test_backgrounds_shorten_the_way(real):
    """A mathematician needs fewer hours for learning theory than a newcomer, an engineer for a small GPT."""
    assert (
        real.gap("rademacher-complexity", background="maths").hours[1]
        < real.gap("rademacher-complexity", background="none").hours[1]
    )
    assert (
        real.gap("character-level-gpt", background="engineer").hours[1]
        < real.gap("character-level-gpt", background="none").hours[1]
    )
