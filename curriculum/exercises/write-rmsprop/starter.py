import numpy as np


class RMSProp:
    """Gradient descent with a step size for each coordinate.

    rho: how much of the old average of squares stays, 0 <= rho < 1
    eps: added to the root of the average, not under it
    """

    def __init__(self, rho=0.9, eps=1e-8):
        raise NotImplementedError

    def step(self, parameters, gradients, rate):
        """One update.

        parameters: list of arrays
        gradients: list of arrays, of the same shapes in the same order
        rate: the learning rate of this step

        Returns the list of new parameters. The arguments stay unchanged.
        """
        raise NotImplementedError
