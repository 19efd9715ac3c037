"""Every id that public roadmaps use finds its place here. The lists stand beside this file."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from cairn.curriculum import Kind

HERE = Path(__file__).parent
ALLOWED = {
    "topics": {Kind.TOPIC, Kind.SECTION, Kind.AREA},
    "paths": {Kind.PATH},
    "resources": {Kind.RESOURCE, Kind.PAPER},
    "questions": {Kind.QUESTION},
}


def listed(name):
    return (HERE / f"{name}.txt").read_text(encoding="utf-8").split()


@pytest.mark.parametrize(
    ("name", "count"), [("topics", 530), ("paths", 20), ("resources", 168), ("questions", 82)]
)
def test_every_id_resolves_to_a_thing_of_its_kind(real, name, count):
    """Each id of a list is the exact id of a topic or section, a path, a resource or paper, a question."""
    ids = listed(name)

    found = {i: real.curriculum.entries.get(i) for i in ids}

    assert len(set(ids)) == count
    assert [i for i, entry in found.items() if entry is None] == []
    assert [i for i, entry in found.items() if entry.kind not in ALLOWED[name]] == []


def test_find_resolves_all_of_them_in_one_call():
    """`cairn find --json` takes all 800 ids at once, answers each in order and exits with 0."""
    ids = [i for name in ALLOWED for i in listed(name)]

    run = subprocess.run(
        [sys.executable, "-m", "cairn", "find", "--json", *ids], capture_output=True, text=True, check=False
    )

    rows = json.loads(run.stdout)
    assert run.returncode == 0
    assert [row["query"] for row in rows] == ids
    assert [row["id"] for row in rows] == ids
    assert all(row["kind"] and row["title"] for row in rows)


def test_a_section_names_its_page_and_anchor(real):
    """A roadmap id that became a section points to a heading on a topic's page."""
    entry = real.find("f1-score")

    assert entry.kind is Kind.SECTION
    assert (entry.within, entry.anchor) == ("precision-and-recall", "f1-score")
    assert "{#f1-score}" in real.curriculum.topics["precision-and-recall"].body
