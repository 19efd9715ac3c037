"""One threshold at a time, with the counts carried along."""


def average_precision(y_true, scores):
    groups = {}
    for label, score in zip(y_true.tolist(), scores.tolist()):
        positives, cases = groups.get(score, (0, 0))
        groups[score] = (positives + label, cases + 1)
    total = sum(positives for positives, _ in groups.values())
    if total == 0:
        raise ValueError("no positive case")
    hits = alarms = 0
    area = 0.0
    for score in sorted(groups, reverse=True):
        positives, cases = groups[score]
        hits += positives
        alarms += cases
        area += positives / total * hits / alarms
    return area
