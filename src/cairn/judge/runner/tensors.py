"""What PyTorch's operations cost: the elements each one works through, multiplications for products.

Counted below autograd, where a backward pass shows as the operations it makes.
"""

from __future__ import annotations

import math
import sys
from typing import Any, Self

_PRODUCTS = {"mm", "bmm", "mv", "dot", "addmm", "baddbmm", "addmv", "addbmm"}
_FREE = {
    "detach",
    "view",
    "_unsafe_view",
    "t",
    "transpose",
    "expand",
    "permute",
    "alias",
    "unsqueeze",
    "squeeze",
}


class Tally:
    """Counts operations between its beginning and its end."""

    def __init__(self, mode: Any) -> None:
        self._mode = mode

    @classmethod
    def begin(cls) -> Self:
        """Start counting in this thread."""
        mode = _mode()()
        mode.__enter__()
        return cls(mode)

    def end(self) -> int:
        """Stop; gives the count."""
        self._mode.__exit__(None, None, None)
        return int(self._mode.operations)


def _mode() -> type[Any]:
    """The class of the dispatch mode; made late, for PyTorch may not be there."""
    from torch.utils._python_dispatch import TorchDispatchMode

    class Counting(TorchDispatchMode):  # type: ignore[misc, no-untyped-call, unused-ignore]
        operations = 0

        def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
            result = func(*args, **(kwargs or {}))
            self.operations += cost(str(func._schema.name).partition("::")[2], args, result)  # noqa: SLF001
            return result

    return Counting


def cost(name: str, args: Any, result: Any) -> int:
    """Elements an operation works through; the multiplications of a matrix product; none for a view."""
    if name in _FREE:
        return 0
    tensors = [a for a in _flat((args, result)) if _is_tensor(a)]
    if name in _PRODUCTS and len(tensors) > 1:
        left, right = [a for a in _flat(args) if _is_tensor(a)][-2:]
        return int(math.prod(left.shape)) * (int(right.shape[-1]) if right.ndim > 1 else 1)
    return max((int(math.prod(t.shape)) for t in tensors), default=1)


def _is_tensor(value: object) -> bool:
    return isinstance(value, sys.modules["torch"].Tensor)


def _flat(value: Any) -> list[Any]:
    if isinstance(value, list | tuple):
        return [inner for v in value for inner in _flat(v)]
    return [value]
