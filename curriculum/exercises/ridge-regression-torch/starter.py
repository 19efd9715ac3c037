import torch


def ridge_loss_and_gradient(X, y, w, b, lam):
    """Ridge loss of a linear model, with its gradient.

    X: (n, d) examples in rows
    y: (n,) targets
    w: (d,) weights, penalised
    b: the bias, a number, not penalised
    lam: strength of the penalty, a number >= 0

    Returns (loss, grad_w, grad_b): a number, an tensor (d,), a number.
    """
    raise NotImplementedError
