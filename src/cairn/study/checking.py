"""The checks of all pages: run, held against the pages, counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from cairn.claims import page as pages
from cairn.claims.audit import PageAudit, audit, python_file
from cairn.claims.record import Record
from cairn.claims.workbench import Workbench
from cairn.curriculum import Problem
from cairn.curriculum.items.linter import QUICK, ItemReport, lint_items
from cairn.curriculum.linter import Report
from cairn.curriculum.topic import Status, Topic
from cairn.study.atlas import Atlas


@dataclass(frozen=True, slots=True)
class Audit:
    """What came out.

    Attributes:
        pages: one for each page that has checks or calls itself complete.
        complete: how many checks there are on complete pages.
        complete_verified: how many of those are verified.
    """

    pages: tuple[PageAudit, ...]
    complete: int
    complete_verified: int

    @property
    def total(self) -> int:
        """All checks: claims, derivations, failure modes."""
        return sum(p.total for p in self.pages)

    @property
    def verified(self) -> int:
        """Those that came out with every seed and at every edge."""
        return sum(p.verified for p in self.pages)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What must be mended."""
        return tuple(sorted({q for p in self.pages for q in p.problems}))


@dataclass(frozen=True, slots=True)
class Findings:
    """All that a look over the curriculum found: the report with the problems of items and pages, and their figures."""

    report: Report
    items: ItemReport
    audit: Audit


def look_over(
    atlas: Atlas,
    workbench: Workbench,
    root: Path,
    topics: Iterable[str] | None = None,
    *,
    variants: int = QUICK,
) -> Findings:
    """Lint the curriculum, draw its items and run the checks of its pages; of some topics, or of all."""
    chosen = None if topics is None else tuple(topics)
    drawn = lint_items(atlas.curriculum, chosen, variants)
    audit = audit_pages(atlas, workbench, root, chosen)
    report = atlas.lint().and_also([*drawn.problems, *audit.problems])
    if chosen is not None:
        about = tuple(p for p in report.problems if any(f"/{topic}/" in p.file for topic in chosen))
        report = replace(report, problems=about)
    return Findings(report, drawn, audit)


def folder_of(topic: Topic) -> str:
    """A topic's folder, relative to the curriculum."""
    return topic.file.rpartition("/")[0]


def audit_pages(
    atlas: Atlas,
    workbench: Workbench,
    root: Path,
    topics: Iterable[str] | None = None,
    *,
    fresh: bool = False,
) -> Audit:
    """Audit the pages of some topics, or of all."""
    every = atlas.curriculum.topics
    chosen = [every[t] for t in (every if topics is None else topics)]
    made: dict[str, PageAudit] = {}
    for topic in chosen:
        record = workbench.record(folder_of(topic), fresh=fresh)
        if record.checks or record.findings or ".py#" in topic.body or topic.status is Status.COMPLETE:
            made[topic.id] = audit_page(atlas, topic, record, root)
    whole = [p for p in made.values() if every[p.topic].status is Status.COMPLETE]
    return Audit(tuple(made.values()), sum(p.total for p in whole), sum(p.verified for p in whole))


def only_topics(atlas: Atlas, names: Iterable[str]) -> tuple[str, ...] | None:
    """The topics that some names mean; None for no names, which means all.

    Raises:
        UnknownSkillError: a name is no topic's.
    """
    given = list(names)
    return tuple(atlas.skill(name).topic for name in given) if given else None


def audit_page(atlas: Atlas, topic: Topic, record: Record, root: Path) -> PageAudit:
    """Audit one page."""
    whole = atlas.loaded.texts[topic.file].text
    files = {}
    for reference in pages.references(topic.body):
        name = python_file(topic, reference.file)
        text = read_python(root, name)
        if text is not None:
            files[name] = text
    return audit(topic, record, files, whole.count("\n") - topic.body.count("\n"))


def read_python(root: Path, name: str) -> str | None:
    """The text of a Python file of the curriculum; None for what is missing or lies outside."""
    file = (root / name).resolve()
    if not file.is_relative_to(root.resolve()) or file.suffix != ".py":
        return None
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
