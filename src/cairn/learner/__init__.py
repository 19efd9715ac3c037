"""What one person knows. Pure: time and chance are arguments."""

from cairn.learner.evidence import Evidence, Outcome, Source, said_known

__all__ = ["Evidence", "Outcome", "Source", "said_known"]
