import torch


class AdamW:
    """Adam with decoupled weight decay.

    beta1: how much of the old average of gradients stays
    beta2: how much of the old average of squared gradients stays
    eps: added to the root, not under it
    decay: the weight decay; a step shrinks the parameters by the factor 1 - rate * decay
    """

    def __init__(self, beta1=0.9, beta2=0.999, eps=1e-8, decay=0.01):
        raise NotImplementedError

    def step(self, parameters, gradients, rate):
        """One update.

        parameters: list of tensors
        gradients: list of tensors, of the same shapes in the same order
        rate: the learning rate of this step

        Returns the list of new parameters. The arguments stay unchanged.
        """
        raise NotImplementedError
