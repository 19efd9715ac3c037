"""Beginnings of new content files. What they write passes the linter but for the parts to be filled in."""

from __future__ import annotations

import json
from collections.abc import Callable

from cairn.curriculum import Curriculum
from cairn.curriculum.document import DocumentError, parse
from cairn.curriculum.skill import is_id

_TOPIC = """---
title: {title}
aliases: []
summary: Why a person learns this, in one line
levels:
  recognise:
    hours: [0.3, 0.7]
    can: say what it is and when it is used
  use:
    hours: [1, 3]
    can: compute a small case by hand and explain each step
requires: {{}}
sources: []
status: draft
---

## Why

The problem, before the idea.

## Intuition

One picture, in words.

## Statement

The exact definition or theorem, with its assumptions and shapes.

## Failure modes

- **The assumption that fails.** What goes wrong without it.
"""

_PATH = """title: {title}
summary: For whom it is, and what it gives.
kind: sequence
steps:
  - title: The first step
    targets: []
"""

_PAPER = """title: {title}
authors: [The First Author]
year: 2017
summary: One sentence on what it contributes.
needs: []
teaches: []
"""

_TASK = """# {title}

What to write, with shapes and an example.
"""
_STARTER = '''"""{title}."""


def solve(x):
    """What it returns."""
    raise NotImplementedError
'''
_SOLUTION = '''"""{title}: the reference solution."""


def solve(x):
    """What it returns."""
    return x
'''

_SHEET = """title: {title}
skills: [{skill}]
entry: [solve]
hints: [A nudge in one sentence.]
"""

_TESTS = '''"""What holds of a right answer. docs/authoring.md tells what there is to check with."""

from cairn.judge import checks as c


@c.check("agrees with the reference", axis="correct")
def agrees(learner, reference, rng):
    c.same_as_reference(learner.solve, reference.solve, c.arrays(max_dims=2, max_side=4))
'''

MAX_TITLE = 200
KINDS = frozenset({"topic", "exercise", "path", "paper", "curriculum"})


class TemplateError(ValueError):
    """Raised when nothing can be begun from what was asked. `hint` says what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def make(
    kind: str, name: str, curriculum: Curriculum, *, area: str | None = None, title: str | None = None
) -> dict[str, str]:
    """The files of a new thing, by path relative to the curriculum folder.

    Raises:
        TemplateError: the id or title is malformed, or a topic's area is missing or unknown.
    """
    if not is_id(name):
        raise TemplateError(f"{name!r} is not a valid id", "use lower-case words joined by hyphens: kv-cache")
    heading = " ".join((title or name.replace("-", " ").capitalize()).split())
    if not heading or not heading.isprintable() or len(heading) > MAX_TITLE:
        raise TemplateError(
            "the title is empty, too long or not plain text", f"use up to {MAX_TITLE} characters"
        )
    scalar, literal = _scalar(heading), heading.replace("\\", "/").replace('"', "'")
    makers: dict[str, Callable[[], dict[str, str]]] = {
        "topic": lambda: {f"topics/{_area(area, curriculum)}/{name}/topic.md": _TOPIC.format(title=scalar)},
        "path": lambda: {f"paths/{name}.yaml": _PATH.format(title=scalar)},
        "paper": lambda: {f"papers/{name}.yaml": _PAPER.format(title=scalar)},
        "exercise": lambda: {
            f"exercises/{name}/exercise.yaml": _SHEET.format(title=scalar, skill=_some_skill(curriculum)),
            f"exercises/{name}/tests.py": _TESTS,
            f"exercises/{name}/task.md": _TASK.format(title=heading),
            f"exercises/{name}/starter.py": _STARTER.format(title=literal),
            f"exercises/{name}/solution.py": _SOLUTION.format(title=literal),
        },
        "curriculum": lambda: {"curriculum.yaml": _curriculum(scalar)},
    }
    return makers[kind]()


def _some_skill(curriculum: Curriculum) -> str:
    """A skill to stand in until the author names the right one."""
    return str(curriculum.graph.nodes[0]) if curriculum.graph.nodes else ""


def _scalar(text: str) -> str:
    """A text as a YAML value: as it stands where YAML reads it back the same, else quoted."""
    try:
        plain = parse(f"title: {text}") == {"title": text}
    except DocumentError:
        plain = False
    return text if plain else json.dumps(text, ensure_ascii=False)


def _area(area: str | None, curriculum: Curriculum) -> str:
    wide = {a.within for a in curriculum.areas.values() if a.within}
    choice = [a for a in curriculum.areas if a not in wide]
    if area is None:
        raise TemplateError("a topic needs an area", f"add --area with one of: {', '.join(choice)}")
    if area not in choice:
        raise TemplateError(f"{area!r} is no area for topics", f"choose one of: {', '.join(choice)}")
    return area


def _curriculum(title: str) -> str:
    areas = "areas:\n  basics:\n    title: Basics\n    summary: Where to begin.\n"
    return f'format: 1\ntitle: {title}\nversion: "0.1"\n{areas}'
