"""The decorator of `playground.py`, and what it notes about a function."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from cairn.claims.declaring import current
from cairn.playgrounds.controls import Control, controls_of
from cairn.playgrounds.scene import Scene

_MARK = "__cairn_playground__"
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
SECTIONS = (
    "Why", "Intuition", "Statement", "Derivation", "Failure modes", "Worked example", "In practice", "Common mistakes",
)  # fmt: skip

Run = Callable[..., Scene]


class PlaygroundError(ValueError):
    """Raised when a playground is declared in a way that cannot be shown. The message says what to mend."""


@dataclass(frozen=True, slots=True)
class Playground:
    """One playground.

    Attributes:
        id: unique over the curriculum.
        title: what it is called.
        says: what a reader can find out with it, in one plain sentence.
        after: the section of the page that it follows; empty for the end.
        sources: of each resource or paper that its facts come from, the place.
        controls: what the reader may change.
        run: the function itself.
        line: where it stands in its file.
    """

    id: str
    title: str
    says: str
    after: str
    sources: Mapping[str, str]
    controls: tuple[Control, ...]
    run: Run
    line: int


def playground(
    playground_id: str, title: str, says: str, *, after: str = "", sources: Mapping[str, str] | None = None
) -> Callable[[Run], Run]:
    """Declare a playground: a function from controls to a scene, without chance and without memory.

    Args:
        playground_id: lower-case words joined by hyphens, unique over the curriculum.
        title: what it is called, sentence case.
        says: what a reader can find out with it, in one plain sentence.
        after: the section of the topic's page that it follows; the end of the page unless given.
        sources: ids of resources and papers that stated facts come from, each with the exact place.
    """
    if not _ID.fullmatch(playground_id):
        raise PlaygroundError(f"{playground_id!r} is no id: use lower-case words joined by hyphens")
    if len(says.split()) < 5:
        raise PlaygroundError(f"{playground_id}: say in a sentence what can be found out with it")
    if after and after not in SECTIONS:
        raise PlaygroundError(f"{playground_id}: after is one of {', '.join(SECTIONS)}")

    def mark(function: Run) -> Run:
        found = Playground(
            playground_id, title, says, after, dict(sources or {}), controls_of(function), function,
            function.__code__.co_firstlineno,
        )  # fmt: skip
        setattr(function, _MARK, found)
        return function

    return mark


def playgrounds_of(module: ModuleType) -> tuple[Playground, ...]:
    """The playgrounds a module declares, in the order in which they stand.

    Raises:
        PlaygroundError: two share an id, or there is none.
    """
    found: dict[str, Playground] = {}
    for value in vars(module).values():
        made: Any = getattr(value, _MARK, None) if callable(value) else None
        if isinstance(made, Playground) and made.run.__globals__ is vars(module):
            if made.id in found and found[made.id] is not made:
                raise PlaygroundError(f"two playgrounds have the id {made.id!r}")
            found[made.id] = made
    if not found:
        raise PlaygroundError("declare at least one function with @playground")
    return tuple(sorted(found.values(), key=lambda p: p.line))


def read(path: str) -> str:
    """The text of a file of the curriculum, such as `topics/<area>/<topic>/runs.json`. Call it at the top.

    Raises:
        PlaygroundError: there is no such file in the curriculum, or nothing is being loaded.
    """
    state = current()
    if state is None:
        raise PlaygroundError("read() works only at the top of a playground.py")
    file = (state.root / path).resolve()
    if not file.is_relative_to(state.root.resolve()) or not file.is_file():
        raise PlaygroundError(f"read: there is no file {path!r} in the curriculum")
    state.depends[path] = file
    return file.read_text(encoding="utf-8")
