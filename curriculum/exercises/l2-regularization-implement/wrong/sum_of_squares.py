# misconception: loss-sum-instead-of-mean
# says: You sum the squares over the examples and do not divide by n, so loss and gradient grow with the data.
# repairs: linear-regression#statement
# caught by: the same data twice change nothing
def ridge_loss_and_gradient(X, y, w, b, lam):
    r = X @ w + b - y
    return r @ r / 2 + lam / 2 * (w @ w), X.T @ r + lam * w, r.sum()
