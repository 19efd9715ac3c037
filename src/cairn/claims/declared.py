"""What a `claims.py` declares, read from its text: nothing is run.

Only what stands there literally can be read this way: an id, a sentence, a list of assumptions. A declaration that
works its words out is passed over.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from cairn.claims.declaring import CheckKind

_KINDS = {kind.value for kind in CheckKind}
_BEGINS = re.compile(rf"@({'|'.join(sorted(_KINDS))})\(")


@dataclass(frozen=True, slots=True)
class Declared:
    """One check as its decorator declares it.

    Attributes:
        id: unique on the page.
        kind: claim, failure mode or derivation.
        states: the sentence.
        assumes: what a claim or derivation assumes.
        without: in a failure mode, the assumption that is dropped.
        of: in a failure mode, the id of the claim that breaks.
        after: in a derivation, the steps that some steps need, where it is not the one before.
    """

    id: str
    kind: CheckKind
    states: str
    assumes: tuple[str, ...] = ()
    without: str = ""
    of: str = ""
    after: Mapping[int, tuple[int, ...]] = field(default_factory=dict)


def declared(source: str) -> tuple[Declared, ...]:
    """The checks that a text declares, in order. Only the decorators are read, so that many pages are read quickly."""
    return tuple(one for text in _decorators(source) if (one := _parsed(text)) is not None)


def _decorators(source: str) -> Iterator[str]:
    """The text of each decorator of ours, up to its function."""
    held: list[str] = []
    for line in source.splitlines():
        if _BEGINS.match(line):
            held = [line]
        elif held and line.startswith(("def ", "@")):
            yield "\n".join(held)
            held = []
        elif held:
            held.append(line)


def _parsed(text: str) -> Declared | None:
    try:
        (node,) = ast.parse(f"{text}\ndef f(): ...").body
    except (SyntaxError, ValueError):
        return None
    return _read(node.decorator_list[0]) if isinstance(node, ast.FunctionDef) else None


def _read(node: ast.expr) -> Declared | None:
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _KINDS):
        return None
    try:
        given: list[Any] = [ast.literal_eval(a) for a in node.args]
        named: dict[str, Any] = {k.arg: ast.literal_eval(k.value) for k in node.keywords if k.arg}
    except ValueError:
        return None
    if len(given) < 2 or not all(isinstance(text, str) for text in given):
        return None
    assumes = named.get("assumes", ())
    return Declared(
        id=given[0],
        kind=CheckKind(node.func.id),
        states=given[1],
        assumes=(assumes,) if isinstance(assumes, str) else tuple(map(str, assumes)),
        without=str(named.get("without", "")),
        of=str(named.get("of", "")),
        after={int(k): tuple(map(int, v)) for k, v in dict(named.get("after") or {}).items()},
    )
