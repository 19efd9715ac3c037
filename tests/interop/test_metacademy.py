"""The edges and concepts files, in the manner of Metacademy."""

from __future__ import annotations

import pytest

from cairn.interop.foreign import ForeignFormatError
from cairn.interop.metacademy import is_concepts, read

EDGES = "prerequisite,concept\nset_theory,groups\ngroups,rings\n"
CONCEPTS = "tag,title,hours_estimate\nset_theory,Set theory,2\ngroups,Groups,\nrings,Rings,0.5\n"


def test_edges_alone_are_enough():
    """Without a concepts file every tag that an edge names is a topic, with a readable title."""
    found = read(EDGES)

    assert [(t.key, t.title, t.hours) for t in found.topics] == [
        ("set_theory", "Set theory", None),
        ("groups", "Groups", None),
        ("rings", "Rings", None),
    ]
    assert found.edges == [("set_theory", "groups", ""), ("groups", "rings", "")]


def test_concepts_bring_titles_and_hours():
    """The estimate is the upper end of the hours; an empty cell is no estimate."""
    found = read(EDGES, CONCEPTS)

    assert [(t.title, t.hours) for t in found.topics] == [
        ("Set theory", (1, 2)),
        ("Groups", None),
        ("Rings", (0.25, 0.5)),
    ]


def test_a_reason_column_is_taken():
    """Edges may carry why."""
    assert read("prerequisite,concept,reason\na,b, It is so. \n").edges == [("a", "b", "It is so.")]


@pytest.mark.parametrize(
    "text",
    [
        "concept,prerequisite\nb,a\n",
        "id,prerequisite,concept\n1,a,b\n",
        "prerequisite,concept\r\na,b\r\n",
        " prerequisite , concept \n a , b \n",
        'prerequisite,concept\n"a","b"\n',
        "prerequisite,concept\n\na,b\n\n",
        "prerequisite,concept,notes\na,b\n",
    ],
)
def test_the_manner_of_writing_does_not_matter(text):
    """Order of columns, more columns, line ends, quotes, spaces and blank lines are all the same."""
    assert read(text).edges == [("a", "b", "")]


@pytest.mark.parametrize(
    ("edges", "concepts", "line", "part"),
    [
        ("", None, 1, "edges"),
        ("a,b\nc,d\n", None, 1, "edges"),
        ("prerequisite,concept\na,b\nc\n", None, 3, "edges"),
        ("prerequisite,concept\na,b\n,d\n", None, 3, "edges"),
        ("prerequisite,concept\n\n\na,\n", None, 4, "edges"),
        ('prerequisite,concept\na,"b\n', None, 2, "edges"),
        (EDGES, "title,hours_estimate\nA,1\n", 1, "concepts"),
        (EDGES, "tag,title,hours_estimate\na,A,1\nb,B,soon\n", 3, "concepts"),
        (EDGES, "tag,title,hours_estimate\na,A,-1\n", 2, "concepts"),
        (EDGES, "tag,title,hours_estimate\na,A,nan\n", 2, "concepts"),
        (EDGES, 'tag,title,hours_estimate\na,"A\nA",1\n\nb,B,1e99\n', 5, "concepts"),
    ],
)
def test_what_is_wrong_is_placed(edges, concepts, line, part):
    """The error knows the file of the two and the line in it, blank and broken lines counted."""
    with pytest.raises(ForeignFormatError) as caught:
        read(edges, concepts)

    assert (caught.value.part, caught.value.line) == (part, line)
    assert caught.value.hint


def test_the_two_files_are_told_apart_by_their_header():
    """Whichever of the two is given, the other can be looked for beside it."""
    assert is_concepts(CONCEPTS)
    assert not is_concepts(EDGES)
    assert not is_concepts("")
