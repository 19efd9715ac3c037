"""What can go wrong in practice and in calibration, light to import."""

from __future__ import annotations


class PracticeError(ValueError):
    """Raised when a request about an exercise makes no sense. `hint` says what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class UnknownExerciseError(PracticeError):
    """Raised when a name is no exercise's."""

    def __init__(self, text: str, guesses: tuple[str, ...] = ()) -> None:
        near = f"did you mean {' or '.join(guesses)}?" if guesses else "see: cairn practice --list"
        super().__init__(f"{text!r} is no exercise", near)


class CodeTooLongError(PracticeError):
    """Raised when a submission is too large to be taken."""

    def __init__(self, size: int, most: int) -> None:
        super().__init__(f"the code has {size} characters; at most {most} are taken", "nothing was kept")


class UnknownItemError(PracticeError):
    """Raised when a name is no item's, or no question can be made of it."""

    def __init__(self, text: str, reason: str = "") -> None:
        why = f": {reason}" if reason else ""
        super().__init__(f"{text!r} is no item that can be asked{why}", "see: cairn item list TOPIC")


class MissingLibraryError(PracticeError):
    """Raised when an exercise needs a library that is not installed here."""

    def __init__(self, library: str, command: str) -> None:
        super().__init__(
            f"this exercise needs {library}, which is not installed here", f"get it with: {command}"
        )


class CalibrationError(ValueError):
    """Raised when answers or parameters cannot be used. `hint` says what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint
