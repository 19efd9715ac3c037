"""Works with the margins z_j - z_y, in float32 where the input is float32."""

import numpy as np


def cross_entropy(logits, labels):
    own = np.take_along_axis(logits, labels[:, None], axis=1)
    margins = logits - own
    top = margins.max(axis=1)
    return (top + np.log(np.sum(np.exp(margins - top[:, None]), axis=1))).mean()
