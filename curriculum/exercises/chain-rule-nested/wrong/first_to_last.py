# misconception: adjoints-in-forward-order
# says: You visit the steps from first to last on the way back; a node then passes its number on before its users have reported.
# repairs: computational-graphs#failure-modes
# caught by: nested functions multiply their slopes
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
    for step in range(len(program)):
        _, *parents = program[step]
        for parent, slope in zip(parents, partials[step]):
            adjoints[parent] += adjoints[len(x) + step] * slope
    return adjoints[: len(x)]


def _run(program, x):
    values, partials = list(x), []
    for operation, *parents in program:
        value, slopes = OPERATIONS[operation](*(values[parent] for parent in parents))
        values.append(value)
        partials.append(slopes)
    return values, partials
