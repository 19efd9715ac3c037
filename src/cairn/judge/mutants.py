"""Standard mutations of a program: the same with one thing changed."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_OPERATORS: dict[type[ast.AST], tuple[type[ast.AST], ...]] = {
    ast.Add: (ast.Sub,), ast.Sub: (ast.Add,), ast.Mult: (ast.Div,), ast.Div: (ast.Mult,),
    ast.FloorDiv: (ast.Div,),
    ast.Mod: (ast.FloorDiv,), ast.Pow: (ast.Mult,), ast.MatMult: (ast.Mult,),
    ast.Lt: (ast.LtE, ast.GtE), ast.LtE: (ast.Lt, ast.Gt), ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,), ast.NotIn: (ast.In,), ast.And: (ast.Or,), ast.Or: (ast.And,),
    ast.USub: (ast.UAdd,), ast.BitAnd: (ast.BitOr,), ast.BitOr: (ast.BitAnd,),
}  # fmt: skip
_TURNS = {"max": "min", "min": "max", "argmax": "argmin", "argmin": "argmax", "maximum": "minimum",
          "minimum": "maximum", "mean": "sum", "zeros": "ones", "ones": "zeros", "zeros_like": "ones_like",
          "ones_like": "zeros_like", "cumsum": "cumprod", "tril": "triu", "triu": "tril", "floor": "ceil",
          "any": "all", "all": "any", "amax": "amin", "amin": "amax",
          "sin": "cos", "cos": "sin", "floor_divide": "true_divide"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutant:
    """A solution with one thing changed.

    Attributes:
        name: "line: before -> after"; how `exercise.yaml` speaks of it.
        source: the changed source.
    """

    name: str
    source: str


def mutants(source: str) -> list[Mutant]:
    """All mutants of a source, in the order of its lines, each different from it and from the others."""
    tree = ast.parse(source)
    plain = ast.unparse(tree)
    found: dict[str, Mutant] = {}
    for node, parent, slot in _places(tree):
        for changed in _changes(node, parent, slot):
            text = _with(tree, parent, slot, changed)
            if text != plain and text not in found:
                line = getattr(node, "lineno", getattr(parent, "lineno", 0))
                found[text] = Mutant(f"{line}: {_short(node, parent)} -> {_short(changed, parent)}", text)
    return _named(list(found.values()))


Slot = tuple[str, int | None]


def _places(tree: ast.AST) -> Iterator[tuple[ast.AST, ast.AST, Slot]]:
    """Every node with its parent and its place there; annotations and docstrings are left out."""
    for name, value in ast.iter_fields(tree):
        if name in {"annotation", "returns", "type_comment", "decorator_list"}:
            continue
        children = list(enumerate(value)) if isinstance(value, list) else [(None, value)]
        for index, child in children:
            if isinstance(child, ast.AST) and not _docstring(child):
                yield child, tree, (name, index)
                yield from _places(child)


def _docstring(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def _changes(node: ast.AST, parent: ast.AST, slot: Slot) -> Iterator[ast.AST]:
    """What may stand in a node's place."""
    for kind in _OPERATORS.get(type(node), ()):
        yield kind()
    match node:
        case ast.Constant(value=bool()):
            yield ast.Constant(not node.value)
        case ast.Constant(value=int() | float() as number):
            yield from (ast.Constant(n) for n in _numbers(number))
        case ast.If() | ast.While() | ast.IfExp():
            changed = copy.copy(node)
            changed.test = ast.UnaryOp(ast.Not(), node.test)
            yield changed
        case ast.Call():
            yield from _calls(node)
        case ast.Slice():
            yield from _slices(node)
        case ast.Attribute(attr="T"):
            yield node.value
        case ast.Assign() | ast.AugAssign() | ast.Expr() if slot[0] in {"body", "orelse"}:
            yield ast.Pass()
        case ast.Return() if node.value is not None and not isinstance(parent, ast.Module):
            yield ast.Return(ast.Constant(None))


def _numbers(number: float) -> Iterator[float]:
    if isinstance(number, int):
        yield from (number + 1, number - 1)
    else:
        yield from (number + 1, 0.0) if number else (1.0,)


def _calls(node: ast.Call) -> Iterator[ast.AST]:
    """Arguments swapped or dropped, an axis moved, a function turned into its opposite."""
    if len(node.args) >= 2 and not any(isinstance(a, ast.Starred) for a in node.args[:2]):
        yield _changed(node, args=[node.args[1], node.args[0], *node.args[2:]])
    for i, keyword in enumerate(node.keywords):
        rest = [*node.keywords[:i], *node.keywords[i + 1 :]]
        if keyword.arg in {"keepdims", "keepdim", "axis", "dim", "ddof", "correction"}:
            yield _changed(node, keywords=rest)
        if keyword.arg in {"axis", "dim"} and isinstance(keyword.value, ast.UnaryOp | ast.Constant):
            first = isinstance(keyword.value, ast.Constant) and keyword.value.value == 0
            moved = ast.keyword(keyword.arg, ast.Constant(1 if first else 0))
            yield _changed(node, keywords=[*node.keywords[:i], moved, *node.keywords[i + 1 :]])
    if isinstance(node.func, ast.Attribute) and node.func.attr in _TURNS:
        function = copy.copy(node.func)
        function.attr = _TURNS[node.func.attr]
        yield _changed(node, func=function)
    if isinstance(node.func, ast.Name) and node.func.id == "range" and node.args:
        stop = min(len(node.args) - 1, 1)
        less = ast.BinOp(node.args[stop], ast.Sub(), ast.Constant(1))
        yield _changed(node, args=[*node.args[:stop], less, *node.args[stop + 1 :]])


def _slices(node: ast.Slice) -> Iterator[ast.AST]:
    for name in ("lower", "upper"):
        bound = getattr(node, name)
        if bound is not None:
            changed = copy.copy(node)
            setattr(changed, name, ast.BinOp(bound, ast.Add(), ast.Constant(1)))
            yield changed


def _changed(node: ast.Call, **fields: object) -> ast.Call:
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


def _with(tree: ast.AST, parent: ast.AST, slot: Slot, new: ast.AST) -> str:
    """The source with one node replaced; the tree is left as it was."""
    name, index = slot
    held = getattr(parent, name)
    setattr(parent, name, new if index is None else [*held[:index], new, *held[index + 1 :]])
    try:
        return ast.unparse(ast.fix_missing_locations(copy.deepcopy(tree)))
    finally:
        setattr(parent, name, held)


def _short(node: ast.AST, parent: ast.AST) -> str:
    """A node in one short line; an operator with what it stands between."""
    if isinstance(node, ast.operator | ast.unaryop | ast.cmpop | ast.boolop):
        shown = copy.copy(parent)
        if isinstance(shown, ast.Compare):
            shown.ops = [node, *shown.ops[1:]]  # type: ignore[list-item]
        else:
            shown.op = node  # type: ignore[attr-defined]
        node = shown
    try:
        text = ast.unparse(ast.fix_missing_locations(copy.deepcopy(node)))
    except (AttributeError, ValueError):
        text = type(node).__name__
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:57]}..."


def _named(found: Sequence[Mutant]) -> list[Mutant]:
    """The mutants in the order of their lines, with names that are unique."""
    seen: dict[str, int] = {}
    named = []
    for mutant in sorted(found, key=lambda m: int(m.name.partition(":")[0])):
        count = seen[mutant.name] = seen.get(mutant.name, 0) + 1
        named.append(mutant if count == 1 else Mutant(f"{mutant.name} ({count})", mutant.source))
    return named
