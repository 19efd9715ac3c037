"""The one place that wires everything."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from cairn.curriculum import load as load_files
from cairn.settings import Settings
from cairn.store.tree import read_tree
from cairn.study.atlas import Atlas

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from cairn.claims.workbench import Workbench
    from cairn.judge import Exercise, Judge
    from cairn.learner.review import Containment
    from cairn.planning.request import ReviewLoad
    from cairn.playgrounds.stage import Stage
    from cairn.study.answering import Answering
    from cairn.study.checkpoints import Checkpoints
    from cairn.study.desk import Desk
    from cairn.study.diagnosing import Diagnosing
    from cairn.study.interviewing import Interviewing
    from cairn.study.logbook import Diary
    from cairn.study.planning import Planning
    from cairn.study.planning_memo import Memo
    from cairn.study.practice import Practice
    from cairn.study.reviewing import Reviewing
    from cairn.study.sandboxed import Sandboxed
    from cairn.study.self_grading import SelfGrading
    from cairn.study.standing import Standings

LOCAL_PERSON = "local"
WHO: ContextVar[str] = ContextVar("who", default=LOCAL_PERSON)
"""Whose verbs a face gets unless it names a person. The web sets it for each request: a browser that was not let
in is a stranger in every handler, also in one that does not think of strangers."""


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
    def engine(self) -> Engine:
        """The database, with its tables up to date."""
        from cairn.store.database import connect, upgrade  # noqa: PLC0415  # slow to import, not always needed

        engine = connect(self.settings.database_url)
        upgrade(engine)
        return engine

    def desk(self, person_id: str | None = None) -> Desk:
        """One person's verbs; by default those of the person at this machine."""
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
            person_id=person_id or WHO.get(),
            standings=self.standings,
        )

    @cached_property
    def standings(self) -> Standings:
        """The beliefs about people; nothing is computed before somebody has answered.

        Raises:
            CalibrationError: the file that `cairn calibrate` wrote is damaged.
        """
        from cairn.study.calibration.parameters import FILE, load  # noqa: PLC0415
        from cairn.study.standing import Standings  # noqa: PLC0415

        file = self.settings.data / FILE
        return Standings(self.atlas.curriculum, calibrated=load(file) if file.is_file() else None)

    @cached_property
    def sandboxed(self) -> Sandboxed:
        """Where learners' matrix formulas are worked out: the judge's sandbox, started with the first of them."""
        from cairn.study.sandboxed import Sandboxed  # noqa: PLC0415

        return Sandboxed(self.judge)

    def answering(self, person_id: str | None = None) -> Answering:
        """One person's verbs of questions."""
        from cairn.store.answers import Answers  # noqa: PLC0415
        from cairn.study.answering import Answering  # noqa: PLC0415

        return Answering(self.desk(person_id), Answers(self.engine), self.sandboxed)

    def diagnosing(self, person_id: str | None = None) -> Diagnosing:
        """One person's verbs of diagnosis."""
        from cairn.study.diagnosing import Diagnosing  # noqa: PLC0415

        return Diagnosing(self.answering(person_id), self.standings)

    def self_grading(self, person_id: str | None = None) -> SelfGrading:
        """One person's verbs of questions that they grade themselves."""
        from cairn.store.answers import Answers  # noqa: PLC0415
        from cairn.study.self_grading import SelfGrading  # noqa: PLC0415

        return SelfGrading(self.desk(person_id), Answers(self.engine))

    def interviewing(self, person_id: str | None = None) -> Interviewing:
        """One person's verbs of interviews."""
        from cairn.study.interviewing import Interviewing  # noqa: PLC0415

        return Interviewing(self.self_grading(person_id), self.diagnosing(person_id))

    @cached_property
    def containment(self) -> Containment:
        """Which skills are practised along with which."""
        from cairn.learner.review import containment_of  # noqa: PLC0415

        return containment_of(self.atlas.curriculum)

    def reviewing(self, person_id: str | None = None) -> Reviewing:
        """One person's verbs of review."""
        from cairn.study.reviewing import Reviewing  # noqa: PLC0415

        return Reviewing(self.answering(person_id), self.containment)

    @cached_property
    def judge(self) -> Judge:
        """The judge of code; nothing is started before the first submission."""
        from cairn.judge import Judge  # noqa: PLC0415

        return Judge()

    def use_judge(self, judge: Judge) -> None:
        """Judge with this one instead of making one; it is closed with the app."""
        self.__dict__["judge"] = judge

    @cached_property
    def workbench(self) -> Workbench:
        """Where the checks of pages are run; nothing is started before the first."""
        from cairn.claims.workbench import Workbench  # noqa: PLC0415

        return Workbench(self.settings.curriculum, self.settings.data / "cache" / "claims")

    @cached_property
    def stage(self) -> Stage:
        """Where playgrounds are shown; nothing is started before the first scene."""
        from cairn.playgrounds.stage import Stage  # noqa: PLC0415

        return Stage(self.settings.curriculum, self.settings.data / "cache" / "playgrounds")

    @cached_property
    def exercises(self) -> dict[str, Exercise]:
        """The exercises that are sound enough to load, by id."""
        from cairn.judge import load_all  # noqa: PLC0415

        return load_all(self.settings.curriculum / "exercises", run=False)[0]

    def practice(self, person_id: str | None = None) -> Practice:
        """One person's verbs of practice."""
        from cairn.store.submissions import Submissions  # noqa: PLC0415
        from cairn.study.practice import Practice  # noqa: PLC0415

        return Practice(self.desk(person_id), Submissions(self.engine), self.judge, self.exercises)

    def planning(self, person_id: str | None = None) -> Planning:
        """One person's verbs of planning."""
        from cairn.store.logbook import Logbook  # noqa: PLC0415
        from cairn.store.plans import Plans  # noqa: PLC0415
        from cairn.store.submissions import Submissions  # noqa: PLC0415
        from cairn.study.planning import Planning  # noqa: PLC0415

        desk = self.desk(person_id)
        return Planning(
            desk,
            Plans(self.engine),
            Logbook(self.engine),
            accepted=lambda: Submissions(self.engine).accepted(desk.person_id),
            load=lambda today: self._review_load(desk, today),
            memo=self.memo,
        )

    @cached_property
    def memo(self) -> Memo:
        """Plans and forecasts made before."""
        from cairn.study.planning_memo import Memo  # noqa: PLC0415

        return Memo()

    def _review_load(self, desk: Desk, today: date) -> ReviewLoad:
        """Minutes of review on the coming days, from the person's own queue; none before there is evidence."""
        events = len(desk.log.of(desk.person_id))
        if not events:
            return 0
        from cairn.study.planning_load import DAYS, own_queue  # noqa: PLC0415

        reviewing = self.reviewing(desk.person_id)
        key = ("load", id(self.atlas), desk.person_id, today, events, reviewing.retention, reviewing.budget)
        return self.memo.get(key, lambda: own_queue(reviewing.forecast(DAYS), today))

    def checkpoints(self, person_id: str | None = None) -> Checkpoints:
        """One person's verbs of checkpoints."""
        from cairn.store.gate_answers import GateAnswers  # noqa: PLC0415
        from cairn.study.checkpoints import Checkpoints  # noqa: PLC0415

        return Checkpoints(self.planning(person_id), self.answering(person_id), GateAnswers(self.engine))

    def diary(self, person_id: str | None = None) -> Diary:
        """One person's study log."""
        from cairn.store.logbook import Logbook  # noqa: PLC0415
        from cairn.study.logbook import Diary  # noqa: PLC0415

        return Diary(self.desk(person_id), Logbook(self.engine))

    @property
    def has_data(self) -> bool:
        """Whether there is anything stored that a command should take into account."""
        file = self.settings.sqlite_file
        return file is None or file.is_file()

    def close(self) -> None:
        """Let go of the database, the judge, the workbench and the stage, if they were opened."""
        for name in ("workbench", "stage"):
            if name in self.__dict__:
                self.__dict__[name].close()
        judge = self.__dict__.get("judge")
        if judge is not None:
            judge.close()
        engine = self.__dict__.get("engine")
        if engine is not None:
            engine.dispose()
