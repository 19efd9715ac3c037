"""The study log as Markdown for people and as CSV for programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from cairn.store.logbook import Entry, Experiment, Reading
from cairn.study.diary_words import duration
from cairn.study.passes import PASSES

COLUMNS = ("day", "minutes", "mode", "title", "activity", "planned", "finished", "note")
_RISKY = ("=", "+", "-", "@", "\t", "\r")


def as_csv(entries: Iterable[Entry]) -> str:
    """The entries as CSV with a heading. A text that a spreadsheet would take for a formula gets an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for e in entries:
        finished = "yes" if e.finished else "no"
        row = [e.day.isoformat(), e.minutes, e.mode, e.title, e.activity, e.planned, finished, e.note]
        writer.writerow([_safe(value) if isinstance(value, str) else value for value in row])
    return out.getvalue()


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_RISKY) else text


def as_markdown(
    entries: Sequence[Entry],
    experiments: Sequence[Experiment],
    readings: Sequence[Reading],
    titles: Mapping[str, str],
) -> str:
    """Everything that was logged: days, experiments, papers.

    Args:
        entries: minutes, by day.
        experiments: notes, in the order they were begun.
        readings: passes over papers.
        titles: the title of each paper by id.
    """
    lines = ["# Study log", ""]
    lines += (
        [f"{duration(sum(e.minutes for e in entries))} in all.", ""]
        if entries
        else ["Nothing is logged.", ""]
    )
    last = None
    for e in entries:
        if e.day != last:
            lines += ["" if last else "## Days", "", f"### {e.day:%A %d %B %Y}", ""]
            last = e.day
        done = ", finished" if e.finished else ""
        lines.append(f"- {duration(e.minutes)} {e.mode}: {_line(e.title)}{done}")
        lines += [f"  {_line(part)}" for part in e.note.splitlines() if part.strip()]
    if experiments:
        lines += ["", "## Experiments"]
        for x in experiments:
            lines += ["", f"### {_line(x.subject)}, {x.at:%d %B %Y}", ""]
            parts = (
                ("Hypothesis", x.question),
                ("What was run", x.setup),
                ("What was seen", x.result),
                ("Next", x.conclusion),
            )
            lines += [f"**{name}.** {_line(text)}\n" for name, text in parts if text.strip()]
    if readings:
        lines += ["", "## Papers"]
        asked = {(p.stage, key): ask for p in PASSES for key, ask in p.questions}
        for r in readings:
            lines += ["", f"### {_line(titles.get(r.paper, r.paper))}, pass {r.stage}", ""]
            lines.append(f"{duration(r.minutes)}, {r.at:%d %B %Y}.")
            lines += [f"- {asked.get((r.stage, key), key)} {_line(text)}" for key, text in r.answers.items()]
            lines += [f"- To implement: {_line(idea)}" for idea in r.ideas]
    return "\n".join(lines).rstrip("\n") + "\n"


def _line(text: str) -> str:
    """A text on one line, in which nothing is taken for Markdown or HTML."""
    joined = " ".join(text.split())
    for sign in "\\`*_[]<>":
        joined = joined.replace(sign, "\\" + sign)
    return "\\" + joined if joined.startswith(("#", "-", "+")) else joined
