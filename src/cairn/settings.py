"""Where Cairn keeps things, from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

PACKAGED = Path(__file__).parent / "_content"
IN_TREE = Path(__file__).resolve().parents[2] / "curriculum"


class SettingsError(ValueError):
    """Raised when the environment asks for something impossible. The message says what to set instead."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set from outside.

    Attributes:
        curriculum: the content folder (`CAIRN_CURRICULUM`). Default: the one shipped with Cairn.
        data: the folder for the database and the like (`CAIRN_DATA`). Default: the user's data folder.
        database_url: SQLAlchemy URL (`CAIRN_DATABASE_URL`). Default: SQLite in the data folder.
    """

    curriculum: Path
    data: Path
    database_url: str

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read the settings.

        Raises:
            SettingsError: `CAIRN_CURRICULUM` names no folder.
        """
        env = os.environ if environment is None else environment
        data = (
            Path(env["CAIRN_DATA"]).expanduser()
            if env.get("CAIRN_DATA")
            else user_data_path("cairn", appauthor=False)
        )
        shipped = PACKAGED if PACKAGED.is_dir() else IN_TREE
        curriculum = Path(env["CAIRN_CURRICULUM"]).expanduser() if env.get("CAIRN_CURRICULUM") else shipped
        if not curriculum.is_dir():
            msg = f"there is no folder {curriculum}; set CAIRN_CURRICULUM to a curriculum folder"
            raise SettingsError(msg)
        url = env.get("CAIRN_DATABASE_URL") or f"sqlite:///{(data / 'cairn.sqlite3').as_posix()}"
        return cls(curriculum=curriculum, data=data, database_url=url)

    @property
    def sqlite_file(self) -> Path | None:
        """The database file, where the database is SQLite."""
        prefix = "sqlite:///"
        return Path(self.database_url.removeprefix(prefix)) if self.database_url.startswith(prefix) else None
