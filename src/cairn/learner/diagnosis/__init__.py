"""Diagnosis: the next item to ask, when to stop, and where a person stands."""

from cairn.learner.diagnosis.candidate import Candidate
from cairn.learner.diagnosis.diagnosis import KNOWN, UNKNOWN, Choice, Diagnosis, Rule, Stop, Summary

__all__ = ["KNOWN", "UNKNOWN", "Candidate", "Choice", "Diagnosis", "Rule", "Stop", "Summary"]
