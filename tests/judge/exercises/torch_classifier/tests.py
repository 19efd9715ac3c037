"""What softmax regression in PyTorch must do."""

import numpy as np

from cairn.judge import checks as c

N, D, K = c.dim(1, 5), c.dim(1, 4), c.dim(2, 4)
WEIGHTS, INPUTS, CLASSES = c.arrays(shape=(D, K)), c.arrays(shape=(N, D)), c.arrays(shape=N, integers=True, high=1)


def data(rng, n=6, d=3, k=4):
    return rng.normal(size=(d, k)), rng.normal(size=(n, d)), rng.integers(0, k, size=n)


@c.check("the loss agrees with the reference")
def loss(learner, reference, rng):
    c.same_as_reference(learner.cross_entropy, reference.cross_entropy, WEIGHTS, INPUTS, CLASSES)


@c.check("the loss is one number")
def one_number(learner, reference, rng):
    c.shape(learner.cross_entropy(*data(rng)), ())


@c.check("the gradient agrees with finite differences")
def slope(learner, reference, rng):
    W, x, y = data(rng)
    c.gradient(reference.cross_entropy, learner.gradients, {"W": W, "x": x, "y": y}, wrt=("W",))


@c.check("the gradient agrees with the reference")
def slope_too(learner, reference, rng):
    c.same_as_reference(learner.gradients, reference.gradients, WEIGHTS, INPUTS, CLASSES)


@c.check("the gradient keeps the dtype")
def kind(learner, reference, rng):
    W, x, y = data(rng)
    c.dtype(learner.gradients(W.astype(np.float32), x.astype(np.float32), y), np.float32)


@c.check("the module has d times k parameters")
def parameters(learner, reference, rng):
    c.parameter_count(learner.Classifier(3, 4).parameters(), 12)


@c.check("steps of gradient descent agree with the reference")
def training(learner, reference, rng):
    def scenario(module, x, y):
        """three steps of gradient descent agree with the reference"""
        model = module.Classifier(x.shape[1], 3)
        losses = [module.step(model, x, y, 0.5) for _ in range(3)]
        return losses, model(x), model.W

    c.same_behaviour(learner, reference, scenario, INPUTS, CLASSES, examples=4)


@c.check("the inputs are left as they were")
def untouched(learner, reference, rng):
    c.no_mutation(learner.gradients, *data(rng))


@c.check("the loss survives large logits", axis="stable")
def large(learner, reference, rng):
    W, x, y = data(rng)
    c.stable(learner.cross_entropy, reference.cross_entropy, inputs=lambda rng: (W, x, y), magnitudes=(1, 5, 10, 30))


@c.check("uses no ready-made loss", axis="from scratch")
def scratch(learner, reference, rng):
    forbidden = ("torch.nn.functional.*", "torch.nn.CrossEntropyLoss*", "torch.autograd.grad", "torch.optim.*")
    c.from_scratch(learner.cross_entropy, *data(rng), forbid=forbidden)
    c.from_scratch(learner.gradients, *data(rng), forbid=forbidden)
