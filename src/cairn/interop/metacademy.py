"""Read a concept graph in the manner of Metacademy: a CSV of edges, with concepts and hours beside it.

`edges.csv` has the columns `prerequisite,concept` and may have `reason`; `concepts.csv`, in the same folder
or given itself, has `tag,title,hours_estimate`.
"""

from __future__ import annotations

import csv
import math
from io import StringIO

from cairn.interop.foreign import ForeignFormatError, ForeignMap, ForeignTopic

EDGES = ("prerequisite", "concept")
CONCEPTS = ("tag", "title")


def read(edges: str, concepts: str | None = None) -> ForeignMap:
    """The map in the text of an edges file and, if there is one, a concepts file.

    Concepts that only edges name are taken in with their tag as title, where no concepts file is given.

    Raises:
        ForeignFormatError: a header is wrong, a row is short, or hours are no number.
    """
    rows = _rows(edges, EDGES, "edges")
    pairs = [
        (row["prerequisite"].strip(), row["concept"].strip(), (row.get("reason") or "").strip())
        for _, row in rows
    ]
    if concepts is None:
        tags = dict.fromkeys(tag for before, after, _ in pairs for tag in (before, after))
        topics = [ForeignTopic(tag, _title(tag)) for tag in tags]
    else:
        topics = [_topic(row, line) for line, row in _rows(concepts, CONCEPTS, "concepts")]
    return ForeignMap("Imported concept graph", topics, pairs)


def is_concepts(text: str) -> bool:
    """Whether a CSV text is a concepts file rather than an edges file."""
    try:
        header = next(csv.reader(StringIO(text)), [])
    except csv.Error:
        return False
    return set(CONCEPTS) <= {h.strip() for h in header}


def _rows(text: str, needed: tuple[str, ...], what: str) -> list[tuple[int, dict[str, str]]]:
    """The rows of a CSV text, each with the line it ends on."""
    reader = csv.DictReader(StringIO(text, newline=""), strict=True)
    try:
        header = [h.strip() for h in reader.fieldnames or []]
        if not set(needed) <= set(header):
            message = f"the {what} file has the columns {', '.join(header) or 'none'}"
            raise ForeignFormatError(message, f"it needs the columns {', '.join(needed)}", 1, what)
        reader.fieldnames = header
        rows = []
        for row in reader:
            if any(not (row.get(name) or "").strip() for name in needed):
                hint = f"give a value for {' and '.join(needed)}"
                raise ForeignFormatError(f"a row of the {what} file is short", hint, reader.line_num, what)
            rows.append((reader.line_num, row))
    except csv.Error as error:
        hint = "mend the quoting on this line"
        line = reader.reader.line_num  # the reader's own count stops at the last good row
        raise ForeignFormatError(f"not valid CSV: {error}", hint, line, what) from None
    return rows


def _topic(row: dict[str, str], line: int) -> ForeignTopic:
    estimate = (row.get("hours_estimate") or "").strip()
    hours: tuple[float, float] | None = None
    if estimate:
        try:
            value = float(estimate)
        except ValueError:
            value = math.nan
        if not 0 <= value <= 1000:
            message = f"the hours {estimate!r} are not a number from 0 to 1000"
            raise ForeignFormatError(message, "mend or empty the cell", line, "concepts")
        hours = (value / 2, value)
    return ForeignTopic(row["tag"].strip(), row["title"].strip(), hours=hours)


def _title(tag: str) -> str:
    return tag.replace("_", " ").replace("-", " ").strip().capitalize() or tag
