# misconception: rms-norm-over-all-tokens
# says: You take one mean square over all tokens, so a large token shrinks the others; each token has its own, over the last axis.
# repairs: rms-normalization#statement
# caught by: each token stands alone
import numpy as np


def rms_norm(x, gain, eps=1e-6):
    wide = x.astype(np.promote_types(x.dtype, np.float32))
    return (gain * wide / np.sqrt((wide**2).mean() + eps)).astype(x.dtype)
