"""Levels, skills and ids: what they look like, and what does not pass for one."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.curriculum import LEVELS, Level, Skill, SkillSyntaxError
from cairn.curriculum.skill import ID_PATTERN, is_id, slug

ids = st.from_regex(ID_PATTERN, fullmatch=True)
skills = st.builds(Skill, ids, st.sampled_from(LEVELS))


def test_levels_go_from_shallow_to_deep():
    """There are three, each deeper than the one before."""
    assert LEVELS == (Level.RECOGNISE, Level.USE, Level.DERIVE)
    assert [level.depth for level in LEVELS] == [0, 1, 2]


def test_a_level_includes_the_ones_before_it():
    """`up_to` lists them, shallowest first."""
    assert Level.up_to(Level.RECOGNISE) == (Level.RECOGNISE,)
    assert Level.up_to(Level.DERIVE) == LEVELS


def test_each_level_has_its_own_glyph_and_stars():
    """The circle fills as the depth grows, and the stars of public roadmaps are shared out without a gap."""
    assert [level.glyph for level in LEVELS] == ["○", "◐", "●"]
    assert [level.stars for level in LEVELS] == ["1–2", "3–4", "5"]


@__import__("hypothesis").settings(max_examples=3000, deadline=None)
@given(skills)
def test_the_written_form_reads_back(skill):
    """Writing a skill and reading it gives the same skill."""
    assert Skill.parse(str(skill)) == skill


@__import__("hypothesis").settings(max_examples=3000, deadline=None)
@given(st.text(max_size=30))
def test_any_text_is_a_skill_or_an_error_that_quotes_it(text):
    """Reading never fails in another way, and what is read writes back as it was."""
    error, skill = "", None
    try:
        skill = Skill.parse(text)
    except SkillSyntaxError as caught:
        error = str(caught)

    assert str(skill) == text or repr(text) in error


WRONG = """
softmax softmax@ @use Softmax@use softmax@Use -softmax@use softmax-@use soft--max@use softmax.@use
soft_max@use softmax@use@use softmax@@use sôftmax@use softmax@expert softmax/use
"""


@pytest.mark.parametrize(
    "text", [*WRONG.split(), "", " softmax@use", "softmax@use ", "softmax@use\n", "soft max@use"]
)
def test_what_is_no_skill_is_refused(text):
    """Only `topic@level` in lower case is one, without anything before or after."""
    with pytest.raises(SkillSyntaxError):
        Skill.parse(text)


def test_an_unknown_level_is_answered_with_the_levels():
    """The error says what could have been written."""
    with pytest.raises(SkillSyntaxError, match="recognise, use, derive"):
        Skill.parse("softmax@expert")


@pytest.mark.parametrize("text", ["a", "kv-cache", "gpt-2", "bm25", "7b", "llama-3.1", "a.b-c"])
def test_ids(text):
    """Lower-case words and digits, joined by single hyphens or dots."""
    assert is_id(text)


@pytest.mark.parametrize(
    "text", ["", "-", "a-", "-a", "a--b", "a.-b", "A", "a b", "a_b", "é", "a\n", "\na", "a/b", ".."]
)
def test_what_is_no_id(text):
    """Nothing else, and no line end behind."""
    assert not is_id(text)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("KL divergence", "kl-divergence"),
        ("  A/B test! ", "a-b-test"),
        ("GPT-2", "gpt-2"),
        ("数学", ""),
        ("", ""),
    ],
)
def test_the_slug_of_a_name(name, expected):
    """Runs of anything else become one hyphen, and none at the ends."""
    assert slug(name) == expected


@__import__("hypothesis").settings(max_examples=3000, deadline=None)
@given(st.text())
def test_a_slug_is_an_id_or_nothing(text):
    """Whatever the name, its slug can be used as an id if there is one, and is its own slug."""
    made = slug(text)

    assert made == "" or is_id(made)
    assert slug(made) == made
    assert re.fullmatch(r"[a-z0-9-]*", made)
