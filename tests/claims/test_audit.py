"""Pages held against their checks: dangling references, forgotten checks, numbers that are not the computed ones."""

from __future__ import annotations

import pytest

from cairn.app import load
from cairn.study.checking import audit_pages

CHECKS = """
@claim("mean", "The mean of two and four is three")
def mean(rng):
    return outcome(equal("mean", np.mean([2, 4]), 3))

@derivation("chain", "One thing follows from another")
def chain(rng):
    return outcome(equal("a", 1, 1), equal("b", 2, 2))

@failure("off", "The mean of others is not three", of="mean", without="two and four")
def off(rng):
    return outcome(equal("mean", np.mean([2, 5]), 3))

def loop():
    return 1
"""
PAGE = """---
title: Topic
summary: One thing to learn, for a test.
levels:
  recognise: {hours: [0.1, 0.2], can: say what it is}
status: draft
sources: []
---

## Why

It is [3.0](claims.py#mean.mean).

[The mean](claims.py#mean)

## Intuition

Yes.

## Statement

[The loop](claims.py#loop)

[The chain](claims.py#chain)

1. First $a = 1$.
2. Then $b = 2$.

## Failure modes

- One.

  [Others](claims.py#off)
"""


@pytest.fixture
def found(write, workbench, tmp_path):
    """What is wrong with a page and its checks: code and line."""

    def go(page=PAGE, checks=CHECKS):
        write(checks)
        (tmp_path / "topics/area/topic/topic.md").write_text(page)
        audit = audit_pages(load(tmp_path), workbench, tmp_path)
        return [(p.code, p.line) for p in audit.problems]

    return go


def test_a_page_that_agrees_has_no_problem(found):
    """Every check shown once, every reference known, every number right: nothing to say."""
    assert found() == []


def at(page, text):
    """The line of a text on a page."""
    return next(i for i, line in enumerate(page.split("\n"), 1) if text in line)


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("[3.0](claims.py#mean.mean)", "[3.1](claims.py#mean.mean)", "claim-number"),
        ("[3.0](claims.py#mean.mean)", "[3.0](claims.py#mean.median)", "claim-figure"),
        ("[3.0](claims.py#mean.mean)", "[three](claims.py#mean.mean)", "claim-figure"),
        ("[The mean](claims.py#mean)", "[The mean](claims.py#mode)", "claim-dangling"),
        ("[The loop](claims.py#loop)", "[The loop](other.py#loop)", "claim-dangling"),
        ("[The loop](claims.py#loop)", "See [the loop](claims.py#loop).", "claim-inline-code"),
        ("2. Then $b = 2$.", "2. Then so.", "derivation"),
    ],
)
def test_a_mistake_is_placed(found, before, after, code):
    """Each disagreement is an error on its line of the page."""
    page = PAGE.replace(before, after)

    assert (code, at(page, after)) in found(page)


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("[Others](claims.py#off)", "Others.", "claim-unreferenced"),
        ("[The mean](claims.py#mean)", "See [the mean](claims.py#mean) itself.", "claim-unreferenced"),
        ("2. Then $b = 2$.\n", "", "derivation"),
        ("1. First $a = 1$.\n2. Then $b = 2$.\n", "", "derivation"),
        (
            "[The mean](claims.py#mean)",
            "[The mean](claims.py#mean)\n\n[Again](claims.py#mean)",
            "claim-twice",
        ),
    ],
)
def test_what_is_left_out_is_noticed(found, before, after, code):
    """A check without a place, or with two, and a step without a condition are errors."""
    assert code in [c for c, _ in found(PAGE.replace(before, after))]


def test_a_claim_that_breaks_is_an_error_of_the_page(found):
    """The runs of a page's checks are part of its audit."""
    assert "claim-verdict" in [c for c, _ in found(checks=CHECKS.replace("[2, 4]", "[2, 6]"))]


def test_a_complete_page_needs_checks(found, tmp_path):
    """A page that calls itself complete without a claim and a failure mode that run is refused."""
    page = PAGE.replace("status: draft", "status: complete")
    checks = "def loop():\n    return 1\n"

    assert [c for c, _ in found(page, checks)].count("complete") == 2
