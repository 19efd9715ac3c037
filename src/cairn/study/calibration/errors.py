"""What can go wrong in calibration, light to import."""

from __future__ import annotations


class CalibrationError(ValueError):
    """Raised when answers or parameters cannot be used. `hint` says what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint
