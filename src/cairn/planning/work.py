"""From skills to things to do: for each skill its reading, watching, exercises and practice, with minutes.

The minutes of a skill are shared out by the mix. Not every topic has a film, so what watching could not take is
made up where there is one; over the plan the shares come out as wished as far as the sources allow.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from cairn.curriculum import Curriculum, Level, Skill
from cairn.curriculum.exercise import ExerciseSheet
from cairn.planning.activity import Act, Activity, Mix, Mode
from cairn.planning.outline import Outline

LEAST = 5
"""Minutes below which an activity is not worth naming; they go to another of the same skill."""

MOST_WATCHING = 0.5
MOST_EXERCISE = 0.75
WORK_SHARE = 0.4
"""What part of the practice of a step's skills goes into what the step tells to build or run."""

WATCHED = frozenset({"videos", "courses"})
READ_AT = {
    Level.RECOGNISE: "Why and Intuition",
    Level.USE: "Statement, Failure modes and Worked example",
    Level.DERIVE: "Derivation",
}


@dataclass(frozen=True, slots=True)
class Need:
    """A skill to be learned in the plan: whole minutes, why, and its phase."""

    skill: Skill
    minutes: int
    because: str
    phase: int


@dataclass
class Work:
    """Turns needs, in learning order, into activities. It keeps the balance of the mix from skill to skill."""

    curriculum: Curriculum
    outline: Outline
    mix: Mix
    done: frozenset[str] = frozenset()
    _owed: float = 0.0
    _exercises: Mapping[Skill, list[ExerciseSheet]] = field(default_factory=dict)
    _films: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)
    _practices: Mapping[Skill, list[tuple[str, str]]] = field(default_factory=dict)
    _step_ends: dict[Skill, Skill] = field(default_factory=dict)
    _pool: dict[Skill, int] = field(default_factory=dict)

    def activities(self, needs: Sequence[Need]) -> list[tuple[Need, tuple[Activity, ...]]]:
        """The activities of each need, in the order to do them.

        Their minutes add up to those of all needs. Those of a single skill do too, but for the part of its practice
        that goes into the work of its step, which stands at the step's last skill.
        """
        self._owed = 0.0
        self._films = self._watchable()
        self._exercises = self._last_skill(needs)
        self._practices = self._by_step(needs)
        return [(need, tuple(self._of(need))) for need in needs]

    def _of(self, need: Need) -> Iterator[Activity]:
        shares = self._shares(need)
        topic = self.curriculum.topics[need.skill.topic]
        name = f"{topic.title} ({need.skill.level.value})"
        key = str(need.skill)

        def make(act: Act, part: str, title: str, minutes: int, ref: str) -> Activity:
            return Activity(f"{key}/{part}", act, title, minutes, need.because, ref, need.skill, need.phase)

        if shares[Mode.WATCHING]:
            ref, title, at = self._films[topic.id]
            yield make(Act.WATCH, "watch", f"{title}: {at}", shares[Mode.WATCHING], ref)
        if shares[Mode.READING]:
            where = READ_AT[need.skill.level]
            yield make(Act.READ, "read", f"{topic.title}: {where}", shares[Mode.READING], topic.id)
        doing = shares[Mode.DOING]
        exercises = self._exercises.get(need.skill, [])
        pieces = _parts(int(doing * MOST_EXERCISE), [_middle(e) for e in exercises])
        for sheet, minutes in zip(exercises, pieces, strict=True):
            if minutes:
                doing -= minutes
                yield make(Act.EXERCISE, f"exercise/{sheet.id}", sheet.title, minutes, sheet.id)
        last = self._step_ends.get(need.skill)
        if last is not None:  # a part of each skill's practice goes into what its step tells to do
            share = int(doing * WORK_SHARE)
            doing -= share
            self._pool[last] = self._pool.get(last, 0) + share
        works = self._practices.get(need.skill, []) if last == need.skill else []
        for (practice, why), minutes in zip(
            works, _even(self._pool.get(need.skill, 0), len(works)), strict=True
        ):
            title = practice.replace("-", " ").capitalize()
            if minutes:
                yield replace(make(Act.WORK, f"work/{practice}", title, minutes, practice), reason=why)
        if doing:
            yield make(Act.PRACTISE, "practise", f"{name}: answer its questions", doing, topic.id)

    def _shares(self, need: Need) -> dict[Mode, int]:
        """Minutes by mode. What watching is owed is carried along, and paid back where there is a film."""
        self._owed += need.minutes * self.mix.watching
        watching = 0
        if need.skill.topic in self._films:
            watching = int(min(self._owed, need.minutes * MOST_WATCHING))
            watching = watching if watching >= LEAST else 0
        self._owed -= watching
        rest = need.minutes - watching
        whole = self.mix.doing + self.mix.reading
        reading = round(rest * self.mix.reading / whole) if whole else 0
        if 0 < reading < LEAST:
            reading = LEAST if rest >= 2 * LEAST else 0
        reading = max(0, min(reading, rest - LEAST))  # a skill always ends with questions to answer
        return {Mode.WATCHING: watching, Mode.READING: reading, Mode.DOING: rest - reading}

    def _watchable(self) -> dict[str, tuple[str, str, str]]:
        """For each topic a film: the id, the title and the place of the first that teaches it."""
        found: dict[str, tuple[str, str, str]] = {}
        for kind in ("videos", "courses"):
            for resource in self.curriculum.resources.values():
                if resource.kind == kind:
                    for topic, at in resource.teaches.items():
                        found.setdefault(topic, (resource.id, resource.title, at))
        return found

    def _last_skill(self, needs: Sequence[Need]) -> dict[Skill, list[ExerciseSheet]]:
        """Each exercise at the last of its skills in the order, and only there."""
        place = {need.skill: n for n, need in enumerate(needs)}
        found: dict[Skill, list[ExerciseSheet]] = {}
        for sheet in self.curriculum.exercises.values():
            here = [s for s in sheet.skills if s in place]
            if here and sheet.id not in self.done:
                found.setdefault(max(here, key=place.__getitem__), []).append(sheet)
        return found

    def _by_step(self, needs: Sequence[Need]) -> dict[Skill, list[tuple[str, str]]]:
        """Things a path's step tells to do that are no exercises, at the last skill of the step."""
        place = {need.skill: n for n, need in enumerate(needs)}
        found: dict[Skill, list[tuple[str, str]]] = {}
        seen: set[str] = set()
        self._step_ends, self._pool = {}, {}
        for part in self.outline.parts:
            for step in part.steps:
                here = [s for s in step.targets if s in place and s not in self._step_ends]
                own = [p for p in step.practices if p not in self.curriculum.exercises and p not in seen]
                if here and own:
                    last = max(here, key=place.__getitem__)
                    why = step.goal or f"{part.title}: {step.title}."
                    found[last] = [(practice, why) for practice in own]
                    seen.update(own)
                    self._step_ends |= dict.fromkeys(here, last)
        return found


def _middle(sheet: ExerciseSheet) -> float:
    return sum(sheet.minutes) / 2 if sheet.minutes else 30.0


def _parts(whole: int, wanted: Sequence[float]) -> list[int]:
    """Whole minutes for each wish: as wished if they fit, else shrunk in proportion; too little becomes none."""
    asked = sum(wanted)
    scale = min(1.0, whole / asked) if asked else 0.0
    parts = [int(w * scale) for w in wanted]
    return [p if p >= LEAST else 0 for p in parts]


def _even(whole: int, count: int) -> list[int]:
    """Whole minutes shared evenly, to the last; where that is too little for all, the first get them."""
    some = min(count, max(1, whole // LEAST)) if count else 0
    share, rest = divmod(whole, some) if some else (0, 0)
    return [share + (n < rest) if n < some else 0 for n in range(count)]
