# misconception: repeated-parent-counted-once
# says: You keep one slope for each parent; in x times x the same parent stands twice, and both places contribute.
# repairs: chain-rule#failure-modes
# caught by: contributions of several routes add up
# caught by: backward gives the derivative by every input
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
    values, _ = _run(program, x)
    return values


def forward(program, x, v):
    values, partials = _run(program, x)
    rates = list(v)
    for (_, *parents), slopes in zip(program, partials):
        # Rates multiply along an edge and add up where edges meet.
        rates.append(sum(slope * rates[parent] for slope, parent in zip(slopes, parents)))
    return values[-1], rates[-1]


def backward(program, x):
    values, partials = _run(program, x)
    adjoints = [0.0] * len(values)
    adjoints[-1] = 1.0
    # In reverse order every user of a node has reported before the node itself passes anything on.
    for step in reversed(range(len(program))):
        _, *parents = program[step]
        for parent, slope in dict(zip(parents, partials[step])).items():
            adjoints[parent] += adjoints[len(x) + step] * slope
    return adjoints[: len(x)]


def _run(program, x):
    values, partials = list(x), []
    for operation, *parents in program:
        value, slopes = OPERATIONS[operation](*(values[parent] for parent in parents))
        values.append(value)
        partials.append(slopes)
    return values, partials
