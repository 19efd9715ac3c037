"""Whether gradients are worked out by the learner's code, not by the library's automatic differentiation."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from cairn.judge.checks.check import setting
from cairn.judge.checks.compare import failed

_ATTRIBUTES = {
    "backward",
    "requires_grad",
    "requires_grad_",
    "retain_grad",
    "enable_grad",
    "autograd",
    "func",
}


def no_autograd() -> None:
    """Check that the source does not ask PyTorch for derivatives.

    Read off the source in this process: attributes and arguments such as `backward` and `requires_grad`, imports
    from `torch.autograd` and `torch.func`, and text that names them.

    Raises:
        CheckFailed: naming what was found, with its line.
    """
    try:
        found = sorted(set(_uses(ast.parse(setting().source))))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return  # the file does not run, which is told elsewhere
    if found:
        line, name = found[0]
        message = f"The code uses {name} (line {line}). Here the gradients are to be worked out by hand."
        raise failed("the gradients are worked out by hand", message, detail={"used": [n for _, n in found]})


def _uses(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr=name) if name in _ATTRIBUTES:
                yield node.lineno, name
            case ast.Call():
                yield from ((node.lineno, k.arg) for k in node.keywords if k.arg in _ATTRIBUTES)
            case ast.ImportFrom(module=str() as module) if module.startswith(
                ("torch.autograd", "torch.func")
            ):
                yield node.lineno, module
            case ast.ImportFrom(module="torch") | ast.Import():
                yield from ((node.lineno, a.name) for a in node.names if _ATTRIBUTES & set(a.name.split(".")))
            case ast.Constant(value=str() as text) if text in _ATTRIBUTES:
                yield node.lineno, text
