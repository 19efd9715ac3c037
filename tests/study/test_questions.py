"""Items as documents for a face."""

from __future__ import annotations

import json

from cairn.curriculum.items.grading import grade
from cairn.study.documents import show
from cairn.study.questions import as_document, graded_document
from tests.curriculum.items.making import CHOICE, EVERY, drawn


def test_a_question_says_nothing_of_its_answer():
    """Neither key nor mistakes nor explanation nor parameters, unless they are asked for."""
    for sheet in EVERY:
        made = drawn(sheet)
        document = as_document(made)

        assert json.loads(json.dumps(document)) == document
        assert not {"answer", "explanation", "mistakes", "parameters"} & set(document)
        assert {"answer", "explanation", "mistakes", "parameters"} <= set(as_document(made, key=True))


def test_a_graded_answer_says_of_each_option_why():
    """Those that were not chosen too, in the order in which they were shown."""
    made = drawn(CHOICE)
    document = graded_document(grade(made, None))

    assert [o["key"] for o in document["options"]] == [o.key for o in made.options]
    assert [o["text"] for o in document["options"] if o["right"]] == ["Right"]
    assert {o["why"]["says"] for o in document["options"] if not o["right"]} == {
        "The first idea.",
        "The second idea.",
        "The third idea.",
    }
    assert graded_document(grade(made, "99"))["options"] == []


def test_a_topic_and_a_skill_list_their_items(mini):
    """In the order of the levels; a topic without any has none."""
    topic = show(mini, "multiplication")["items"]

    assert [(i["id"], i["skill"], i["kind"]) for i in topic] == [
        ("multiplication/which-are-sums", "multiplication@recognise", "choice"),
        ("multiplication/formula", "multiplication@use", "expression"),
        ("multiplication/columns", "multiplication@use", "shape"),
    ]
    assert show(mini, "multiplication@use")["items"] == topic[1:]
    assert show(mini, "fitting")["items"] == []
