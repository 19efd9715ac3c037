def ridge_loss_and_gradient(X, y, w, b, lam):
    error = (X * w).sum(dim=1).add(b).sub(y)
    loss = error.square().mean() / 2 + w.square().sum() * lam / 2
    return loss, (error[:, None] * X).mean(0) + w * lam, error.sum() / X.shape[0]
