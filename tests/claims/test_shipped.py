"""The claims of the curriculum that Cairn ships: all verified, all quick, and all able to fail."""

from __future__ import annotations

import pytest

from cairn.claims.declaring import CheckKind
from cairn.curriculum.topic import Status
from cairn.study.checking import audit_pages
from tests.conftest import REAL

CHANGES = [  # topic, check, a text of its file, and what it becomes
    ("hoeffding-inequality", "bound-holds", "np.exp(-2 * t**2", "np.exp(-3 * t**2"),
    ("hoeffding-inequality", "interval-covers", "at_least(\"chance that the int", "at_most(\"chance that the int"),
    ("hoeffding-inequality", "two-is-needed", "-c * n * drift**2", "-1.9 * n * drift**2"),
    ("hoeffding-inequality", "lemma-steps", "lam**2 * (b - a) ** 2 / 8)", "lam**2 * (b - a) ** 2 / 9)"),
    ("hoeffding-inequality", "dependent-terms", "blocks = n // copies", "blocks, copies = n, 1"),
    ("scaled-dot-product-attention", "score-variance", "(dots / np.sqrt(d)).var()", "(dots / d).var()"),
    ("scaled-dot-product-attention", "mixture", "shifted.sum(axis=-1, keep", "shifted.sum(axis=0, keep"),
    ("scaled-dot-product-attention", "gradient-steps", "d_p - r[:, None]", "d_p"),
    ("scaled-dot-product-attention", "worked-numbers", "0.269, tolerance=5e-4", "0.296, tolerance=5e-4"),
    ("backpropagation", "two-layer-gradients", "(z1 > 0)", "(z1 < 0)"),
    ("backpropagation", "cross-entropy-steps", "np.diag(p[0]) - np.outer", "np.diag(p[0]) + np.outer"),
    ("backpropagation", "twice-the-forward", "count.done / forward_cost, 2)", "count.done / forward_cost, 1.5)"),
    ("backpropagation", "overwritten-use", "equal(\"∂L/∂W\", second, truth", "equal(\"∂L/∂W\", first + second, truth"),
]  # fmt: skip


@pytest.fixture(scope="module")
def audit(real, real_workbench):
    """Every page with checks, run from nothing."""
    return audit_pages(real, real_workbench, REAL, fresh=True)


def test_every_check_is_verified(audit):
    """All claims, derivations and failure modes came out with three seeds and at the ends of every range."""
    assert [str(p) for p in audit.problems] == []
    assert audit.total == audit.verified > 25


def test_complete_pages_are_checked_throughout(real, audit):
    """On complete pages the share of verified checks is 100 %, and each has claims and failure modes."""
    complete = {t.id for t in real.curriculum.topics.values() if t.status is Status.COMPLETE}

    assert audit.complete == audit.complete_verified
    assert complete <= {p.topic for p in audit.pages}


def test_failure_modes_break_for_many_seeds(real, real_workbench):
    """A reader may take any seed: each failure mode breaks, and each claim holds, with twenty others."""
    for topic in real.curriculum.topics.values():
        folder = topic.file.rpartition("/")[0]
        for check in real_workbench.record(folder).checks:
            if check.kind is CheckKind.DERIVATION or check.seconds > 0.1:
                continue
            got = {real_workbench.run(folder, check.id, seed, {}).verdict for seed in range(100, 120)}
            assert got == {check.expected}, (topic.id, check.id)


@pytest.mark.parametrize(
    ("topic", "check", "before", "after"), CHANGES, ids=[f"{t}/{c}" for t, c, _, _ in CHANGES]
)
def test_a_broken_check_turns_red(real, real_workbench, topic, check, before, after):
    """A constant edited or an inequality turned in a claim, and that claim is no longer verified."""
    folder = real.curriculum.topics[topic].file.rpartition("/")[0]
    source = (REAL / folder / "claims.py").read_text(encoding="utf-8")
    assert before in source

    function = real_workbench.record(folder).by_id[check].function
    record = real_workbench.examine(folder, source.replace(before, after), function, seconds=30)

    assert not record.by_id[check].verified
