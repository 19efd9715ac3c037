"""The one place that wires everything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from cairn.curriculum import load as load_files
from cairn.settings import Settings
from cairn.store.tree import read_tree
from cairn.study.atlas import Atlas

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from cairn.curriculum.items.linter import ItemReport
    from cairn.judge import Exercise, Judge
    from cairn.study.desk import Desk
    from cairn.study.practice import Practice

LOCAL_PERSON = "local"


def load(curriculum: Path | str | None = None) -> Atlas:
    """Load a curriculum folder; the one shipped with Cairn unless another is named.

    Files with errors are left out; `atlas.problems` says which, and why.

    Raises:
        FileNotFoundError: there is no such folder.
    """
    folder = Path(curriculum) if curriculum is not None else Settings.from_environment().curriculum
    files, problems = read_tree(folder)
    return Atlas(load_files(files, problems))


@dataclass
class App:
    """Everything a face needs, made when first used."""

    settings: Settings

    @cached_property
    def atlas(self) -> Atlas:
        """The map."""
        return load(self.settings.curriculum)

    @cached_property
    def items(self) -> ItemReport:
        """What two variants of every item show; drawn once, since the curriculum does not change."""
        from cairn.curriculum.items.linter import QUICK, lint_items  # noqa: PLC0415

        return lint_items(self.atlas.curriculum, variants=QUICK)

    @cached_property
    def engine(self) -> Engine:
        """The database, with its tables up to date."""
        from cairn.store.database import connect, upgrade  # noqa: PLC0415  # slow to import, not always needed

        engine = connect(self.settings.database_url)
        upgrade(engine)
        return engine

    def desk(self, person_id: str = LOCAL_PERSON) -> Desk:
        """One person's verbs."""
        from cairn.store.evidence import EvidenceLog  # noqa: PLC0415
        from cairn.store.goals import Goals  # noqa: PLC0415
        from cairn.store.people import People  # noqa: PLC0415
        from cairn.study.desk import Desk  # noqa: PLC0415

        return Desk(
            atlas=self.atlas,
            people=People(self.engine),
            log=EvidenceLog(self.engine),
            chosen=Goals(self.engine),
            clock=lambda: datetime.now(UTC),
            person_id=person_id,
        )

    @cached_property
    def judge(self) -> Judge:
        """The judge of code; nothing is started before the first submission."""
        from cairn.judge import Judge  # noqa: PLC0415

        return Judge()

    @cached_property
    def exercises(self) -> dict[str, Exercise]:
        """The exercises that are sound enough to load, by id."""
        from cairn.judge import load_all  # noqa: PLC0415

        return load_all(self.settings.curriculum / "exercises", run=False)[0]

    def practice(self, person_id: str = LOCAL_PERSON) -> Practice:
        """One person's verbs of practice."""
        from cairn.store.submissions import Submissions  # noqa: PLC0415
        from cairn.study.practice import Practice  # noqa: PLC0415

        return Practice(self.desk(person_id), Submissions(self.engine), self.judge, self.exercises)

    @property
    def has_data(self) -> bool:
        """Whether there is anything stored that a command should take into account."""
        file = self.settings.sqlite_file
        return file is None or file.is_file()

    def close(self) -> None:
        """Let go of the database and the judge, if they were opened."""
        judge = self.__dict__.get("judge")
        if judge is not None:
            judge.close()
        engine = self.__dict__.get("engine")
        if engine is not None:
            engine.dispose()
