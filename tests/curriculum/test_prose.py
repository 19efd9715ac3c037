"""What a complete page owes: sections, failure modes, sources, and sentences one can follow."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.curriculum.prose import COMPLETE, owed, plain, sentences, split
from cairn.curriculum.topic import Citation, Role, Status

BODY = "\n".join(f"## {title}\n\nA short sentence stands here.\n" for title in COMPLETE).replace(
    "## Failure modes\n\nA short sentence stands here.", "## Failure modes\n\n- One thing.\n- Another thing."
)


@pytest.fixture
def topic(mini):
    """A complete topic without fault."""
    any_topic = next(iter(mini.curriculum.topics.values()))
    return replace(
        any_topic, status=Status.COMPLETE, body=BODY, sources=(Citation("book", Role.CANONICAL, "Chapter 1"),)
    )


def test_a_complete_page_owes_nothing(topic):
    """With all sections, two failure modes, sources and short sentences there is nothing to say."""
    assert list(owed(topic)) == []


def test_a_draft_owes_nothing(topic):
    """Only a page that calls itself complete is held to it."""
    assert list(owed(replace(topic, status=Status.DRAFT, body=""))) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            {"body": BODY.replace("## In practice\n\nA short sentence stands here.", "## In practice\n")},
            "'In practice'",
        ),
        ({"body": BODY.replace("## Worked example", "## Elsewhere")}, "'Worked example'"),
        ({"body": BODY.replace("- Another thing.", "Another thing.")}, "1 failure mode"),
        ({"sources": ()}, "sources"),
        ({"body": BODY + "Word again. " * 1300}, "words; the most is 2500"),
        ({"body": BODY + ("A sentence " + "and so on " * 7 + "ends. ") * 30}, "the median sentence"),
    ],
)
def test_what_is_missing_is_said(topic, change, said):
    """Each thing a page owes is an error of its own."""
    assert any(said in p.message for p in owed(replace(topic, **change)))


def test_formulas_code_and_links_are_not_prose():
    """A formula is one word, code is none, and of a link only its text is read."""
    text = "One $a+b+c$ two.\n\n```python\nmany words here\n```\n\n$$x = y$$ [three](claims.py#a-b-c.d) `code here`"

    assert plain(text).split() == ["One", "formula", "two.", "formula", "three", "formula"]


def test_a_list_item_is_a_sentence():
    """Items without a full stop do not run together."""
    assert len(sentences("- one thing here\n- another thing there\n\nA sentence. And a second one.")) == 4


def test_a_heading_in_code_is_no_section():
    """What stands in a code block is code."""
    assert list(split("## Why\n\n```\n## Not\n```\n\n## Then\n\nx")) == ["Why", "Then"]


@given(st.text(max_size=400))
def test_any_text_can_be_read(text):
    """No text makes the reader fail, and the sections together are no longer than the text."""
    assert sum(map(len, split(text).values())) <= len(text)
    sentences(text)
