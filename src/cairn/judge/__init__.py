"""Whether the code is right: protocol, driver, runner, sandbox, checks.

with Judge() as judge:
    verdict = grade(judge, load(Path("softmax")), source)
"""

from cairn.judge.audit import Audit, audit
from cairn.judge.driver import Judge
from cairn.judge.exercise import Exercise, ExerciseError, Wrong, load, load_all
from cairn.judge.grade import Options, again, grade
from cairn.judge.hunt import Edit, mended, plant
from cairn.judge.mutants import Mutant, mutants
from cairn.judge.mutation import Score, mutation_score
from cairn.judge.outcome import EndedError, Frame, JudgeError, LearnerError, Outcome
from cairn.judge.sandbox.limits import Limits
from cairn.judge.sandbox.tier import Tier, TierError
from cairn.judge.session import Session
from cairn.judge.verdict import CheckResult, Misconception, State, Verdict

__all__ = [
    "Audit",
    "CheckResult",
    "Edit",
    "EndedError",
    "Exercise",
    "ExerciseError",
    "Frame",
    "Judge",
    "JudgeError",
    "LearnerError",
    "Limits",
    "Misconception",
    "Mutant",
    "Options",
    "Outcome",
    "Score",
    "Session",
    "State",
    "Tier",
    "TierError",
    "Verdict",
    "Wrong",
    "again",
    "audit",
    "grade",
    "load",
    "load_all",
    "mended",
    "mutants",
    "mutation_score",
    "plant",
]
