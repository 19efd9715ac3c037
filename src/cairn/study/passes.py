"""The three passes over a paper, and the questions to answer on each."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pass:
    """One of three passes over a paper: what it is for, how long it may take, what to answer."""

    stage: int
    title: str
    minutes: tuple[int, int]
    questions: tuple[tuple[str, str], ...]


PASSES = (
    Pass(
        1,
        "Look it over: title, abstract, introduction, headings, conclusion",
        (5, 10),
        (
            ("category", "What kind of paper is it: a method, a measurement, a proof, a survey?"),
            ("context", "Which earlier work does it build on?"),
            ("correctness", "Do its assumptions seem sound?"),
            ("contributions", "What does it add?"),
            ("clarity", "Is it written well enough to go on?"),
        ),
    ),
    Pass(
        2,
        "Read it with care, figures first, proofs left out",
        (30, 60),
        (
            ("claim", "What is claimed, and with which evidence, in two sentences?"),
            ("figures", "Are axes, error bars and baselines what they should be?"),
            ("unclear", "What did you not understand, and which skill is it about?"),
            ("next", "Which of its references must be read?"),
        ),
    ),
    Pass(
        3,
        "Rebuild it: make the same assumptions and create the work again",
        (60, 300),
        (
            ("rebuilt", "Can you reconstruct it from memory?"),
            ("assumptions", "Which assumption is not written down, and what breaks without it?"),
            ("weak", "Where is the weakest step or experiment?"),
            ("ideas", "What would you implement or try next?"),
        ),
    ),
)
"""The three-pass approach of S. Keshav, How to Read a Paper, ACM SIGCOMM CCR 37(3), 2007; questions in our words."""
