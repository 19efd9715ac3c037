"""What can be wrong with a wish for a plan."""

from __future__ import annotations


class PlanError(ValueError):
    """Raised when what is asked for cannot be planned at all. `hint` says what to change."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint
