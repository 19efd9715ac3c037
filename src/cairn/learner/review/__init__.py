"""What one person remembers, and what to review. Pure: time is an argument."""

from cairn.learner.review.containment import Containment, containment_of
from cairn.learner.review.curve import Curve, Grade
from cairn.learner.review.forecast import DayLoad, forecast
from cairn.learner.review.memories import Memories, Practised
from cairn.learner.review.queue import Activity, Queue, review_queue

__all__ = [
    "Activity",
    "Containment",
    "Curve",
    "DayLoad",
    "Grade",
    "Memories",
    "Practised",
    "Queue",
    "containment_of",
    "forecast",
    "review_queue",
]
