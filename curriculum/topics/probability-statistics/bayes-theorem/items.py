"""Cases for the items on Bayes' theorem that a template cannot draw: counts that come out whole."""

from __future__ import annotations

from cairn.curriculum.items.rng import Rng


def screening(rng: Rng) -> dict[str, int]:
    """A population, how many are ill, how many of them test positive, and how many of the healthy do.

    The ill are few and the test is good, but more of the healthy than of the ill test positive: there lies the surprise.
    """
    people = rng.choice([1000, 2000, 5000, 10000])
    ill = people * rng.integer(1, 3) // 100
    found = ill * rng.choice([80, 90]) // 100
    alarms = (people - ill) * rng.integer(5, 10) // 100
    return {"people": people, "ill": ill, "found": found, "alarms": alarms}


def share_of_ill(people: int, ill: int, found: int, alarms: int, rng: Rng) -> float:
    """The share of the ill among the positive, counted by walking through a crowd of thirty thousand."""
    positive = both = 0
    for _ in range(30_000):
        is_ill = rng.uniform() < ill / people
        is_positive = rng.uniform() < (found / ill if is_ill else alarms / (people - ill))
        positive += is_positive
        both += is_ill and is_positive
    return both / positive
