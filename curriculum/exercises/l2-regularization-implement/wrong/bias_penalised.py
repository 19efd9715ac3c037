# misconception: bias-penalised
# says: You penalise the bias as well, so the whole fit is pulled towards the level 0, wherever the targets lie.
# repairs: regularization#statement
# caught by: the bias is free of charge
def ridge_loss_and_gradient(X, y, w, b, lam):
    n = len(y)
    r = X @ w + b - y
    loss = r @ r / (2 * n) + lam / 2 * (w @ w + b * b)
    return loss, X.T @ r / n + lam * w, r.mean() + lam * b
