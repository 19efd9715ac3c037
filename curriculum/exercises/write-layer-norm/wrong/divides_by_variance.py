# misconception: layer-norm-divides-by-variance
# says: You divide by the variance; the variance has the square of the unit of x, and only its root brings the features to variance 1.
# repairs: layer-normalization#statement
# caught by: the scale of a token does not matter


def layer_norm(x, gamma, beta, eps=1e-5):
    centred = x - x.mean(axis=-1, keepdims=True)
    variance = (centred**2).mean(axis=-1, keepdims=True)
    return gamma * centred / (variance + eps) + beta
