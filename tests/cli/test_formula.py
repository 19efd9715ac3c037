"""Formulas in the terminal read as a person would type them."""

from __future__ import annotations

import re

import pytest

from cairn.cli.formula import plain, readable
from tests.conftest import REAL


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"p_i = e^{z_i} / \sum_j e^{z_j}", "p_i = e^(z_i) / Σ_j e^(z_j)"),
        (
            r"L = -\frac1B \sum_{i=1}^{B} \log \operatorname{softmax}(Z_i)",
            "L = -1/B Σ_(i=1)^B log softmax(Z_i)",
        ),
        (r"\frac{\partial L}{\partial z}", "(∂L)/(∂z)"),
        (r"\sqrt{d_k}", "√(d_k)"),
        (r"\hat{y}^2", "y\u0302²"),
        (r"\hat y", "y\u0302"),
        (r"W^\top x", "Wᵀ x"),
        (r"\{1, \dots, n\}", "{1, …, n}"),
        (r"\mathbb{R}^{n \times d}", "R^(n × d)"),
        (r"x^{-1}", "x^(-1)"),
        (r"\unheardof{x}", "unheardofx"),
        ("", ""),
    ],
)
def test_a_formula_becomes_plain(tex, text):
    """Greek, sums, fractions, roots, accents and scripts have a plain form; an unknown command keeps its name."""
    assert plain(tex) == text


def test_code_and_money_are_left_alone():
    """Only what stands between dollars is a formula, and nothing between backticks is."""
    assert readable("`$x$` and $x^2$") == "`$x$` and x²"
    assert readable("it costs $5") == "it costs $5"


def test_no_task_shows_tex():
    """In no task of the curriculum is a command or a dollar left over."""
    for task in REAL.glob("exercises/*/task.md"):
        text = re.sub(r"```.*?```|`[^`]*`", "", readable(task.read_text(encoding="utf-8")), flags=re.DOTALL)
        assert not re.findall(r"\\[A-Za-z]+|\$", text), task
