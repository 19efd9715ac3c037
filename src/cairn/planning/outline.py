"""What is wanted, in phases: targets with their importance, grouped as a path groups them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from cairn.curriculum import Curriculum, Kind, Level, Skill
from cairn.curriculum.path import Checkpoint, LearningPath, Phase, Step
from cairn.planning.companions import Companions, companions
from cairn.planning.errors import PlanError
from cairn.planning.target import Target

OPTIONAL = 0.5
"""What a skill of an optional step is worth beside one of a required step."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A goal and how much it matters beside the others.

    Raises:
        PlanError: the importance is not positive and finite.
    """

    target: Target
    importance: float = 1.0

    def __post_init__(self) -> None:
        if not 0 < self.importance <= 1e6:
            message = f"the importance {self.importance:g} of {self.target.entry.title} cannot be weighed"
            raise PlanError(message, "give a number above 0; 1 is usual")


@dataclass(frozen=True, slots=True)
class Part:
    """A phase of the plan.

    Attributes:
        id: the phase's id, or `goals` where there is none.
        title: for people.
        steps: its steps: title, targets, practices, goal.
        checkpoint: the gate at its end.
        assess: questions to ask oneself after it.
        goal: what should be true at its end.
        stated_weeks: its length as the path states it.
    """

    id: str
    title: str
    steps: tuple[Step, ...]
    checkpoint: Checkpoint | None = None
    assess: tuple[str, ...] = ()
    goal: str = ""
    stated_weeks: tuple[float, float] | None = None

    @property
    def targets(self) -> tuple[Skill, ...]:
        """The skills it asks for."""
        return tuple(dict.fromkeys(skill for step in self.steps for skill in step.targets))


@dataclass(frozen=True, slots=True)
class Outline:
    """All that is wanted.

    Attributes:
        parts: the phases in order.
        worth: for each target skill what it is worth; they add up to the importance of all wishes.
        rules: what the path says about time and mix, if the wish is one path.
        parked: the steps left at awareness because another was chosen.
        breadth: phases (first, last) to be had in breadth before depth.
    """

    parts: tuple[Part, ...]
    worth: Mapping[Skill, float]
    rules: Companions | None = None
    parked: tuple[Step, ...] = ()
    breadth: tuple[int, int] | None = None
    skipped: tuple[str, ...] = field(default=())

    @property
    def targets(self) -> tuple[Skill, ...]:
        """All target skills, each once, in the order of the parts."""
        return tuple(dict.fromkeys(skill for part in self.parts for skill in part.targets))


def outline(
    curriculum: Curriculum,
    wishes: Sequence[Wish],
    chosen: Iterable[str] = (),
    without: Iterable[str] = (),
) -> Outline:
    """Group what is wanted into phases.

    Args:
        curriculum: the map.
        wishes: the goals; a path brings its phases, all else forms one part at the end, least first.
        chosen: words in the titles of the optional steps to go deep in, where the path says to choose.
        without: ids of phases to leave out.

    Raises:
        PlanError: there is no goal, a choice fits no step or too many, or nothing is left.
    """
    if not wishes:
        raise PlanError("there is no goal to plan for", "name at least one topic, path, question or paper")
    gone = set(without)
    parts: list[Part] = []
    worth: dict[Skill, float] = {}
    parked: list[Step] = []
    rules: Companions | None = None
    loose: list[Step] = []
    for wish in wishes:
        entry = wish.target.entry
        path = curriculum.paths.get(entry.id) if entry.kind is Kind.PATH else None
        if path is None:
            step = Step(title=entry.title, targets=wish.target.skills)
            loose.append(step)
            _weigh(worth, [step], wish.importance)
            continue
        held = companions(curriculum, path)
        rules = held if len(wishes) == 1 else None
        kept, left = _choose(curriculum, held, tuple(chosen))
        parked += left
        made = [p for p in _parts(path, held, kept) if p.id not in gone]
        parts += made
        _weigh(worth, [step for part in made for step in part.steps], wish.importance)
    if loose:
        ends = tuple(loose)
        alone = len(ends) == 1
        parts.append(Part("goals", ends[0].title if alone else "Your goals", ends))
    unknown = gone - {phase.id for p in curriculum.paths.values() for phase in p.phases}
    if unknown:
        raise PlanError(f"{min(unknown)!r} is no phase", "see: cairn show and the id of the path")
    if not any(part.targets for part in parts):
        raise PlanError("nothing is left to plan", "leave fewer phases out")
    breadth = rules.breadth if rules is not None and not gone else None
    return Outline(tuple(parts), worth, rules, tuple(parked), breadth)


def choices(curriculum: Curriculum, path: LearningPath) -> tuple[int, tuple[Step, ...]]:
    """How many steps to go deep in, and which may be chosen; (0, ()) where the path leaves no such choice."""
    number = companions(curriculum, path).choose
    if not number:
        return 0, ()
    for phase in reversed(path.phases):
        optional = tuple(step for step in phase.steps if step.optional)
        if len(optional) > number:
            return number, optional
    return 0, ()


def _choose(
    curriculum: Curriculum, held: Companions, chosen: tuple[str, ...]
) -> tuple[Mapping[str, Step], list[Step]]:
    """For each step that may be chosen, the step as it is to be followed, and those that are parked."""
    number, offered = choices(curriculum, held.path)
    if not offered or not chosen:
        return {}, []
    deep = []
    for word in chosen:
        fits = [step for step in offered if word.casefold() in step.title.casefold()]
        if len(fits) != 1:
            titles = "; ".join(step.title for step in offered)
            raise PlanError(f"{word!r} does not name one of the choices", f"choose among: {titles}")
        deep += fits
    if len(deep) > number:
        raise PlanError(f"the path says to choose {number}, not {len(deep)}", "park the others for later")
    parked = [step for step in offered if step not in deep]
    return {step.title: _at_awareness(curriculum, step) for step in parked}, parked


def _at_awareness(curriculum: Curriculum, step: Step) -> Step:
    """A parked step: its topics only to be recognised."""
    shallow = tuple(
        skill
        if Level.RECOGNISE not in curriculum.topics[skill.topic].levels
        else Skill(skill.topic, Level.RECOGNISE)
        for skill in step.targets
    )
    return Step(title=step.title, targets=shallow, optional=True, notes="Parked: awareness only.")


def _parts(path: LearningPath, held: Companions, replaced: Mapping[str, Step]) -> list[Part]:
    if not path.phases:
        return [Part(path.id, path.title, tuple(path.all_steps), stated_weeks=path.total_weeks)]
    after = {entry.after_phase: entry.questions for entry in held.lists}
    return [
        _part(phase, tuple(replaced.get(step.title, step) for step in phase.steps), after.get(n, ()))
        for n, phase in enumerate(path.phases, 1)
    ]


def _part(phase: Phase, steps: tuple[Step, ...], assess: tuple[str, ...]) -> Part:
    gate = phase.checkpoint
    asked = () if gate is None else gate.questions
    own = tuple(q for q in assess if q not in asked)  # a gate made of the same list is not asked twice
    return Part(phase.id, phase.title, steps, gate, own, phase.goal or "", phase.weeks)


def _weigh(worth: dict[Skill, float], steps: Iterable[Step], importance: float) -> None:
    """Share a wish's importance out over its skills; one that is only in optional steps gets half a share."""
    shares: dict[Skill, float] = {}
    for step in steps:
        for skill in step.targets:
            shares[skill] = max(shares.get(skill, 0.0), OPTIONAL if step.optional else 1.0)
    whole = sum(shares.values())
    for skill, share in shares.items():
        worth[skill] = worth.get(skill, 0.0) + importance * share / whole
