"""Draws the curve, one point for each distinct threshold, and adds up the trapezoids."""


def roc_auc(y_true, scores):
    pairs = sorted(zip(scores.tolist(), y_true.tolist()), reverse=True)
    n_pos = sum(label for _, label in pairs)
    n_neg = len(pairs) - n_pos
    if n_pos * n_neg == 0:
        raise ValueError("one class is missing")
    area = 0.0
    up = right = last_up = last_right = 0
    for i, (score, label) in enumerate(pairs):
        up += label
        right += 1 - label
        if i + 1 == len(pairs) or pairs[i + 1][0] != score:
            area += (right - last_right) * (up + last_up) / 2
            last_up, last_right = up, right
    return area / (n_pos * n_neg)
