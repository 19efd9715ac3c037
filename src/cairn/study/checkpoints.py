"""A person at a checkpoint: question by question, graded by the machine where it can, else by them against the key."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from cairn.curriculum import Skill
from cairn.curriculum.items.item import Kind as Form
from cairn.curriculum.path import LearningPath
from cairn.learner import Evidence, Outcome, Source
from cairn.planning import Gap, Gate, PlanError, Verdict
from cairn.planning.checkpoint import GateQuestion
from cairn.planning.companions import companions
from cairn.store.gate_answers import GateAnswer, GateAnswers
from cairn.store.plans import Attempt
from cairn.study.answering import Answering
from cairn.study.desk import Desk
from cairn.study.planning import NoPlanError, Planning

LONGEST = 20_000
SELF = "self/"
"""Before the id of a question in a list for self-assessment, where its answer is kept."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a checkpoint and what stands of it.

    Attributes:
        question: the question.
        kept: what was said, if anything.
        accepted: the accepted exercise that answers it, or "".
        item: the machine's question that goes with it, or "" where there is none.
    """

    question: GateQuestion
    kept: GateAnswer | None
    accepted: str
    item: str

    @property
    def state(self) -> str:
        """`accepted`, `met`, `not-met`, `waived`, `check` (the machine asks next), `draft` or `open`."""
        if self.accepted:
            return "accepted"
        if self.kept is None:
            return "open"
        if self.kept.state != "met":
            return self.kept.state
        if not self.item or self.kept.mark == "right":
            return "met"
        return "not-met" if self.kept.mark else "check"

    @property
    def disputed(self) -> bool:
        """Whether the person holds it met and the machine's question came out otherwise."""
        return self.state == "not-met" and self.kept is not None and self.kept.state == "met"


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion: its number from 0, its words, the skills behind it, and what was said.

    One without skills speaks of all questions together; nobody is asked about it.
    """

    number: int
    text: str
    skills: tuple[Skill, ...]
    state: str


@dataclass(frozen=True, slots=True)
class Weak:
    """Something that was missed, and the way to it: what to go over again, with hours."""

    what: str
    question: str
    skills: tuple[Skill, ...]
    gap: Gap | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A checkpoint as it stands.

    Attributes:
        gate: the checkpoint.
        asked: its questions.
        criteria: its criteria.
        last: how it went last, if it was decided.
        decided: whether nothing was said since then.
        tries: how often it was decided.
    """

    gate: Gate
    asked: tuple[Asked, ...]
    criteria: tuple[Criterion, ...]
    last: Attempt | None
    decided: bool
    tries: int

    @property
    def next(self) -> Asked | None:
        """The question to go on with."""
        return next((a for a in self.asked if a.state in {"open", "draft", "check"}), None)

    @property
    def to_say(self) -> tuple[Criterion, ...]:
        """The criteria that the person must say something about."""
        return tuple(c for c in self.criteria if c.skills)

    @property
    def ready(self) -> bool:
        """Whether every question has an answer."""
        return self.next is None

    @property
    def begun(self) -> bool:
        """Whether anything was said."""
        return any(a.kept for a in self.asked)


@dataclass(frozen=True)
class Checkpoints:
    """The verbs of checkpoints for one person."""

    planning: Planning
    answering: Answering
    kept: GateAnswers

    @property
    def desk(self) -> Desk:
        """The person's desk."""
        return self.planning.desk

    def phases(self) -> list[tuple[LearningPath, list[Sheet]]]:
        """All paths with checkpoints, those of the plan first, each with its checkpoints."""
        found = [
            (path, [self.sheet(p.id) for p in path.phases if p.checkpoint])
            for path in self.desk.atlas.curriculum.paths.values()
            if any(p.checkpoint for p in path.phases)
        ]
        mine = self.planned()
        return sorted(found, key=lambda pair: pair[0].id not in mine)

    def planned(self) -> tuple[str, ...]:
        """The paths of the plan."""
        try:
            targets = self.planning.terms().targets
        except NoPlanError:
            return ()
        entries = (self.desk.atlas.curriculum.resolve(t) for t in targets)
        return tuple(entry.id for entry in entries if entry is not None)

    def path(self, phase: str) -> tuple[LearningPath, int]:
        """The path of a phase and the phase's number in it, from 0.

        Raises:
            PlanError: there is no such phase.
        """
        for path in self.desk.atlas.curriculum.paths.values():
            for n, part in enumerate(path.phases):
                if part.id == phase:
                    return path, n
        raise PlanError(f"{phase!r} is no phase", "see: cairn checkpoint")

    def sheet(self, phase: str) -> Sheet:
        """A checkpoint as it stands.

        Raises:
            PlanError: there is no such phase, or it has no checkpoint.
        """
        gate = self.planning.gate(phase)
        said = self.kept.of(self.desk.person_id, gate.phase)
        accepted = list(self.planning.accepted())
        asked = tuple(self._asked(q, said.get((gate.phase, q.id)), accepted) for q in gate.questions)
        criteria = tuple(
            Criterion(
                n, text, gate.repairs[n], kept.state if (kept := said.get((gate.phase, str(n)))) else "open"
            )
            for n, text in enumerate(gate.criteria)
        )
        tried = [a for a in self.planning.plans.attempts(self.desk.person_id) if a.phase == gate.phase]
        last = tried[-1] if tried else None
        own = {q.id for q in gate.questions} | {str(c.number) for c in criteria}
        times = [answer.at for (_, name), answer in said.items() if name in own]
        decided = last is not None and all(at <= last.at for at in times)
        return Sheet(gate, asked, criteria, last, decided, len(tried))

    def _asked(self, question: GateQuestion, kept: GateAnswer | None, accepted: list[str]) -> Asked:
        exercise = next((e for e in question.exercises if e in accepted), "")
        return Asked(question, kept, exercise, kept.item if kept and kept.item else self._item(question))

    def _item(self, question: GateQuestion) -> str:
        """The machine's question to go with one for a person: on its first skill that has any, the one asked least."""
        bank = self.desk.atlas.curriculum.items
        for skill in question.skills:
            items = [i for i in bank.of(skill) if i.kind is not Form.FREE]
            if items:
                counts = self.answering.answers.counts(self.desk.person_id)
                return min(items, key=lambda i: counts.get(i.id, 0)).id
        return ""

    def question(self, phase: str, name: str) -> Asked:
        """One question as it stands.

        Raises:
            PlanError: there is no such phase, checkpoint or question.
        """
        sheet = self.sheet(phase)
        found = next((a for a in sheet.asked if a.question.id == name), None)
        if found is None:
            raise PlanError(f"{name!r} is no question of this checkpoint", "choose one of the list")
        return found

    def write(self, phase: str, name: str, text: str) -> None:
        """Keep what was written, before it is compared with the key.

        Raises:
            PlanError: there is no such question, nothing was written, or too much.
        """
        self.question(phase, name)
        if not text.strip():
            raise PlanError("nothing is written yet", "write an answer, or say that you cannot")
        if len(text) > LONGEST:
            raise PlanError(f"the answer has {len(text)} characters", f"keep it under {LONGEST}")
        self._keep(GateAnswer(self.desk.clock(), phase, name, text))

    def grade(self, phase: str, name: str, *, met: bool) -> Asked:
        """Say whether an answer holds against the key."""
        asked = self.question(phase, name)
        before = asked.kept or GateAnswer(self.desk.clock(), phase, name)
        state = "met" if met else "not-met"
        self._keep(replace(before, at=self.desk.clock(), state=state, reason="", item="", seed=0, mark=""))
        return self.question(phase, name)

    def checked(self, phase: str, name: str, item: str, seed: int, mark: str) -> None:
        """Keep how the machine's question came out."""
        asked = self.question(phase, name)
        if asked.kept is not None and asked.kept.state == "met":
            self._keep(replace(asked.kept, at=self.desk.clock(), item=item, seed=seed, mark=mark))

    def waive(self, phase: str, names: Iterable[str], reason: str) -> None:
        """Leave questions out for a reason of one's own.

        Raises:
            PlanError: there is no such question, or no reason.
        """
        if not reason.strip():
            raise PlanError("a reason is missing", "say in a few words why you leave it out; it is for you")
        for name in names:
            asked = self.question(phase, name)
            before = asked.kept or GateAnswer(self.desk.clock(), phase, name)
            self._keep(replace(before, at=self.desk.clock(), state="waived", reason=reason.strip()[:2000]))

    def say(self, phase: str, number: int, *, met: bool) -> None:
        """Say whether a criterion is met.

        Raises:
            PlanError: there is no such criterion.
        """
        gate = self.planning.gate(phase)
        if not 0 <= number < len(gate.criteria):
            raise PlanError(f"there is no criterion {number + 1}", f"there are {len(gate.criteria)}")
        self._keep(GateAnswer(self.desk.clock(), gate.phase, str(number), "", "met" if met else "not-met"))

    def decide(self, phase: str) -> Verdict:
        """How the checkpoint went; kept, and heard by belief.

        Raises:
            PlanError: a question or criterion has no answer yet.
        """
        sheet = self.sheet(phase)
        if not sheet.ready:
            left = sum(a.state in {"open", "draft", "check"} for a in sheet.asked)
            raise PlanError(
                f"{left} of {len(sheet.asked)} questions have no answer yet", "go on with the next"
            )
        if any(c.state == "open" for c in sheet.to_say):
            raise PlanError("a criterion has no answer yet", "say of each whether it is met")
        own = [a for a in sheet.asked if a.state in {"met", "not-met"}]
        verdict = self.planning.check(
            sheet.gate.phase,
            {a.question.id: a.state == "met" for a in own},
            {c.number: c.state == "met" for c in sheet.to_say},
            [a.question.id for a in sheet.asked if a.state == "waived"],
        )
        self._hear(sheet, own)
        return verdict

    def _hear(self, sheet: Sheet, own: list[Asked]) -> None:
        """Evidence from the graded questions: a skill is shown where no question on it failed.

        A failed question lowers belief and takes nothing back by itself: the repairs are in the plan already.
        """
        well: dict[Skill, bool] = {}
        for asked in own:
            for skill in asked.question.skills:
                well[skill] = well.get(skill, True) and asked.state == "met"
        person, now = self.desk.person_id, self.desk.clock()
        ref = f"checkpoint:{sheet.gate.phase}:{sheet.tries + 1}"
        events = [
            Evidence(
                person,
                now,
                Source.CHECKPOINT,
                str(skill),
                Outcome.KNOWN if shown else Outcome.WRONG,
                ref,
                sheet.gate.phase,
            )
            for skill, shown in well.items()
        ]
        self.desk.log.append_new(events)

    def verdict(self, sheet: Sheet) -> Verdict:
        """How a checkpoint went by what stands now; nothing is kept."""
        from cairn.planning.checkpoint import judge  # noqa: PLC0415  # the verb of this class has its name

        return judge(
            sheet.gate,
            {a.question.id: a.state == "met" for a in sheet.asked if a.state in {"met", "not-met"}},
            self.planning.accepted(),
            {c.number: c.state == "met" for c in sheet.to_say if c.state != "open"},
            [a.question.id for a in sheet.asked if a.state == "waived"],
        )

    def weak(self, sheet: Sheet) -> list[Weak]:
        """What was missed, each with the gap it leads to."""
        found = [
            Weak(a.question.ask, a.question.id, a.question.skills, self.gap(a.question.skills))
            for a in sheet.asked
            if a.state == "not-met"
        ]
        return found + [
            Weak(c.text, "", c.skills, self.gap(c.skills)) for c in sheet.to_say if c.state == "not-met"
        ]

    def gap(self, skills: tuple[Skill, ...]) -> Gap | None:
        """What to go over again for some skills, even where they seemed known."""
        desk, have = self.desk, self.desk.atlas.curriculum.graph.position
        there = [s for s in skills if s in have]
        if not there:
            return None
        stands = desk.stands()
        return desk.atlas.gap(
            *map(str, there),
            knows=stands.knows,
            background=desk.background(),
            lacks=(*stands.lacks, *there),
        )

    def again(self, phase: str, *, everything: bool = False) -> None:
        """Ask once more: what was not met, or everything."""
        sheet = self.sheet(phase)
        names = [a.question.id for a in sheet.asked if everything or a.state == "not-met"]
        names += [str(c.number) for c in sheet.criteria if everything or c.state == "not-met"]
        self.kept.forget(self.desk.person_id, sheet.gate.phase, names)

    # -- lists for self-assessment ----------------------------------------------------------------------------

    def list_after(self, phase: str) -> tuple[str, ...]:
        """The questions to ask oneself after a phase, without those of its checkpoint.

        Raises:
            PlanError: there is no such phase.
        """
        path, number = self.path(phase)
        gate = path.phases[number].checkpoint
        asked = gate.questions if gate else ()
        lists = companions(self.desk.atlas.curriculum, path).lists
        known = self.desk.atlas.curriculum.questions
        return tuple(
            q
            for one in lists
            if one.after_phase == number + 1
            for q in one.questions
            if q in known and q not in asked
        )

    def yourself(self, phase: str) -> dict[str, str]:
        """What was said to the list after a phase: `met` or `not-met` by question."""
        said = self.kept.of(self.desk.person_id, phase)
        return {q: said[phase, SELF + q].state for q in self.list_after(phase) if (phase, SELF + q) in said}

    def tell(self, phase: str, answers: dict[str, bool]) -> None:
        """Keep an honest yes or no to questions of the list after a phase."""
        now = self.desk.clock()
        for name in self.list_after(phase):
            if name in answers:
                self._keep(GateAnswer(now, phase, SELF + name, "", "met" if answers[name] else "not-met"))

    def _keep(self, answer: GateAnswer) -> None:
        self.desk.person()
        self.kept.keep(self.desk.person_id, answer)
