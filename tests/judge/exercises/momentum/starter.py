class Momentum:
    """Gradient descent with momentum."""

    def __init__(self, lr, beta=0.9):
        raise NotImplementedError

    def step(self, params, grads):
        """One step. params, grads: lists of arrays; returns the new parameters."""
        raise NotImplementedError
