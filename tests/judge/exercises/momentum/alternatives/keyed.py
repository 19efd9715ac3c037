import numpy as np


class Momentum:
    def __init__(self, lr, beta=0.9):
        self.lr, self.beta, self.state = lr, beta, {}

    @property
    def velocities(self):
        return [self.state[i] for i in sorted(self.state)]

    def step(self, params, grads):
        out = []
        for i, (w, g) in enumerate(zip(params, grads)):
            v = self.state.get(i, np.zeros(w.shape))
            v = v * self.beta
            v = v + g
            self.state[i] = v
            out.append(w - v * self.lr)
        return out
