# misconception: penalty-divided-by-n
# says: You divide the penalty by the number of examples, so the same λ means less the more data there are.
# repairs: regularization#statement
# caught by: the same data twice change nothing
def ridge_loss_and_gradient(X, y, w, b, lam):
    n = len(y)
    r = X @ w + b - y
    loss = (r @ r + lam * (w @ w)) / (2 * n)
    return loss, (X.T @ r + lam * w) / n, r.mean()
