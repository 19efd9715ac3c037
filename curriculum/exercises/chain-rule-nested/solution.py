"""Values and derivatives of a formula given as a list of steps."""

import math

# For each operation: its value and its partial derivatives, both taken at the values of its parents.
OPERATIONS = {
    "add": lambda a, b: (a + b, (1.0, 1.0)),
    "sub": lambda a, b: (a - b, (1.0, -1.0)),
    "mul": lambda a, b: (a * b, (b, a)),
    "sin": lambda a: (math.sin(a), (math.cos(a),)),
    "exp": lambda a: (math.exp(a), (math.exp(a),)),
    "log": lambda a: (math.log(a), (1.0 / a,)),
}


def evaluate(program, x):
    """The values of all nodes, inputs first."""
    values, _ = _run(program, x)
    return values


def forward(program, x, v):
    """(value, rate of change) of the last node, when the inputs change at the rates v."""
    values, partials = _run(program, x)
    rates = list(v)
    for (_, *parents), slopes in zip(program, partials):
        # Rates multiply along an edge and add up where edges meet.
        rates.append(sum(slope * rates[parent] for slope, parent in zip(slopes, parents)))
    return values[-1], rates[-1]


def backward(program, x):
    """The derivative of the last node by each input."""
    values, partials = _run(program, x)
    adjoints = [0.0] * len(values)
    adjoints[-1] = 1.0
    # In reverse order every user of a node has reported before the node itself passes anything on.
    for step in reversed(range(len(program))):
        _, *parents = program[step]
        for parent, slope in zip(parents, partials[step]):
            adjoints[parent] += adjoints[len(x) + step] * slope
    return adjoints[: len(x)]


def _run(program, x):
    """The values of all nodes, and the partial derivatives of each step by its parents."""
    values, partials = list(x), []
    for operation, *parents in program:
        value, slopes = OPERATIONS[operation](*(values[parent] for parent in parents))
        values.append(value)
        partials.append(slopes)
    return values, partials
