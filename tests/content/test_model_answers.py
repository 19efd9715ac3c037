"""The model answers that Cairn ships, where a test can say more than the linter."""

from __future__ import annotations

from pathlib import Path

from cairn.claims.code import excerpt
from tests.conftest import REAL

# Numbers that model answers state, each worked out here by another route than the text.
NUMBERS = {
    "q-hoeffding-state": ["0.136"],
    "q-sa3-mlp": [f"{784 * 128 + 128 + 128 * 10 + 10:,}".replace(",", "{,}")],
    "q-sa3-cnn": [
        str(32 * (3 * 9 + 1)),
        f"{64 * (32 * 9 + 1):,}".replace(",", "{,}"),
        f"{128 * (64 * 9 + 1):,}".replace(",", "{,}"),
        f"{32 * 27 * 32**2 / 1e6:.1f}, {64 * 32 * 9 * 16**2 / 1e6:.1f} and {128 * 64 * 9 * 8**2 / 1e6:.1f} million",
        f"{32 * 28 + 64 * 289 + 128 * 577 + 4 * 4 * 128 * 10 + 10:,}",
    ],
    "q-vocab-tradeoff": [f"{128_256 * 4_096:,}".replace(",", "{,}")],
    "q-7b-memory": [f"{7e9 * 4 / 2**30:.1f}", f"{7e9 * 2 / 2**30:.1f}", f"{7e9 / 2**30:.1f}", "262{,}144"],
    "q-cp1-gradient": [str(2 * 3 * (3 * 2 + 1))],
    "q-sa3-debug": ["1.461"],
    "q-cp4-explain-attention": ["0.670", "0.330", "13.3"],
    "q-sa4-explain-code": ["16.7"],
    "q-cp2-accuracy-vs-f1": [f"{2 * 0.95 / 1.95:.3f}"],
}


def test_every_question_has_a_model_answer(real):
    """All 82 questions are answered, and each answer is a question's."""
    assert len(real.curriculum.questions) == 82
    assert set(real.curriculum.answers) == set(real.curriculum.questions)


def test_code_that_belongs_to_an_answer_is_there(real):
    """Each function that an answer shows stands in the tested solution it names."""
    shown = [a.code for a in real.curriculum.answers.values() if a.code]
    assert len(shown) > 5
    for place in shown:
        file, _, name = place.partition("#")
        assert f"def {name}" in excerpt((Path(REAL) / file).read_text(encoding="utf-8"), name)


def test_a_criterion_points_to_a_topic_that_the_question_rests_on(real):
    """At least one criterion of each rubric belongs to a topic that the question asks for."""
    for name, answer in real.curriculum.answers.items():
        asked = {s.topic for s in real.curriculum.questions[name].targets}
        assert asked & {c.see.partition("#")[0] for c in answer.rubric}, name


def test_numbers_in_the_answers_were_computed(real):
    """Figures that can be worked out stand in the answer as they come out."""
    for name, figures in NUMBERS.items():
        answer = real.curriculum.answers[name]
        text = " ".join([answer.body, answer.then or "", answer.fails.answer])
        for figure in figures:
            assert figure in text or figure.replace("{,}", ",") in text, (name, figure)
