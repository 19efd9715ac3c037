"""Counts case by case, and takes the harmonic mean of the two parts."""


def precision_recall_f1(y_true, y_pred, positive=1):
    found = alarms = cases = 0
    for truth, guess in zip(y_true, y_pred):
        if truth == positive:
            cases += 1
        if guess == positive:
            alarms += 1
            if truth == positive:
                found += 1
    precision = found / alarms if alarms else 0.0
    recall = found / cases if cases else 0.0
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0
