import torch


class AdamW:
    def __init__(self, beta1=0.9, beta2=0.999, eps=1e-8, decay=0.01):
        self.betas, self.eps, self.decay, self.state = (beta1, beta2), eps, decay, {}

    def step(self, parameters, gradients, rate):
        moved = []
        for i, (p, g) in enumerate(zip(parameters, gradients)):
            if i not in self.state:
                self.state[i] = [0, torch.zeros_like(p), torch.zeros_like(p)]
            self.state[i][0] += 1
            t, m, v = self.state[i]
            m.lerp_(g, 1 - self.betas[0])
            v.mul_(self.betas[1]).addcmul_(g, g, value=1 - self.betas[1])
            root = (v / (1 - self.betas[1] ** t)).sqrt().add(self.eps)
            moved.append(p * (1 - rate * self.decay) - rate / (1 - self.betas[0] ** t) * m / root)
        return moved
