"""The items that Cairn ships, where a test can say more than the linter."""

from __future__ import annotations

from cairn.curriculum.items.grading import grade
from cairn.curriculum.items.proving import answer_for
from cairn.curriculum.items.variant import variant


def test_a_generator_draws_counts_that_hold_together(real):
    """Bayes' theorem in a town: whole people, parts within their wholes, and more false alarms than cases found."""
    item = real.curriculum.items.get("bayes-theorem/counts-in-a-town")
    assert item is not None
    seen = set()
    for seed in range(200):
        made = variant(item, seed)
        case = made.parameters["case"]["fields"]
        assert all(type(n) is int for n in case.values())
        assert 0 < case["found"] < case["ill"] < case["people"]
        assert case["found"] < case["alarms"] < case["people"] - case["ill"]
        seen.add(made.ask)

    assert len(seen) > 40


def test_every_item_takes_its_key_and_gives_nothing_away_before(real):
    """The first variant of each: the key is right, and the question holds neither key nor explanation."""
    for item in real.curriculum.items:
        made = variant(item, 1)
        assert grade(made, answer_for(made)).mark == "right", item.id
        assert made.explanation
        assert made.explanation not in made.ask
