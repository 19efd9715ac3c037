"""The study log for one person: minutes by hand or by timer, the ledger, weeks, experiments, papers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from cairn.curriculum import Entry as Named
from cairn.curriculum import Kind
from cairn.planning import Mix, Mode, PlanError, UnknownTargetError
from cairn.store.logbook import Entry, Experiment, Logbook, Reading, Timer
from cairn.study.desk import Desk
from cairn.study.passes import PASSES, Pass
from cairn.study.planning_terms import zone_of

MOST_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """Minutes of one mode, its share of all, and the share the mix asks for."""

    mode: Mode
    minutes: int
    share: float
    wanted: float


@dataclass(frozen=True, slots=True)
class WeekSummary:
    """A week in figures. It names no streak and no debt: what was done, and what it went to.

    Attributes:
        start, end: Monday and Sunday.
        minutes: in all.
        days: on how many days.
        ledger: by mode.
        finished: titles of what was finished, in order.
        longest: what most minutes went to, with the minutes.
    """

    start: date
    end: date
    minutes: int
    days: int
    ledger: tuple[LedgerRow, ...]
    finished: tuple[str, ...]
    longest: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Diary:
    """The verbs of the study log."""

    desk: Desk
    logbook: Logbook

    def log(
        self,
        activity: str,
        minutes: int,
        mode: str = "doing",
        *,
        title: str = "",
        day: date | None = None,
        planned: int = 0,
        finished: bool = False,
        note: str = "",
        zone: str | None = None,
    ) -> Entry:
        """Keep minutes by hand.

        Raises:
            PlanError: the minutes are not between 1 and a day, the mode is unknown, or the day lies ahead.
        """
        entry = self._entry(
            activity, minutes, mode, title=title, day=day, finished=finished, note=note, zone=zone
        )
        entry = replace(entry, planned=planned)
        self.desk.person()
        self.logbook.add(self.desk.person_id, entry)
        return entry

    def _entry(
        self,
        activity: str,
        minutes: int,
        mode: str,
        *,
        title: str,
        day: date | None,
        finished: bool,
        note: str,
        zone: str | None,
    ) -> Entry:
        """An entry, checked."""
        if not 1 <= minutes <= MOST_MINUTES:
            raise PlanError(f"{minutes} minutes cannot be logged", "give between 1 and 1440")
        now = self.desk.clock()
        today = now.astimezone(zone_of(zone)).date()
        if day is not None and day > today:
            raise PlanError(f"{day} lies ahead", "log what has happened")
        name = activity.strip()[:200]
        if not name:
            raise PlanError("what was done has no name", "name an activity of the plan, or anything")
        return Entry(
            now,
            day or today,
            name,
            (title or name)[:300],
            _mode(mode).value,
            minutes,
            finished=finished,
            note=note[:10_000],
        )

    def entries(self, since: date | None = None, until: date | None = None) -> list[Entry]:
        """The entries from one day to another, both included."""
        return self.logbook.entries(self.desk.person_id, since, until)

    def entry(self, number: int) -> Entry:
        """The entry of this number.

        Raises:
            PlanError: there is none.
        """
        found = next((e for e in self.entries() if e.number == number), None)
        if found is None:
            raise PlanError("there is no such entry", "it may have been removed; see the log")
        return found

    def correct(
        self,
        number: int,
        activity: str,
        minutes: int,
        mode: str,
        *,
        title: str = "",
        day: date | None = None,
        finished: bool = False,
        note: str = "",
        zone: str | None = None,
    ) -> Entry:
        """Put an entry right.

        Raises:
            PlanError: there is no such entry, or what it should be makes no sense.
        """
        before = self.entry(number)
        made = self._entry(
            activity,
            minutes,
            mode,
            title=title,
            day=day or before.day,
            finished=finished,
            note=note,
            zone=zone,
        )
        entry = replace(
            made, planned=before.planned if made.activity == before.activity else 0, number=number
        )
        self.logbook.correct(self.desk.person_id, entry)
        return entry

    def remove(self, number: int) -> None:
        """Remove an entry; one that is gone already stays gone."""
        self.logbook.remove(self.desk.person_id, number)

    def start(self, activity: str, mode: str = "doing", *, title: str = "", planned: int = 0) -> Timer:
        """Start the timer.

        Raises:
            PlanError: one runs already, or the mode is unknown.
        """
        timer = Timer(
            self.desk.clock(), activity.strip()[:200], (title or activity)[:300], _mode(mode).value, planned
        )
        self.desk.person()
        if not self.logbook.start(self.desk.person_id, timer):
            running = self.logbook.running(self.desk.person_id)
            name = running.title if running else "something"
            raise PlanError(f"a timer runs for {name}", "stop it: cairn log stop")
        return timer

    def stop(self, *, finished: bool = False, note: str = "", zone: str | None = None) -> Entry:
        """Stop the timer and keep its minutes, at least one; more than a day counts as a day.

        Raises:
            PlanError: none runs.
        """
        timer = self.logbook.running(self.desk.person_id)
        if timer is None:
            raise PlanError("no timer runs", "start one: cairn log start softmax@use/read")
        now = self.desk.clock()
        minutes = max(1, min(MOST_MINUTES, round((now - timer.started_at).total_seconds() / 60)))
        day = timer.started_at.astimezone(zone_of(zone)).date()
        entry = Entry(
            now, day, timer.activity, timer.title, timer.mode, minutes, timer.planned, finished, note[:10_000]
        )
        if not self.logbook.stop(self.desk.person_id, entry):
            raise PlanError("the timer was stopped meanwhile", "see: cairn log")
        return entry

    def give_up(self) -> None:
        """Stop the timer and keep nothing of it."""
        self.logbook.stop(self.desk.person_id, None)

    def running(self) -> Timer | None:
        """The timer that runs."""
        return self.logbook.running(self.desk.person_id)

    def ledger(self, mix: Mix, since: date | None = None, until: date | None = None) -> tuple[LedgerRow, ...]:
        """Minutes by mode, held against a mix."""
        return ledger(self.logbook.entries(self.desk.person_id, since, until), mix)

    def week(self, day: date, mix: Mix) -> WeekSummary:
        """The week a day lies in, from Monday to Sunday."""
        start = day - timedelta(days=day.weekday())
        end = start + timedelta(days=6)
        entries = self.logbook.entries(self.desk.person_id, start, end)
        by_title: dict[str, int] = {}
        for entry in entries:
            by_title[entry.title] = by_title.get(entry.title, 0) + entry.minutes
        longest = sorted(by_title.items(), key=lambda pair: -pair[1])[:3]
        return WeekSummary(
            start=start,
            end=end,
            minutes=sum(e.minutes for e in entries),
            days=len({e.day for e in entries}),
            ledger=ledger(entries, mix),
            finished=tuple(dict.fromkeys(e.title for e in entries if e.finished)),
            longest=tuple(longest),
        )

    def note(
        self, subject: str, question: str, setup: str = "", result: str = "", conclusion: str = ""
    ) -> Experiment:
        """Keep a note on an experiment.

        Raises:
            PlanError: it names no subject or asks nothing.
        """
        if not subject.strip() or not question.strip():
            raise PlanError("an experiment needs a subject and a question", "say what you want to find out")
        made = Experiment(self.desk.clock(), subject.strip()[:120], question, setup, result, conclusion)
        self.desk.person()
        self.logbook.note(self.desk.person_id, made)
        return made

    def rewrite(
        self,
        number: int,
        subject: str,
        question: str,
        *,
        setup: str = "",
        result: str = "",
        conclusion: str = "",
    ) -> None:
        """Rewrite a note: what was seen comes after what was asked.

        Raises:
            PlanError: it names no subject or asks nothing, or there is no such note.
        """
        if not subject.strip() or not question.strip():
            raise PlanError("an experiment needs a subject and a question", "say what you want to find out")
        made = Experiment(
            self.desk.clock(), subject.strip()[:120], question, setup, result, conclusion, number
        )
        if not self.logbook.rewrite(self.desk.person_id, made):
            raise PlanError("there is no such note", "it may have been removed; see the list")

    def discard(self, number: int) -> None:
        """Remove a note; one that is gone already stays gone."""
        self.logbook.discard(self.desk.person_id, number)

    def experiments(self, subject: str | None = None) -> list[Experiment]:
        """The notes, perhaps on one subject."""
        return self.logbook.experiments(self.desk.person_id, subject)

    def read(
        self,
        paper: str,
        stage: int,
        minutes: int,
        *,
        answers: Mapping[str, str] | None = None,
        ideas: Sequence[str] = (),
        zone: str | None = None,
    ) -> Reading:
        """Keep a pass over a paper; its minutes go to the log as reading.

        Raises:
            PlanError: there is no such pass, or an answer is to none of its questions.
            UnknownTargetError: the curriculum has no such paper.
        """
        entry = self.paper(paper)
        wanted = next((p for p in PASSES if p.stage == stage), None)
        if wanted is None:
            raise PlanError(f"there is no pass {stage}", "passes are 1, 2 and 3")
        own = {key for key, _ in wanted.questions}
        for key in answers or {}:
            if key not in own:
                raise PlanError(
                    f"{key!r} is no question of pass {stage}", f"its questions: {', '.join(sorted(own))}"
                )
        title = f"{entry.title}, pass {stage}"
        self.log(f"{entry.id}/pass/{stage}", minutes, "reading", title=title, finished=True, zone=zone)
        reading = Reading(self.desk.clock(), entry.id, stage, minutes, dict(answers or {}), tuple(ideas))
        self.logbook.read(self.desk.person_id, reading)
        return reading

    def readings(self, paper: str | None = None) -> list[Reading]:
        """The passes over all papers or one."""
        return self.logbook.readings(self.desk.person_id, paper)

    def paper(self, text: str) -> Named:
        """The paper that a text names.

        Raises:
            UnknownTargetError: the curriculum has no such paper.
        """
        entry = self.desk.atlas.curriculum.resolve(text)
        if entry is None or entry.kind is not Kind.PAPER:
            raise UnknownTargetError(text, "this names no paper of the curriculum")
        return entry

    def next_pass(self, paper: str) -> Pass | None:
        """The pass to do next, or None after the third.

        Raises:
            UnknownTargetError: the curriculum has no such paper.
        """
        done = {reading.stage for reading in self.readings(self.paper(paper).id)}
        return next((p for p in PASSES if p.stage not in done), None)


def ledger(entries: Iterable[Entry], mix: Mix) -> tuple[LedgerRow, ...]:
    """Minutes by mode with their shares; shares are 0 while there is nothing."""
    minutes = dict.fromkeys(Mode, 0)
    for entry in entries:
        minutes[_mode(entry.mode)] += entry.minutes
    whole = sum(minutes.values())
    return tuple(
        LedgerRow(mode, minutes[mode], minutes[mode] / whole if whole else 0.0, mix.share(mode))
        for mode in Mode
    )


def _mode(text: str) -> Mode:
    try:
        return Mode(text)
    except ValueError:
        raise PlanError(f"{text!r} is no way to study", "choose doing, reading or watching") from None
