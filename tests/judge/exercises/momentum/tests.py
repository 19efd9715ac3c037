"""What an optimiser with momentum must do."""

from cairn.judge import checks as c

n = c.dim(1, 3)
weights = c.lists(c.arrays(shape=(n, 2)), min_size=1, max_size=2)
rates = c.sampled(1.0, 0.5, 0.1)
betas = c.sampled(0.5, 0.9, 0.0)


def gradients(params):
    """Gradients of a bowl that is not round, so that every step differs from the one before."""
    return [3 * p + 1 for p in params]


@c.check("the first step is plain gradient descent")
def first(learner, reference, rng):
    def one_step(module, params, lr):
        """one step gives w - lr * g"""
        return module.Momentum(lr).step(params, gradients(params))

    c.same_behaviour(learner, reference, one_step, weights, rates)


@c.check("five steps agree with the reference")
def five(learner, reference, rng):
    def five_steps(module, params, lr, beta):
        """five steps give the reference's parameters"""
        optimiser = module.Momentum(lr, beta)
        for _ in range(5):
            params = optimiser.step(params, gradients(params))
        return params

    c.same_behaviour(learner, reference, five_steps, weights, rates, betas)


@c.check("the velocities can be read")
def velocities(learner, reference, rng):
    def read(module, params):
        """velocities holds the velocities"""
        optimiser = module.Momentum(0.1)
        for _ in range(2):
            params = optimiser.step(params, gradients(params))
        return optimiser.velocities

    c.same_behaviour(learner, reference, read, weights)


@c.check("two optimisers do not share their velocities")
def separate(learner, reference, rng):
    def both(module, params):
        """a second optimiser starts from rest"""
        one, two = module.Momentum(0.1), module.Momentum(0.1)
        one.step(params, gradients(params))
        return two.step(params, gradients(params))

    c.same_behaviour(learner, reference, both, weights)


@c.check("beta is 0.9 unless it is given")
def default(learner, reference, rng):
    c.close(learner.Momentum(0.1).beta, 0.9)


@c.check("the parameters passed in are left as they were")
def untouched(learner, reference, rng):
    optimiser = learner.Momentum(0.1)
    params = [rng.normal(size=(2, 3)), rng.normal(size=3)]
    c.no_mutation(optimiser.step, params, gradients(params))
