"""Bug hunts: a mistake is planted in a right program; the learner finds it and mends it with a small edit."""

from __future__ import annotations

import difflib
import io
import re
import tokenize
from dataclasses import dataclass

from cairn.judge.exercise import Exercise

_HEADER = re.compile(r"^# Bug (\d{1,3}) of \d{1,3}\b")
_SLACK = 2


@dataclass(frozen=True, slots=True)
class Planted:
    """One program with a mistake in it.

    Attributes:
        number: which of the hunt's bugs, from 1.
        of: how many the hunt has.
        misconception: id of the wrong idea behind it.
        says: one sentence that teaches.
        repairs: the section of a page that puts it right, as `topic#section`.
        caught_by: checks that must notice it.
        source: what the learner is given.
    """

    number: int
    of: int
    misconception: str
    says: str
    repairs: str | None
    caught_by: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Edit:
    """How a submission to a bug hunt differs from what was given.

    Attributes:
        bug: number of the planted bug, from 1.
        of: how many the hunt has.
        changed: lines that differ from the program as it was given.
        planted: lines that the planting changed.
        says: what the bug was; told only once it is mended.
    """

    bug: int
    of: int
    changed: int
    planted: int
    says: str | None = None

    @property
    def small(self) -> bool:
        """Whether it changes little more than the bug itself."""
        return self.changed <= self.planted + _SLACK

    def as_json(self) -> dict[str, object]:
        """Plain values."""
        return {
            "bug": self.bug, "of": self.of, "changed": self.changed, "planted": self.planted,
            "small": self.small, "says": self.says,
        }  # fmt: skip


def mended(exercise: Exercise) -> str:
    """The right program as a hunt shows it: without comments, which would tell what belongs there."""
    return uncommented(exercise.solution)


def plant(exercise: Exercise, number: int) -> Planted:
    """A hunt's program with one of its bugs.

    Args:
        exercise: a bug hunt.
        number: which bug, from 1; larger ones begin again.
    """
    bugs = exercise.sheet.bugs
    index = (number - 1) % len(bugs)
    bug = bugs[index]
    wrong = next((w for w in exercise.wrong if w.misconception == bug.misconception), None)
    header = (
        f"# Bug {index + 1} of {len(bugs)}. Keep this line: it says which bug was planted.\n"
        "# One thing below is wrong. Mend it with a small change.\n"
    )
    return Planted(
        number=index + 1,
        of=len(bugs),
        misconception=bug.misconception,
        says=bug.says or (wrong.says if wrong else ""),
        repairs=(wrong.repairs if wrong else None) or exercise.sheet.repairs,
        caught_by=bug.caught_by or (wrong.caught_by if wrong else ()),
        source=header + uncommented(exercise.solution.replace(bug.replace, bug.by)),
    )


def given(exercise: Exercise, source: str) -> Planted:
    """The program a submission began with: the one its first lines name, else the nearest."""
    for line in source.splitlines()[:5]:
        match = _HEADER.match(line)
        if match and 1 <= int(match[1]) <= len(exercise.sheet.bugs):
            return plant(exercise, int(match[1]))
    every = [plant(exercise, n + 1) for n in range(len(exercise.sheet.bugs))]
    return min(every, key=lambda planted: differing(planted.source, source))


def edit(exercise: Exercise, source: str, *, accepted: bool) -> Edit:
    """What a submission changed."""
    planted = given(exercise, source)
    return Edit(
        planted.number,
        planted.of,
        changed=differing(planted.source, source),
        planted=differing(planted.source, mended(exercise)),
        says=planted.says if accepted else None,
    )


def differing(one: str, other: str) -> int:
    """How many lines of code differ; comments, blank lines and spaces at the ends of lines do not count."""
    left, right = _lines(one), _lines(other)
    blocks = difflib.SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    return sum(max(i2 - i1, j2 - j1) for tag, i1, i2, j1, j2 in blocks if tag != "equal")


def uncommented(source: str) -> str:
    """A source without its comments; lines that held nothing else are left out. Text it cannot read is kept."""
    lines = source.splitlines()
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    except (tokenize.TokenError, SyntaxError):
        return source
    gone = set()
    for token in tokens:
        if token.type == tokenize.COMMENT:
            row, column = token.start
            lines[row - 1] = lines[row - 1][:column].rstrip()
            if not lines[row - 1]:
                gone.add(row - 1)
    kept = [line for i, line in enumerate(lines) if i not in gone]
    return "\n".join(kept).strip("\n") + "\n"


def _lines(source: str) -> list[str]:
    return [line.rstrip() for line in uncommented(source).splitlines() if line.strip()]
