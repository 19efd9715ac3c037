# misconception: optimiser-state-aliases-gradient
# says: Your first velocity is the caller's gradient array itself, and the next step changes it in place; start from zeros, or copy.
# repairs: momentum#statement
# caught by: the arguments stay as they are


class MomentumSGD:
    def __init__(self, beta=0.9, averaging=False):
        self.beta = beta
        self.weight = 1 - beta if averaging else 1.0
        self.velocities = None

    def step(self, parameters, gradients, rate):
        if self.velocities is None:
            self.velocities = gradients
            for v in self.velocities:
                v *= self.weight
        else:
            for v, g in zip(self.velocities, gradients):
                v *= self.beta
                v += self.weight * g
        return [p - rate * v for p, v in zip(parameters, self.velocities)]
