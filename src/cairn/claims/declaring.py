"""The decorators of `claims.py`, and what they note about a function."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from types import ModuleType
from typing import Any

from cairn.claims.outcome import Outcome, Verdict
from cairn.claims.parameter import Parameter, parameters_of

_MARK = "__cairn_check__"
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")

Run = Callable[..., Outcome]


class DeclarationError(ValueError):
    """Raised when a check is declared in a way that cannot be run. The message says what to mend."""


class CheckKind(StrEnum):
    """What a check shows."""

    CLAIM = "claim"
    FAILURE = "failure"
    DERIVATION = "derivation"


@dataclass(frozen=True, slots=True)
class Check:
    """One check of a page.

    Attributes:
        id: unique on the page.
        kind: claim, failure mode or derivation.
        states: what is shown, one plain sentence. In a failure mode: what goes wrong.
        assumes: what a claim assumes.
        without: in a failure mode, the assumption that is dropped.
        of: in a failure mode, the id of the claim that breaks.
        parameters: what a reader may change.
        run: the function itself.
        line: where it stands in its file.
    """

    id: str
    kind: CheckKind
    states: str
    assumes: tuple[str, ...]
    without: str
    of: str
    parameters: tuple[Parameter, ...]
    run: Run
    line: int

    @property
    def expected(self) -> Verdict:
        """The verdict with which the check is verified."""
        return Verdict.BREAKS if self.kind is CheckKind.FAILURE else Verdict.HOLDS


def claim(check_id: str, states: str, *, assumes: tuple[str, ...] | str = ()) -> Callable[[Run], Run]:
    """Declare a check that holds under its assumptions.

    Args:
        check_id: lower-case words joined by hyphens, unique on the page; the page refers to `claims.py#check_id`.
        states: the exact statement in one plain sentence.
        assumes: the assumptions, one phrase each.
    """
    return _declare(check_id, CheckKind.CLAIM, states, assumes=assumes)


def failure(check_id: str, states: str, *, of: str, without: str) -> Callable[[Run], Run]:
    """Declare a counterexample. It tests the same condition as the claim `of`, and that condition must break.

    Args:
        check_id: as for a claim.
        states: what goes wrong, in one plain sentence.
        of: the id of the claim on this page that breaks.
        without: the assumption that is dropped, as the claim names it.
    """
    return _declare(check_id, CheckKind.FAILURE, states, of=of, without=without)


def derivation(
    check_id: str, states: str, *, assumes: tuple[str, ...] | str = (),
    after: Mapping[int, tuple[int, ...]] | None = None,
) -> Callable[[Run], Run]:  # fmt: skip
    """Declare the numerical check of a derivation: one condition for each step of the list on the page, in order.

    Args:
        check_id: as for a claim.
        states: what is derived, in one plain sentence.
        assumes: the assumptions, one phrase each.
        after: for a step that does not need the one before it, the steps that it does need, by number from 1. A drill
            that asks for the order of the steps then takes any order that fits.
    """
    for step, needed in (after or {}).items():
        if step < 1 or any(not 1 <= n < step for n in needed):
            raise DeclarationError(f"{check_id}: step {step} can need only earlier steps, not {list(needed)}")
    return _declare(check_id, CheckKind.DERIVATION, states, assumes=assumes)


def _declare(
    check_id: str, kind: CheckKind, states: str, *,
    assumes: tuple[str, ...] | str = (), without: str = "", of: str = "",
) -> Callable[[Run], Run]:  # fmt: skip
    if not _ID.fullmatch(check_id):
        raise DeclarationError(f"{check_id!r} is no id: use lower-case words joined by hyphens")
    if len(states.split()) < 3:
        raise DeclarationError(f"{check_id}: say in a sentence what is shown")
    if kind is CheckKind.FAILURE and not (of and without):
        raise DeclarationError(
            f"{check_id}: a failure mode names the claim (of) and the assumption (without)"
        )
    phrases = (assumes,) if isinstance(assumes, str) else tuple(assumes)

    def mark(function: Run) -> Run:
        line = function.__code__.co_firstlineno
        check = Check(check_id, kind, states, phrases, without, of, parameters_of(function), function, line)
        setattr(function, _MARK, check)
        return function

    return mark


def checks_of(module: ModuleType) -> tuple[Check, ...]:
    """The checks a module declares, in the order in which they stand.

    Raises:
        DeclarationError: two share an id, or a failure mode breaks an unknown claim.
    """
    found: dict[str, Check] = {}
    for value in vars(module).values():
        check: Any = getattr(value, _MARK, None) if callable(value) else None
        if isinstance(check, Check) and check.run.__globals__ is vars(module):
            if check.id in found and found[check.id] is not check:
                raise DeclarationError(f"two checks have the id {check.id!r}")
            found[check.id] = check
    for check in found.values():
        broken = found.get(check.of)
        if check.kind is CheckKind.FAILURE and (broken is None or broken.kind is CheckKind.FAILURE):
            raise DeclarationError(f"{check.id}: there is no claim {check.of!r} on this page to break")
    return tuple(sorted(found.values(), key=lambda c: c.line))


@dataclass
class Loading:
    """The loading of one `claims.py`: the curriculum it belongs to, and the other files it uses."""

    root: Path
    depends: dict[str, Path] = field(default_factory=dict)
    modules: dict[Path, ModuleType] = field(default_factory=dict)


_LOADING: ContextVar[Loading | None] = ContextVar("loading", default=None)


@contextmanager
def loading(root: Path) -> Iterator[Loading]:
    """Note what `use` is asked for while a module is loaded."""
    state = Loading(root)
    token = _LOADING.set(state)
    try:
        yield state
    finally:
        _LOADING.reset(token)


def current() -> Loading | None:
    """What is being loaded now, if anything is."""
    return _LOADING.get()


def use(path: str) -> ModuleType:
    """The module in another file of the curriculum, such as `exercises/softmax-from-scratch/solution.py`.

    Call it at the top of `claims.py`; a claim is run again when that file changes.

    Raises:
        DeclarationError: there is no such file in the curriculum, or nothing is being loaded.
    """
    state = _LOADING.get()
    if state is None:
        raise DeclarationError("use() works only at the top of a claims.py or playground.py")
    file = (state.root / path).resolve()
    if not file.is_relative_to(state.root.resolve()) or not file.is_file():
        raise DeclarationError(f"use: there is no file {path!r} in the curriculum")
    if file not in state.modules:
        state.depends[path] = file
        state.modules[file] = execute(file, file.stem)
    return state.modules[file]


def execute(file: Path, name: str, source: str | None = None) -> ModuleType:
    """A module made by running a file, or a text in its place. Nothing is left in `sys.modules`."""
    module = ModuleType(f"cairn_page.{name.replace('-', '_')}")
    module.__file__ = str(file)
    code = compile(
        file.read_text(encoding="utf-8") if source is None else source, str(file), "exec", dont_inherit=True
    )
    exec(code, vars(module))  # noqa: S102  # the curriculum's own author wrote it
    return module
