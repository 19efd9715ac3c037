"""Checks of the page on addition."""

from typing import Annotated

import numpy as np

from cairn.claims import Line, Plot, Range, claim, derivation, equal, failure, figure, outcome


@claim(
    "any-order",
    "A sum of finitely many numbers does not depend on their order.",
    assumes="finitely many terms",
)
def any_order(rng, n: Annotated[int, Range(1, 50)] = 10):
    terms = rng.integers(0, 100, size=n)
    return outcome(equal("sum", rng.permutation(terms).sum(), terms.sum()), figure("terms", n))


@derivation("carry-steps", "Why ten in a column is one in the next.")
def carry_steps(rng):
    a, b = rng.integers(5, 10, size=2)
    return outcome(
        equal("a + b", a + b, 10 + (a + b - 10)), equal("in tens", 10 + (a + b - 10), 10 * 1 + (a + b) % 10)
    )


@failure("two-orders", "One series, two orders, two sums.", of="any-order", without="finitely many terms")
def two_orders(rng, terms: Annotated[int, Range(300, 3000)] = 3000):
    signs = np.where(np.arange(terms) % 2 == 0, 1.0, -1.0)
    plain = np.cumsum(signs / np.arange(1, terms + 1))
    odd, even = 1 / np.arange(1, 2 * terms, 2), 1 / np.arange(2, 4 * terms + 1, 2)
    moved = np.cumsum(np.ravel(np.column_stack([odd, -even[::2], -even[1::2]])))
    shown = (Line("in order", range(terms), plain), Line("moved", range(len(moved)), moved))
    return outcome(
        equal("sum", moved[-1], plain[-1], tolerance=1e-2),
        plot=Plot("terms", "sum so far", shown, "The two partial sums settle at two different numbers."),
    )
