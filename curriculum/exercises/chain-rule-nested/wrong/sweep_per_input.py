# misconception: one-sweep-per-input
# says: You run one forward sweep for every input; going back from the output, a single sweep serves all of them.
# repairs: automatic-differentiation#statement
# caught by: one sweep back serves all inputs
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
    gradient = []
    for i in range(len(x)):
        direction = [0.0] * len(x)
        direction[i] = 1.0
        gradient.append(forward(program, x, direction)[1])
    return gradient


def _run(program, x):
    values, partials = list(x), []
    for operation, *parents in program:
        value, slopes = OPERATIONS[operation](*(values[parent] for parent in parents))
        values.append(value)
        partials.append(slopes)
    return values, partials
