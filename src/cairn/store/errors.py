"""What can go wrong with the database, light to import."""

from __future__ import annotations


class StoreError(RuntimeError):
    """Raised when the database cannot be opened or brought up to date. `hint` says what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class DatabaseUrlError(StoreError):
    """Raised when a database URL cannot be used. `hint` says what to write instead."""
