"""Where checks are run and their records kept."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from cairn.claims.outcome import Outcome, from_plain
from cairn.claims.parameter import Value
from cairn.claims.process import Process, RunError
from cairn.claims.record import EMPTY, Record, current, digest, engine, from_plain_record

EXAMINE_S = 60.0
RUN_S = 5.0
"""Wall seconds after which the process is ended: far more than a check may take, for a busy machine."""

FILE = "claims.py"

__all__ = ["RunError", "Workbench"]


class Workbench:
    """The checks of one curriculum folder. Thread-safe; the process starts with the first run.

    Args:
        root: the curriculum folder.
        cache: a folder for records, made when needed; None keeps them in memory only.
    """

    def __init__(self, root: Path, cache: Path | None = None) -> None:
        self._root, self._cache = root, cache
        self._process = Process("cairn.claims.worker")
        self._records: dict[str, tuple[str, Record]] = {}

    def has(self, folder: str) -> bool:
        """Whether a topic has checks."""
        return (self._root / folder / FILE).is_file()

    def record(self, folder: str, *, fresh: bool = False) -> Record:
        """The record of a topic's checks: the kept one while nothing changed, else made now.

        Args:
            folder: the topic's folder, relative to the curriculum. One without `claims.py` has no checks.
            fresh: run even if there is a record.
        """
        file = self._root / folder / FILE
        try:
            source = file.read_bytes()
        except OSError:
            return EMPTY
        version = digest(source)
        kept = self._records.get(folder)
        if kept and kept[0] == version and not fresh:
            return kept[1]
        store = self._cache / f"{digest(str(file).encode())}.json" if self._cache else None
        value = None if fresh else _read(store)
        if value is None or not current(value, source, self._root):
            value = self._examine(file)
            if not value.pop("interrupted", False):
                _write(store, value | {"engine": engine(), "source": version})
        made = from_plain_record(value)
        self._records[folder] = (version, made)
        return made

    def run(self, folder: str, check_id: str, seed: int, values: Mapping[str, Value]) -> Outcome:
        """One run with a seed and parameters of the reader's.

        Raises:
            RunError: it took too long or raised.
        """
        file = self._root / folder / FILE
        try:
            version = digest(file.read_bytes())
        except OSError:
            raise RunError("its file is gone") from None
        request = {
            "do": "run", "file": str(file), "version": version, "id": check_id, "seed": seed, "values": dict(values),
        }  # fmt: skip
        answer = self._process.ask(request, RUN_S)
        if "error" in answer:
            raise RunError(answer["error"])
        return from_plain(answer["outcome"])

    def examine(self, folder: str, source: str, function: str | None = None, seconds: float = 10.0) -> Record:
        """The record of another text in the place of a topic's `claims.py`; nothing is kept.

        Args:
            folder: the topic's folder, relative to the curriculum.
            source: the text.
            function: the only function to run, if it is a check; else all are run.
            seconds: how long it may take.

        Raises:
            RunError: it took too long, or ended the process.
        """
        file = self._root / folder / FILE
        request = {"do": "examine", "file": str(file), "source": source, "function": function}
        return from_plain_record(self._process.ask(request, seconds))

    def forget(self) -> None:
        """Look at the files anew; for authors, whose claims use files that change."""
        self._records.clear()

    def close(self) -> None:
        """End the process."""
        self._process.close()

    def _examine(self, file: Path) -> dict[str, Any]:
        try:
            return self._process.ask({"do": "examine", "file": str(file)}, EXAMINE_S)
        except RunError as error:
            problem = {"code": "ended", "message": f"the checks gave no answer: {error}", "line": 0,
                       "hint": "run them alone: cairn claims TOPIC"}  # fmt: skip
            return {"checks": [], "depends": {}, "problems": [problem], "interrupted": True}


def _read(store: Path | None) -> dict[str, Any] | None:
    if store is None:
        return None
    try:
        value: Any = json.loads(store.read_bytes())
    except (OSError, ValueError):
        return None
    return value if isinstance(value, dict) else None


def _write(store: Path | None, value: Mapping[str, Any]) -> None:
    """Keep a record whole or not at all; a folder that cannot be written to costs only time."""
    if store is None:
        return
    with suppress(OSError):
        store.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", dir=store.parent, suffix=".part", delete=False, encoding="utf-8"
        ) as part:
            json.dump(value, part)
        Path(part.name).replace(store)
