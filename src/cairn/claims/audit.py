"""Whether a page and its checks agree: references lead somewhere, each check is shown, numbers are those computed."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from posixpath import dirname, join, normpath

from cairn.claims import page
from cairn.claims.code import ExcerptError, excerpt
from cairn.claims.declaring import CheckKind
from cairn.claims.outcome import Figure
from cairn.claims.page import CLAIMS, Reference
from cairn.claims.record import Record
from cairn.curriculum import Problem
from cairn.curriculum.topic import Status, Topic

_NUMBER = re.compile(r"[-−]?\d[\d,\u202f ]*(?:\.\d+)?(?:(?:e|×10\^?)[-−]?\d+)?%?")


@dataclass(frozen=True, slots=True)
class PageAudit:
    """One page's checks.

    Attributes:
        topic: the topic's id.
        total: how many checks there are: claims, derivations and failure modes.
        verified: how many of them are verified.
        problems: what must be mended.
    """

    topic: str
    total: int
    verified: int
    problems: tuple[Problem, ...]


def audit(topic: Topic, record: Record, files: Mapping[str, str], offset: int) -> PageAudit:
    """Hold a page against its checks.

    Args:
        topic: the topic, with its body.
        record: what came out when the checks were run.
        files: the texts of the Python files the page refers to, by path in the curriculum; others are missing.
        offset: the number of lines before the body.
    """
    auditor = _Auditor(topic, record, files, offset)
    problems = (*auditor.runs(), *auditor.references(), *auditor.derivations(), *auditor.complete())
    return PageAudit(topic.id, len(record.checks), record.verified, tuple(problems))


def python_file(topic: Topic, file: str) -> str:
    """The path in the curriculum of a Python file that a page names."""
    return normpath(join(dirname(topic.file), file))


def shown(figure: Figure, like: str) -> str:
    """A figure written the way a page writes it: with as many digits, and as a percentage where it is one."""
    text = like.strip().replace("−", "-")
    value = figure.value * 100 if text.endswith("%") and figure.unit != "%" else figure.value
    if "e" in text or not math.isfinite(value):
        digits = len(text.split("e")[0].partition(".")[2])
        made = f"{value:.{digits}e}".replace("e+0", "e").replace("e-0", "e-").replace("e+", "e")
    else:
        digits = len(text.rstrip("%").partition(".")[2])
        made = f"{value:.{digits}f}"
        separator = next((s for s in (",", "\u202f", " ") if s in text), "")
        if separator:
            made = f"{value:,.{digits}f}".replace(",", separator)
    made += "%" if text.endswith("%") else ""
    return made.replace("-", "−") if "−" in like else made


class _Auditor:
    """The checks of one page, with what they all need."""

    def __init__(self, topic: Topic, record: Record, files: Mapping[str, str], offset: int) -> None:
        self.topic, self.record, self.files, self.offset = topic, record, files, offset
        self.found = page.references(topic.body)
        self.claims_file = python_file(topic, CLAIMS)

    def at(self, line: int, code: str, message: str, hint: str) -> Problem:
        """An error on a line of the body."""
        return Problem(self.topic.file, line + self.offset, code, message, hint)

    def runs(self) -> Iterator[Problem]:
        """What went wrong when the checks were run."""
        for f in self.record.findings:
            yield Problem(self.claims_file, f.line, f"claim-{f.code}", f.message, f.hint)

    def references(self) -> Iterator[Problem]:
        """Every reference leads somewhere, and every check is referred to, once, by a paragraph of its own."""
        placed: dict[str, Reference] = {}
        for reference in self.found:
            check = self.record.by_id.get(reference.target) if reference.file == CLAIMS else None
            if check is None:
                yield from self._code(reference)
            elif reference.figure:
                yield from self._number(reference)
            elif reference.alone and reference.target in placed:
                message = f"the check {reference.target!r} is shown twice"
                yield self.at(reference.line, "claim-twice", message, "refer to it in a line the second time")
            elif reference.alone:
                placed[reference.target] = reference
        for check in self.record.checks:
            if check.id not in placed:
                message = f"the page does not show the check {check.id!r}"
                hint = f"add the line [{check.states}](claims.py#{check.id})"
                yield Problem(self.claims_file, check.line, "claim-unreferenced", message, hint)

    def _code(self, reference: Reference) -> Iterator[Problem]:
        name = python_file(self.topic, reference.file)
        if name not in self.files:
            yield self.at(reference.line, "claim-dangling", f"there is no file {name}", "mend the path")
            return
        try:
            excerpt(self.files[name], reference.target)
        except ExcerptError:
            have = ", ".join(self.record.by_id) or "no checks"
            message = f"{reference.file} has neither a check nor a function {reference.target!r}"
            yield self.at(reference.line, "claim-dangling", message, f"it has {have}")
            return
        if not reference.alone:
            message = f"code cannot stand in a line: {reference.target}"
            yield self.at(
                reference.line, "claim-inline-code", message, "give the link a paragraph of its own"
            )

    def _number(self, reference: Reference) -> Iterator[Problem]:
        outcome = self.record.by_id[reference.target].outcome
        if outcome is None:
            return
        named = [f for f in (*outcome.figures, *outcome.given) if f.key == reference.figure]
        figure = named[0] if named else None
        if len(named) > 1:
            message = f"two figures of {reference.target!r} are called {reference.figure!r}"
            yield self.at(reference.line, "claim-figure", message, "rename one of them")
        if figure is None:
            have = ", ".join(f.key for f in (*outcome.figures, *outcome.given))
            message = f"the check {reference.target!r} has no figure {reference.figure!r}"
            yield self.at(reference.line, "claim-figure", message, f"it has {have}")
        elif not _NUMBER.fullmatch(reference.text.strip()):
            message = f"{reference.text!r} is not a number"
            yield self.at(
                reference.line, "claim-figure", message, "write the number, as [0.136](claims.py#id.figure)"
            )
        elif shown(figure, reference.text) != reference.text.strip():
            message = f"the page says {reference.text}, the check finds {shown(figure, reference.text)}"
            yield self.at(reference.line, "claim-number", message, "write what was found, or mend the check")

    def derivations(self) -> Iterator[Problem]:
        """Every derivation has a list, with one condition for each step."""
        lists = {d.id: d for d in page.derivations(self.topic.body)}
        for check in self.record.checks:
            if check.kind is not CheckKind.DERIVATION:
                continue
            if check.id not in lists:
                message = f"no list of steps follows the derivation {check.id!r}"
                yield Problem(
                    self.claims_file, check.line, "derivation", message, "put a numbered list after its link"
                )
                continue
            steps = lists[check.id].steps
            checked = len(check.outcome.figures) if check.outcome else len(steps)
            if checked != len(steps):
                message = (
                    f"{check.id} has {len(steps)} steps on the page and {checked} conditions in claims.py"
                )
                yield self.at(
                    steps[0].line, "derivation", message, "give each step its own condition, in order"
                )
            for step in steps:
                if not step.formula:
                    yield self.at(
                        step.line, "derivation", f"a step of {check.id} has no formula", "write what it shows"
                    )

    def complete(self) -> Iterator[Problem]:
        """What a page that calls itself complete owes."""
        if self.topic.status is not Status.COMPLETE:
            return
        kinds = [c.kind for c in self.record.checks]
        if not any(k is not CheckKind.FAILURE for k in kinds):
            hint = "write one in claims.py: docs/authoring.md"
            yield Problem(
                self.topic.file, 0, "complete", "a complete page has at least one claim that runs", hint
            )
        if CheckKind.FAILURE not in kinds:
            hint = "write one in claims.py: docs/authoring.md"
            yield Problem(
                self.topic.file, 0, "complete", "a complete page has a failure mode that runs", hint
            )
