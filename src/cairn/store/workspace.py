"""The learner's own folder: one file for each exercise begun, and the package grown from accepted ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder of the learner's. Files here are theirs: none is overwritten without a copy kept."""

    folder: Path

    def file(self, exercise: str) -> Path:
        """Where an exercise's file stands."""
        return self.folder / f"{exercise}.py"

    def begin(self, exercise: str, starter: str) -> bool:
        """Write the starter unless the file is there already; whether it was written."""
        self.folder.mkdir(parents=True, exist_ok=True)
        try:
            with self.file(exercise).open("x", encoding="utf-8") as file:
                file.write(starter)
        except FileExistsError:
            return False
        return True

    def reset(self, exercise: str, starter: str) -> Path | None:
        """Put the starter back; where the old file was kept, if there was one."""
        file = self.file(exercise)
        kept = None
        if file.exists():
            number = 1
            while file.with_suffix(f".{number}.old.py").exists():
                number += 1
            kept = file.rename(file.with_suffix(f".{number}.old.py"))
        self.begin(exercise, starter)
        return kept

    def read(self, exercise: str) -> str:
        """What the learner has written.

        Raises:
            FileNotFoundError: the exercise was not begun here.
            UnicodeDecodeError: the file is not UTF-8.
        """
        return self.file(exercise).read_text(encoding="utf-8")

    def changed(self, exercise: str) -> tuple[int, ...]:
        """A stamp that differs after each save, also one by renaming; empty if the file is not there."""
        try:
            found = self.file(exercise).stat()
        except OSError:
            return ()
        return found.st_mtime_ns, found.st_size, found.st_ino

    def build(self, modules: Mapping[str, str]) -> None:
        """Write the package's modules, by dotted name. A package's own source is its `__init__.py`."""
        for name, source in modules.items():
            parts = name.split(".")
            is_package = any(other.startswith(name + ".") for other in modules)
            path = (
                self.folder.joinpath(*parts, "__init__.py")
                if is_package
                else self.folder.joinpath(*parts).with_suffix(".py")
            )
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.is_file() or path.read_text(encoding="utf-8") != source:
                path.write_text(source, encoding="utf-8")
