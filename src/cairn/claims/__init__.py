"""Claims that run: what an author of a page writes in `claims.py`, and what runs it.

A claim is an exact statement of a page with a check that holds; a failure mode is a counterexample that breaks
the statement once an assumption is dropped; a derivation is a list of steps, each checked at random points.
Each is one function of a random generator and a few parameters with ranges, and returns an `Outcome`:

    @claim("dot-product-variance", "q·k has variance d when the components are independent, mean 0, variance 1")
    def dot_product_variance(rng, d: Annotated[int, Range(1, 512)] = 64):
        products = (rng.normal(size=(4000, d)) * rng.normal(size=(4000, d))).sum(axis=1)
        return outcome(equal("variance of q·k", products.var(), d, relative=0.15))

The verdict is never written by hand: it follows from the conditions.
"""

from cairn.claims.conditions import at_least, at_most, equal, figure, outcome, that
from cairn.claims.declaring import claim, derivation, failure, use
from cairn.claims.outcome import Figure, Outcome, Verdict
from cairn.claims.parameter import Range
from cairn.claims.plot import Band, Bars, Line, Plot, Points

__all__ = [
    "Band", "Bars", "Figure", "Line", "Outcome", "Plot", "Points", "Range", "Verdict", "at_least", "at_most",
    "claim", "derivation", "equal", "failure", "figure", "outcome", "that", "use",
]  # fmt: skip
