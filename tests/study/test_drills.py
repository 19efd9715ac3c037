"""Drills that complete pages give by themselves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.claims.declared import declared
from cairn.claims.declaring import CheckKind, DeclarationError, derivation
from cairn.curriculum import load
from cairn.curriculum.items.grading import Mark, grade
from cairn.curriculum.items.variant import variant
from cairn.study.atlas import Atlas
from cairn.study.drills import drills, failure_of, next_drill, order_of, topics_with_drills

CLAIMS = '''
"""Checks."""
from cairn.claims import claim, derivation, failure

@claim("slope-exists", "Every line * has a slope.", assumes=("it is not vertical", "it is straight"))
def slope_exists(rng): ...

@failure("vertical", "The run is zero, and the ratio is no number.", of="slope-exists", without="it is not vertical")
def vertical(rng): ...

@failure("bent", "Two pairs of points give two ratios.", of="slope-exists", without="it is straight")
def bent(rng): ...

@derivation("steps", "The ratio is the same for all pairs.", after={2: (), 3: (1, 2)})
def steps(rng): ...
'''

LIST = """
## Derivation

[The ratio](claims.py#steps)

1. The first triangle has the ratio $a/b$.
2. The second triangle has the ratio $c/d$; see [this](claims.py#slope-exists).
3. They are similar, so $a/b = c/d$.

   The angles are the same.
"""


@pytest.fixture
def complete(mini_files):
    """The miniature curriculum with a page that is complete and has checks."""

    def made(claims: str = CLAIMS, body: str = LIST) -> Atlas:
        page = "topics/lines/slope/topic.md"
        text = mini_files[page].decode().replace("status: draft", "status: complete") + body
        checks = "topics/lines/slope/claims.py"
        return Atlas(load({**mini_files, page: text.encode(), checks: claims.encode()}))

    return made


def test_a_complete_page_brings_its_drills(complete):
    """One theorem drill for each failure mode and one proof for each derivation, found by id and by skill."""
    items = complete().curriculum.items
    names = ["slope/drill-without-vertical", "slope/drill-without-bent", "slope/drill-order-steps"]
    assert [i.id for i in items.drills("slope").values()] == names
    assert items.get(names[0]).kind.value == "choice"
    assert {str(i.skill) for i in items.drills("slope").values()} == {"slope@use"}
    assert set(items.drills("slope").values()) <= {
        i for s in ("use",) for i in items.of(items.get(names[0]).skill)
    }
    assert [failure_of(n) for n in names] == ["vertical", "bent", None]
    assert order_of(names[2]) == "steps"


def test_a_draft_has_none(mini):
    """A page that is no complete one gives no drills, whatever stands beside it."""
    assert topics_with_drills(mini.curriculum) == {}


def test_dropping_a_hypothesis_asks_for_what_then_breaks(complete):
    """Right is what the failure mode states; what goes wrong without the other hypothesis is taken as that idea."""
    item = complete().curriculum.items.get("slope/drill-without-vertical")
    for seed in range(20):
        made = variant(item, seed)
        assert "it is not vertical" in made.ask
        assert "line \\* has" in made.ask  # an asterisk is no emphasis
        right = next(o.key for o in made.options if o.text.startswith("The run is zero"))
        assert grade(made, [right]).mark is Mark.RIGHT
        for option in made.options:
            if option.key != right:
                wrong = grade(made, [option.key])
                assert wrong.mark is Mark.WRONG
                assert wrong.because[0].repairs == "slope#failure-modes"
                if option.text.startswith("Two pairs"):
                    assert wrong.because[0].misconception == "drill-other-hypothesis"


@pytest.mark.parametrize(
    ("order", "mark"),
    [
        (["s0", "s1", "s2"], "right"),
        (["s1", "s0", "s2"], "right"),
        (["s0", "s2", "s1"], "wrong"),
        (["s0", "s1"], "wrong"),
    ],
)
def test_independent_steps_may_change_places(complete, order, mark):
    """Steps that the derivation declares independent are right in either order; what needs both comes after both."""
    item = complete().curriculum.items.get("slope/drill-order-steps")
    assert grade(variant(item, 1), order).mark == mark


def test_without_a_word_each_step_needs_the_one_before(complete):
    """A derivation that declares nothing has one right order."""
    item = complete(CLAIMS.replace(", after={2: (), 3: (1, 2)}", "")).curriculum.items.get(
        "slope/drill-order-steps"
    )
    assert grade(variant(item, 1), ["s1", "s0", "s2"]).mark is Mark.WRONG
    assert grade(variant(item, 1), ["s0", "s1", "s2"]).mark is Mark.RIGHT


def test_a_step_shows_its_first_paragraph_without_links(complete):
    """The detail that is folded away on the page is left out, and so are links to checks."""
    made = variant(complete().curriculum.items.get("slope/drill-order-steps"), 1)
    texts = {o.text for o in made.options}
    assert "They are similar, so $a/b = c/d$." in texts
    assert any(t.endswith("see this.") for t in texts)


@pytest.mark.parametrize(
    "claims", ["def (", "x = 1", CLAIMS.replace('"steps"', "'ste' + 'ps'"), "@claim()\ndef f(): ..."]
)
def test_what_cannot_be_read_gives_no_drill(complete, claims):
    """Broken Python, or a declaration that works its words out, gives fewer drills and no error."""
    made = complete(claims).curriculum.items.drills("slope")
    assert "drill-order-steps" not in made


def test_a_list_of_two_steps_is_no_drill(complete):
    """Two steps have too few orders to ask for."""
    assert "drill-order-steps" not in complete(body=LIST[: LIST.index("3. They")]).curriculum.items.drills(
        "slope"
    )


def test_a_declaration_is_read_without_being_run():
    """Kinds, sentences, hypotheses and the order of steps are read from the text; what it does is never done."""
    found = declared("raise SystemExit\n" + CLAIMS)
    assert [(d.id, d.kind) for d in found] == [
        ("slope-exists", CheckKind.CLAIM), ("vertical", CheckKind.FAILURE), ("bent", CheckKind.FAILURE),
        ("steps", CheckKind.DERIVATION),
    ]  # fmt: skip
    assert found[0].assumes == ("it is not vertical", "it is straight")
    assert found[3].after == {2: (), 3: (1, 2)}


@pytest.mark.parametrize("after", [{2: (2,)}, {2: (3,)}, {1: (0,)}, {0: ()}])
def test_a_step_can_need_only_earlier_ones(after):
    """A derivation whose step would need itself or a later one is refused where it is declared."""
    with pytest.raises(DeclarationError, match="earlier"):
        derivation("steps", "One two three.", after=after)


@given(st.lists(st.integers(0, 5), min_size=1, max_size=8))
def test_the_drill_answered_least_comes_next(numbers):
    """Of equally often answered ones the first."""

    class Named:
        def __init__(self, name):
            self.id = name

    items = [Named(f"t/{i}") for i in range(len(numbers))]
    counts = {f"t/{i}": n for i, n in enumerate(numbers)}
    assert next_drill(items, counts).id == f"t/{numbers.index(min(numbers))}"


def test_every_complete_page_has_drills_that_can_be_asked(real):
    """Complete pages of the real curriculum give theorem drills, drafts none, and no drill has an option twice."""
    found = topics_with_drills(real.curriculum)
    complete = {t.id for t in real.curriculum.topics.values() if t.status.value == "complete"}
    assert (
        {"backpropagation", "hoeffding-inequality", "scaled-dot-product-attention"} <= set(found) <= complete
    )
    for items in found.values():
        assert any(failure_of(i.id) for i in items)
        for item in items:
            for seed in range(1, 6):
                texts = [o.text for o in variant(item, seed).options]
                assert len(texts) == len(set(texts))


def test_a_page_without_drills_of_its_own_reads_nothing_twice(real):
    """What was made is kept: the second look gives the very same items."""
    items = real.curriculum.items
    assert items.drills("backpropagation") is items.drills("backpropagation")


def test_drills_are_never_a_topics_own_items(real):
    """They are not counted or linted as an author's items."""
    assert not [n for n in real.curriculum.items.topic("backpropagation").items if n.startswith("drill-")]
    drills_of = drills(real.curriculum.topics["backpropagation"], "")
    assert drills_of == {}
