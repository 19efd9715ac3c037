"""Popular errors: each page they concern states the right fact and names the mistake."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

ERRORS = yaml.safe_load(Path(__file__).with_name("popular_errors.yaml").read_text(encoding="utf-8"))


def told(text):
    """A text with each run of blanks as one space, and without marks of emphasis."""
    return re.sub(r"\s+", " ", text).replace("*", "")


@pytest.mark.parametrize("error", ERRORS.values(), ids=ERRORS)
def test_the_page_puts_it_right(real, error):
    """The page states the fact, and its failure modes or common mistakes name the error."""
    page = told(real.curriculum.topics[error["topic"]].body)
    warnings = page[page.index("## Failure modes") :]

    assert told(error["fact"]) in page
    assert told(error["mistake"]) in warnings
