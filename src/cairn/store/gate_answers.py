"""What a person says at a checkpoint, question by question, until it is decided and after."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Engine, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from cairn.store.tables import gate_answers


@dataclass(frozen=True, slots=True)
class GateAnswer:
    """What stands of one question or criterion of a checkpoint; the last word on it.

    Attributes:
        at: when.
        phase: id of the phase.
        question: id of the question, or the number of a criterion as text.
        text: what was written.
        state: `draft`, `met`, `not-met` or `waived`.
        reason: why it was left out, in the person's words.
        item, seed: the machine's question that belongs to it, once answered; else empty and 0.
        mark: how that was marked: right, wrong or passed; else empty.
    """

    at: datetime
    phase: str
    question: str
    text: str = ""
    state: str = "draft"
    reason: str = ""
    item: str = ""
    seed: int = 0
    mark: str = ""


class GateAnswers:
    """The repository of these."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, person_id: str, phase: str | None = None) -> dict[tuple[str, str], GateAnswer]:
        """What a person said, by phase and question; of one phase or of all."""
        query = select(gate_answers).where(gate_answers.c.person_id == person_id)
        if phase is not None:
            query = query.where(gate_answers.c.phase == phase)
        with self._engine.connect() as connection:
            rows = connection.execute(query.order_by(gate_answers.c.id)).all()
        return {
            (r.phase, r.question): GateAnswer(
                r.at, r.phase, r.question, r.text, r.state, r.reason, r.item, r.seed, r.mark
            )
            for r in rows
        }

    def keep(self, person_id: str, answer: GateAnswer) -> None:
        """Keep the last word on one question; of two at once the later stands."""
        values = asdict(answer)
        mine = (
            (gate_answers.c.person_id == person_id)
            & (gate_answers.c.phase == answer.phase)
            & (gate_answers.c.question == answer.question)
        )
        for _ in range(2):
            with self._engine.begin() as connection:
                if connection.execute(update(gate_answers).where(mine).values(**values)).rowcount:
                    return
            try:
                with self._engine.begin() as connection:
                    connection.execute(insert(gate_answers).values(person_id=person_id, **values))
            except IntegrityError:
                continue  # another tab was quicker to insert: update what it kept
            return

    def forget(self, person_id: str, phase: str, questions: list[str]) -> None:
        """Let go of what was said to some questions, to be asked anew."""
        with self._engine.begin() as connection:
            connection.execute(
                delete(gate_answers).where(
                    gate_answers.c.person_id == person_id,
                    gate_answers.c.phase == phase,
                    gate_answers.c.question.in_(questions),
                )
            )
