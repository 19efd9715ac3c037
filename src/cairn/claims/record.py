"""The record of a page's checks: what they state, what came out, and what it was made from.

A record is plain JSON, kept between starts. It is good as long as `claims.py`, the files it uses and the code
that ran it are the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np

from cairn.claims import parameter
from cairn.claims.declaring import CheckKind
from cairn.claims.outcome import Outcome, Verdict, from_plain
from cairn.claims.parameter import Parameter


@dataclass(frozen=True)
class Checked:
    """One check of a page with its first outcome.

    Attributes:
        outcome: of the first seed at the defaults; None where the check could not be run.
        verified: whether every run had the verdict it should.
        seconds: processor time of the slowest run.
        function: the name of the function that checks it.
    """

    id: str
    kind: CheckKind
    states: str
    assumes: tuple[str, ...]
    without: str
    of: str
    line: int
    function: str
    parameters: tuple[Parameter, ...]
    outcome: Outcome | None
    verified: bool
    seconds: float

    @property
    def expected(self) -> Verdict:
        """The verdict with which the check is verified."""
        return Verdict.BREAKS if self.kind is CheckKind.FAILURE else Verdict.HOLDS


@dataclass(frozen=True)
class Finding:
    """Something wrong with a page's checks."""

    code: str
    message: str
    line: int
    hint: str


@dataclass(frozen=True)
class Record:
    """All checks of one page, in the order of `claims.py`, and what is wrong with them."""

    checks: tuple[Checked, ...]
    findings: tuple[Finding, ...]

    @cached_property
    def by_id(self) -> Mapping[str, Checked]:
        """The checks by id."""
        return {c.id: c for c in self.checks}

    @property
    def verified(self) -> int:
        """How many checks are verified."""
        return sum(c.verified for c in self.checks)


EMPTY = Record((), ())


def from_plain_record(value: Mapping[str, Any]) -> Record:
    """A record from its JSON."""
    return Record(
        tuple(_checked(c) for c in value["checks"]),
        tuple(Finding(p["code"], p["message"], p["line"], p["hint"]) for p in value["problems"]),
    )


def _checked(c: Mapping[str, Any]) -> Checked:
    first = from_plain(c["runs"][0]["outcome"]) if c["runs"] else None
    return Checked(
        c["id"], CheckKind(c["kind"]), c["states"], tuple(c["assumes"]), c["without"], c["of"], c["line"],
        c["function"], tuple(map(parameter.from_plain, c["parameters"])), first, c["verified"], c["seconds"],
    )  # fmt: skip


def digest(data: bytes) -> str:
    """A short hash of some bytes."""
    return hashlib.sha256(data).hexdigest()[:20]


@cache
def engine() -> str:
    """A hash of the code that runs checks, and of NumPy's version."""
    sources = sorted(Path(__file__).parent.glob("*.py"))
    return digest(b"".join(p.read_bytes() for p in sources) + np.__version__.encode())


def current(value: Mapping[str, Any], source: bytes, root: Path) -> bool:
    """Whether a kept record was made from these very files."""
    if value.get("engine") != engine() or value.get("source") != digest(source):
        return False
    try:
        return all(digest((root / name).read_bytes()) == made for name, made in value["depends"].items())
    except OSError:
        return False
