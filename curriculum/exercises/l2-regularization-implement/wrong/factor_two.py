# misconception: penalty-factor-two
# says: You use 2λw, the gradient of λ‖w‖², where the loss has (λ/2)‖w‖², so the penalty pulls twice as hard as it says.
# repairs: regularization#common-mistakes
# caught by: the gradient is that of the loss
def ridge_loss_and_gradient(X, y, w, b, lam):
    n = len(y)
    r = X @ w + b - y
    loss = r @ r / (2 * n) + lam / 2 * (w @ w)
    return loss, X.T @ r / n + 2 * lam * w, r.mean()
