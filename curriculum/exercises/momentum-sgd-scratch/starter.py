import numpy as np


class MomentumSGD:
    """Stochastic gradient descent with momentum.

    beta: how much of the old velocity stays, 0 <= beta < 1
    averaging: False for v = beta v + g (heavy ball), True for v = beta v + (1 - beta) g
    """

    def __init__(self, beta=0.9, averaging=False):
        raise NotImplementedError

    def step(self, parameters, gradients, rate):
        """One update.

        parameters: list of arrays
        gradients: list of arrays, of the same shapes in the same order
        rate: the learning rate of this step

        Returns the list of new parameters. The arguments stay unchanged.
        """
        raise NotImplementedError
