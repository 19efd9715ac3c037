"""The small language of an author's expressions: Python's syntax, a short list of what it may contain, no `eval`.

An expression is parsed by Python's own parser and turned into nested closures; whatever is not on the list is
refused with a message. It has no attributes but `.T` and the fields of a case, no assignment and no import.
"""

from __future__ import annotations

import ast
import operator
import threading
import warnings
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

import numpy as np

from cairn.curriculum.items.functions import CONSTANTS, FUNCTIONS, array, power, remainder, times

MAX_LENGTH = 1000
MOST_STEPS = 100_000
"""Members that the comprehensions of one expression may go through."""
Names = Mapping[str, Any]
Closure = Callable[[Names], Any]


class LanguageError(ValueError):
    """Raised when an expression is not in the language, or fails when it is worked out."""


_BINARY: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: times, ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv, ast.Mod: remainder, ast.Pow: power, ast.MatMult: operator.matmul,
}  # fmt: skip
_UNARY: dict[type[ast.unaryop], Callable[[Any], Any]] = {
    ast.USub: operator.neg, ast.UAdd: operator.pos, ast.Not: operator.not_,
}  # fmt: skip
_COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt,
    ast.GtE: operator.ge, ast.In: lambda a, b: a in b, ast.NotIn: lambda a, b: a not in b,
}  # fmt: skip


class _Budget(threading.local):
    """How many more members the comprehensions may go through, in this thread."""

    left = MOST_STEPS


_BUDGET = _Budget()


class Expression:
    """One parsed expression."""

    def __init__(self, text: str, names: frozenset[str], closure: Closure) -> None:
        self.text, self.names, self._closure = text, names, closure

    def __call__(self, names: Names) -> Any:  # noqa: ANN401
        """Its value where the free names have these values.

        Raises:
            LanguageError: a name is unknown, the arithmetic fails, or it takes too long.
        """
        _BUDGET.left = MOST_STEPS
        try:
            return self._closure(names)
        except LanguageError:
            raise
        except Exception as error:  # an author's function may fail in any way  # noqa: BLE001
            reason = str(error) or type(error).__name__
            msg = f"{self.text!r} cannot be worked out: {reason}"
            raise LanguageError(msg) from None


@cache
def parse(text: str) -> Expression:
    """The expression a text stands for. Parsed once and kept.

    Raises:
        LanguageError: it is not in the language.
    """
    if len(text) > MAX_LENGTH:
        msg = f"the expression is longer than {MAX_LENGTH} characters"
        raise LanguageError(msg)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a LaTeX command in a text, '\\log', is no mistake here
            tree = ast.parse(text.strip(), mode="eval")
        names: set[str] = set()
        closure = _compile(tree.body, names)  # which finds the names
        return Expression(text, frozenset(names), closure)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        if isinstance(error, LanguageError):
            raise
        msg = f"{text!r} is no expression"
        raise LanguageError(msg) from None


def _compile(node: ast.expr, names: set[str]) -> Closure:  # noqa: PLR0911, PLR0912  # one case for each node
    match node:
        case ast.Constant(value=bool() | int() | float() | str() | None):
            value = node.value
            return lambda _: value
        case ast.Name(id=name):
            return _name(name, names)
        case ast.BinOp(left, op, right) if type(op) in _BINARY:
            return _binary(_BINARY[type(op)], _compile(left, names), _compile(right, names))
        case ast.UnaryOp(op, operand) if type(op) in _UNARY:
            unary, inner = _UNARY[type(op)], _compile(operand, names)
            return lambda env: unary(inner(env))
        case ast.Compare(left, ops, comparators):
            return _comparison([left, *comparators], ops, names)
        case ast.BoolOp(op, values):
            parts = [_compile(v, names) for v in values]
            if isinstance(op, ast.And):
                return lambda env: all(part(env) for part in parts)
            return lambda env: any(part(env) for part in parts)
        case ast.IfExp(test, body, orelse):
            condition, yes, no = _compile(test, names), _compile(body, names), _compile(orelse, names)
            return lambda env: yes(env) if condition(env) else no(env)
        case ast.Call(ast.Name(id=name), args, keywords):
            return _call(name, args, keywords, names)
        case ast.List(elts) | ast.Tuple(elts):
            members = [_compile(e, names) for e in elts]
            return lambda env: [member(env) for member in members]
        case ast.Subscript(value, index):
            whole, place = _compile(value, names), _index(index, names)
            return lambda env: _item(whole(env), place(env))
        case ast.Attribute(value, attr) if not attr.startswith("_"):
            owner = _compile(value, names)
            return lambda env: _field(owner(env), attr)
        case ast.ListComp(elt, [generator]) | ast.GeneratorExp(elt, [generator]):
            return _comprehension(elt, generator, names)
        case _:
            msg = f"{ast.unparse(node)!r} is not allowed in an expression"
            raise LanguageError(msg)


def _name(name: str, names: set[str]) -> Closure:
    names.add(name)

    def look_up(env: Names) -> Any:  # noqa: ANN401
        if name in env:
            return env[name]
        if name in CONSTANTS:
            return CONSTANTS[name]
        msg = f"the name {name!r} is unknown; it must stand earlier in `vary`"
        raise LanguageError(msg)

    return look_up


def _binary(function: Callable[[Any, Any], Any], left: Closure, right: Closure) -> Closure:
    def apply(env: Names) -> Any:  # noqa: ANN401
        a, b = left(env), right(env)
        if isinstance(a, list) != isinstance(b, list) and not isinstance(a, str) and not isinstance(b, str):
            a, b = (array(v) if isinstance(v, list) else v for v in (a, b))
        made = function(a, b)
        return made.item() if isinstance(made, np.generic) else made

    return apply


def _comparison(parts: list[ast.expr], ops: list[ast.cmpop], names: set[str]) -> Closure:
    if any(type(op) not in _COMPARE for op in ops):
        msg = "only ==, !=, <, <=, >, >=, in and not in compare"
        raise LanguageError(msg)
    values = [_compile(p, names) for p in parts]
    functions = [_COMPARE[type(op)] for op in ops]

    def compare(env: Names) -> bool:
        got = [value(env) for value in values]
        return all(bool(np.all(f(a, b))) for f, a, b in zip(functions, got, got[1:], strict=False))

    return compare


def _call(name: str, args: list[ast.expr], keywords: list[ast.keyword], names: set[str]) -> Closure:
    names.add(name)
    places = [_compile(a, names) for a in args]
    named = {k.arg: _compile(k.value, names) for k in keywords if k.arg is not None}
    if len(named) != len(keywords):
        msg = "** is not allowed in a call"
        raise LanguageError(msg)

    def call(env: Names) -> Any:  # noqa: ANN401
        function = env[name] if name in env else FUNCTIONS.get(name)
        if not callable(function):
            msg = f"there is no function {name!r}"
            raise LanguageError(msg)
        made = function(*(p(env) for p in places), **{k: v(env) for k, v in named.items()})
        return made.item() if isinstance(made, np.generic) else made

    return call


def _index(node: ast.expr, names: set[str]) -> Closure:
    if isinstance(node, ast.Slice):
        parts = [None if p is None else _compile(p, names) for p in (node.lower, node.upper, node.step)]
        return lambda env: slice(*(None if p is None else p(env) for p in parts))
    if isinstance(node, ast.Tuple):
        indices = [_index(e, names) for e in node.elts]
        return lambda env: tuple(i(env) for i in indices)
    return _compile(node, names)


def _item(whole: Any, index: Any) -> Any:  # noqa: ANN401
    made = whole[index]
    return made.item() if isinstance(made, np.generic) else made


def _field(owner: Any, name: str) -> Any:  # noqa: ANN401
    if isinstance(owner, Mapping) and name in owner:
        return owner[name]
    if name == "T" and isinstance(owner, np.ndarray | list):
        return array(owner).T
    msg = f"there is no field {name!r} here"
    raise LanguageError(msg)


def _comprehension(element: ast.expr, generator: ast.comprehension, names: set[str]) -> Closure:
    targets = generator.target.elts if isinstance(generator.target, ast.Tuple) else [generator.target]
    if generator.is_async or not all(isinstance(t, ast.Name) for t in targets):
        msg = "a comprehension binds plain names only"
        raise LanguageError(msg)
    bound = [t.id for t in targets if isinstance(t, ast.Name)]
    source = _compile(generator.iter, names)
    inner: set[str] = set()
    value = _compile(element, inner)
    tests = [_compile(t, inner) for t in generator.ifs]
    names |= inner - set(bound)

    def walk(env: Names) -> Iterator[Any]:
        for member in source(env):
            _BUDGET.left -= 1
            if _BUDGET.left < 0:
                msg = f"an expression may go through at most {MOST_STEPS} members"
                raise LanguageError(msg)
            here = {
                **env,
                **(dict(zip(bound, member, strict=True)) if len(bound) > 1 else {bound[0]: member}),
            }
            if all(test(here) for test in tests):
                yield value(here)

    return lambda env: list(walk(env))
