import numpy as np


class Adam:
    """Adaptive moment estimation.

    beta1: how much of the old average of gradients stays
    beta2: how much of the old average of squared gradients stays
    eps: added to the root, not under it
    """

    def __init__(self, beta1=0.9, beta2=0.999, eps=1e-8):
        raise NotImplementedError

    def step(self, parameters, gradients, rate):
        """One update.

        parameters: list of arrays
        gradients: list of arrays, of the same shapes in the same order
        rate: the learning rate of this step

        Returns the list of new parameters. The arguments stay unchanged.
        """
        raise NotImplementedError
