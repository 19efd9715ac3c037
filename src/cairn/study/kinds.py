"""What differs between the kinds of exercise for a learner: what they begin with, which hints there are, its tracks."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cairn.judge import Exercise
    from cairn.store.submissions import Submission

KINDS = {"write": "", "bug-hunt": "bug hunt", "write-tests": "write the tests"}
"""How a kind is said; writing the program needs no word."""

LIBRARIES = {"numpy": "NumPy", "torch": "PyTorch"}
_INSTALL = {"torch": "pip install torch"}
_RANK = {"write": 0, "bug-hunt": 1, "write-tests": 2}


@dataclass(frozen=True, slots=True)
class Track:
    """One specification in one library.

    Attributes:
        exercise: the exercise of this track.
        library: "NumPy" or "PyTorch".
    """

    exercise: Exercise
    library: str


def label(exercise: Exercise) -> str:
    """Its kind and library, where they are not the ordinary ones: "bug hunt", "PyTorch"."""
    said = [KINDS[exercise.kind]] if KINDS[exercise.kind] else []
    said += [LIBRARIES[exercise.runtime]] if exercise.runtime != "numpy" else []
    return ", ".join(said)


def rank(exercise: Exercise) -> int:
    """Where an exercise stands among those about the same program: written, in another library, mended, tested."""
    return 2 * _RANK[exercise.kind] + exercise.is_twin


def turn(exercise: Exercise, person: str, history: Iterable[Submission]) -> int:
    """Which bug of a hunt a person has before them: another for each person, the next once one is mended."""
    count = len(exercise.sheet.bugs)
    first = zlib.crc32(f"{person}:{exercise.id}".encode())
    accepted = [s for s in history if s.accepted]
    mended = {((s.verdict or {}).get("edit") or {}).get("bug") for s in accepted}
    order = [(first + i) % count + 1 for i in range(count)]
    return next((bug for bug in order if bug not in mended), order[len(accepted) % count])


def starter(exercise: Exercise, person: str, history: Iterable[Submission]) -> str:
    """What a person begins with."""
    from cairn.judge.hunt import plant  # noqa: PLC0415  # imports the judge, which is slow

    if exercise.kind != "bug-hunt":
        return exercise.starter
    return plant(exercise, turn(exercise, person, history)).source


def hints(exercise: Exercise, person: str, history: list[Submission]) -> list[str]:
    """All hints, from a nudge to nearly the answer.

    For a bug hunt the last one says what is wrong; for written tests there is one more for each wrong program that
    the latest tests let through.
    """
    from cairn.judge.hunt import given, plant  # noqa: PLC0415

    found = list(exercise.sheet.hints)
    latest = next((s for s in history if s.verdict), None)
    if exercise.kind == "bug-hunt":
        open_one = latest is not None and not latest.accepted
        number = (
            given(exercise, latest.code).number if latest and open_one else turn(exercise, person, history)
        )
        found.append(f"What is wrong: {plant(exercise, number).says}")
    elif exercise.kind == "write-tests" and latest is not None:
        kills = (latest.verdict or {}).get("kills") or {}
        found += [f"Your tests let this through: {s['says']}" for s in kills.get("survivors", ())]
    return found


def tracks(exercise: Exercise, exercises: Mapping[str, Exercise]) -> list[Track]:
    """The same specification in every library there is, if there are several."""
    if exercise.kind != "write":
        return []
    first = exercise.base.id if exercise.base else exercise.id
    found = [e for e in exercises.values() if e.id == first or (e.is_twin and e.base and e.base.id == first)]
    found.sort(key=lambda e: (e.is_twin, e.id))
    return [Track(e, LIBRARIES[e.runtime]) for e in found] if len(found) > 1 else []


def install(runtime: str) -> str:
    """The command that gets a library which is missing."""
    return _INSTALL.get(runtime, f"pip install {runtime}")
