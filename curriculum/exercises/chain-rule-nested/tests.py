"""What evaluation and the two sweeps over a graph must do."""

import math
import operator

import numpy as np

from cairn.judge import checks as c

ONE = {"sin": math.sin, "exp": math.exp, "log": math.log}
TWO = {"add": operator.add, "sub": operator.sub, "mul": operator.mul}


def grown(inputs, steps, seed):
    """A program drawn by chance in which every value stays moderate, and its inputs and rates."""
    rng = np.random.default_rng([inputs, steps, seed])
    x = [float(t) for t in np.round(rng.uniform(-1.5, 1.5, size=inputs), 2)]
    program, values = [], list(x)
    for _ in range(steps):
        name, (i, j) = str(rng.choice([*ONE, *TWO])), (int(k) for k in rng.integers(len(values), size=2))
        if (name == "log" and values[i] < 0.1) or (name == "exp" and values[i] > 3) or abs(values[i]) > 50:
            name = "sin"
        program.append((name, i) if name in ONE else (name, i, j))
        values.append(ONE[name](values[i]) if name in ONE else TWO[name](values[i], values[j]))
    return program, x, [float(t) for t in np.round(rng.normal(size=inputs), 2)]


def on_programs(learner, reference, phrase, ask, hint, examples=10):
    """A property of programs drawn by chance: the learner's module answers as the reference does."""

    def holds(inputs, steps, seed):
        program, x, v = grown(inputs, steps, seed)
        args = (program, x, v) if ask == "forward" else (program, x)
        agree(getattr(learner, ask), getattr(reference, ask), args, hint)

    c.property(holds, c.integers(1, 3), c.integers(1, 7), c.integers(0, 999), examples=examples, name=phrase)


def agree(function, reference, args, hint, **tolerance):
    """One call gives what the reference gives; where it does not, the hint comes first."""
    try:
        c.same_as_reference(function, reference, *map(c.just, args), examples=1, **tolerance)
    except c.CheckFailed as failure:
        if failure.finding.outcome != "wrong":
            raise
        raise failure.because(message=f"{hint} {failure.finding.message}") from failure.__cause__


@c.check("evaluate gives the value of every node")
def values(learner, reference, rng):
    on_programs(learner, reference, "evaluate gives the value of every node", "evaluate", "", examples=6)
    c.close(learner.evaluate([("add", 0, 1), ("mul", 2, 1)], [2.0, 3.0]), [2.0, 3.0, 5.0, 15.0])


@c.check("forward carries a rate of change")
def forward(learner, reference, rng):
    hint = "A node's rate is the sum over its parents of partial derivative times the parent's rate."
    agree(learner.forward, reference.forward, ([("mul", 0, 1)], [2.0, 3.0], [1.0, 1.0]), hint)
    on_programs(learner, reference, "forward gives the value and its rate of change", "forward", hint)


@c.check("nested functions multiply their slopes")
def nested(learner, reference, rng):
    def chain(names, x):
        """the derivative of a chain is the product of the slopes, each at the value that goes in"""
        program = [(name, i) for i, name in enumerate(names)]
        slope, value = 1.0, x
        for name in names:
            slope *= np.cos(value) if name == "sin" else np.exp(value)
            value = np.sin(value) if name == "sin" else np.exp(value)
        text = "Take each slope at the value that goes into the step, and multiply from the last step to the first."
        agree(learner.backward, lambda program, x: [slope], (program, [x]), text)

    names = c.sampled(("sin",), ("sin", "sin"), ("exp", "sin"), ("sin", "exp", "sin"))
    c.property(chain, names, c.floats(-1, 1), examples=8)


@c.check("contributions of several routes add up")
def routes(learner, reference, rng):
    text = "Each route to the output contributes a term; add them."
    square, both = [("mul", 0, 0)], [("add", 0, 1), ("mul", 2, 1)]
    back = [("sub", 0, 0), ("exp", 0), ("mul", 2, 2), ("add", 3, 1)]
    for program, x, right in ((both, [2.0, 3.0], [3.0, 8.0]), (square, [3.0], [6.0])):
        agree(learner.backward, lambda program, x, right=right: right, (program, x), text)
    agree(learner.backward, reference.backward, (back, [0.5]), text)


@c.check("backward gives the derivative by every input")
def backward(learner, reference, rng):
    hint = "In reverse order, every node adds its adjoint times a slope to each of its parents."
    on_programs(learner, reference, "backward gives the derivative by every input", "backward", hint)


@c.check("one sweep back serves all routes", axis="efficient")
def forks(learner, reference, rng):
    def diamonds(n):
        """n forks one after the other: 2^n routes from the input to the output."""
        return [("add", i, i) for i in range(n)], [1.0]

    c.cost(learner.backward, diamonds, at_most=1, sizes=(2, 5, 10))


@c.check("one sweep back serves all inputs", axis="efficient")
def springs(learner, reference, rng):
    def total(n):
        """The sum of n inputs."""
        return [("add", 0, 1), *(("add", n + i, i + 2) for i in range(n - 2))], [1.0] * n

    c.cost(learner.backward, total, at_most=1, sizes=(6, 12, 24))


@c.check("the arguments are left as they were")
def untouched(learner, reference, rng):
    program = [("add", 0, 1), ("mul", 2, 1), ("sin", 3)]
    c.no_mutation(learner.evaluate, program, [2.0, 3.0])
    c.no_mutation(learner.forward, program, [2.0, 3.0], [0.0, 1.0])
    c.no_mutation(learner.backward, program, [2.0, 3.0])
