# misconception: loss-mean-over-all-entries
# says: You average over all B·C entries of the one-hot product, so the loss is too small by the number of classes.
# repairs: cross-entropy-loss#categorical-cross-entropy
# caught by: a uniform guess costs log C
import numpy as np


def cross_entropy(logits, labels):
    one_hot = np.zeros(logits.shape)
    one_hot[np.arange(len(labels)), labels] = 1.0
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -np.mean(one_hot * log_p)
