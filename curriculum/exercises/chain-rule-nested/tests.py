"""What evaluation and the two sweeps over a graph must do."""

import numpy as np

from cairn.judge import checks as c

ONE, TWO = ("sin", "exp", "log"), ("add", "sub", "mul")


def grown(reference, inputs, steps, seed):
    """A program drawn by chance in which every value stays moderate, and its inputs and rates."""
    rng = np.random.default_rng([inputs, steps, seed])
    x = [float(t) for t in np.round(rng.uniform(-1.5, 1.5, size=inputs), 2)]
    program: list[tuple] = []
    while len(program) < steps:
        nodes = inputs + len(program)
        if rng.random() < 0.5:
            step = (str(rng.choice(ONE)), int(rng.integers(nodes)))
        else:
            step = (str(rng.choice(TWO)), int(rng.integers(nodes)), int(rng.integers(nodes)))
        values = reference.evaluate(program, x)
        inside = values[step[1]]
        if (step[0] == "log" and inside < 0.1) or (step[0] == "exp" and abs(inside) > 3) or abs(inside) > 50:
            step = ("sin", step[1])
        program.append(step)
    return program, x, [float(t) for t in np.round(rng.normal(size=inputs), 2)]


def on_programs(learner, reference, phrase, ask, hint, examples=16):
    """A property of programs drawn by chance: the learner's module answers as the reference does."""

    def holds(inputs, steps, seed):
        program, x, v = grown(reference, inputs, steps, seed)
        args = (program, x, v) if ask == "forward" else (program, x)
        got = getattr(learner, ask)(*args)
        c.close(got, getattr(reference, ask)(*args), what=ask, inputs=args, message=hint)

    c.property(holds, c.integers(1, 3), c.integers(1, 7), c.integers(0, 999), examples=examples, name=phrase)


@c.check("evaluate gives the value of every node")
def values(learner, reference, rng):
    on_programs(learner, reference, "evaluate gives the value of every node", "evaluate", "", examples=10)
    c.close(learner.evaluate([("add", 0, 1), ("mul", 2, 1)], [2.0, 3.0]), [2.0, 3.0, 5.0, 15.0])


@c.check("forward carries a rate of change")
def forward(learner, reference, rng):
    hint = "A node's rate is the sum over its parents of partial derivative times the parent's rate."
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
        c.close(learner.backward(program, [x]), [slope], what="backward", inputs=(program, [x]), message=text)

    names = c.sampled(("sin",), ("sin", "sin"), ("exp", "sin"), ("sin", "exp", "sin"))
    c.property(chain, names, c.floats(-1, 1), examples=8)


@c.check("contributions of several routes add up")
def routes(learner, reference, rng):
    text = "Each route to the output contributes a term; add them."
    square, both = [("mul", 0, 0)], [("add", 0, 1), ("mul", 2, 1)]
    back = [("sub", 0, 0), ("exp", 0), ("mul", 2, 2), ("add", 3, 1)]
    for program, x, right in ((square, [3.0], [6.0]), (both, [2.0, 3.0], [3.0, 8.0])):
        c.close(learner.backward(program, x), right, what="backward", inputs=(program, x), message=text)
    wide = learner.backward(back, [0.5])
    c.close(wide, reference.backward(back, [0.5]), what="backward", inputs=(back, [0.5]), message=text)


@c.check("backward gives the derivative by every input")
def backward(learner, reference, rng):
    hint = "In reverse order, every node adds its adjoint times a slope to each of its parents."
    on_programs(learner, reference, "backward gives the derivative by every input", "backward", hint)


@c.check("one sweep back serves all inputs and routes", axis="efficient")
def sweep(learner, reference, rng):
    def diamonds(n):
        """n forks one after the other: 2^n routes from the input to the output."""
        return [("add", i, i) for i in range(n)], [1.0]

    def total(n):
        """The sum of n inputs."""
        return [("add", 0, 1), *(("add", n + i, i + 2) for i in range(n - 2))], [1.0] * n

    c.cost(learner.backward, diamonds, at_most=1, sizes=(3, 6, 12))
    c.cost(learner.backward, total, at_most=1, sizes=(6, 12, 24))


@c.check("the arguments are left as they were")
def untouched(learner, reference, rng):
    program = [("add", 0, 1), ("mul", 2, 1), ("sin", 3)]
    c.no_mutation(learner.evaluate, program, [2.0, 3.0])
    c.no_mutation(learner.forward, program, [2.0, 3.0], [0.0, 1.0])
    c.no_mutation(learner.backward, program, [2.0, 3.0])
