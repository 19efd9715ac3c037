# misconception: penalty-missing-in-gradient
# says: You add the penalty to the loss but not to the gradient, so the descent never feels it.
# repairs: regularization#l2-regularization
# caught by: the gradient is that of the loss
def ridge_loss_and_gradient(X, y, w, b, lam):
    n = len(y)
    r = X @ w + b - y
    loss = r @ r / (2 * n) + lam / 2 * (w @ w)
    return loss, X.T @ r / n, r.mean()
