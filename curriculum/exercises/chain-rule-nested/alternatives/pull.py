"""Each node asks its users instead of being told: the sum in the definition of the adjoint, with arrays."""

import numpy as np


def _slopes(name, values):
    a, b = values[0], values[-1]
    table = {
        "add": (1.0, 1.0),
        "sub": (1.0, -1.0),
        "mul": (b, a),
        "sin": (np.cos(a),),
        "exp": (np.exp(a),),
    }
    return table[name] if name in table else (1.0 / a,)


def evaluate(program, x):
    values = [np.float64(t) for t in x]
    for name, *parents in program:
        args = [values[p] for p in parents]
        result = getattr(np, {"sub": "subtract", "mul": "multiply"}.get(name, name))(*args)
        values.append(result)
    return values


def forward(program, x, v):
    values = evaluate(program, x)
    rates = np.concatenate([np.asarray(v, dtype=float), np.zeros(len(program))])
    for node, (name, *parents) in enumerate(program, start=len(x)):
        rates[node] = np.dot(_slopes(name, [values[p] for p in parents]), rates[parents])
    return float(values[-1]), float(rates[-1])


def backward(program, x):
    values = evaluate(program, x)
    users = [[] for _ in values]
    for node, (name, *parents) in enumerate(program, start=len(x)):
        for parent, slope in zip(parents, _slopes(name, [values[p] for p in parents])):
            users[parent].append((node, slope))
    adjoint = [0.0] * len(values)
    adjoint[-1] = 1.0
    for node in range(len(values) - 2, -1, -1):
        adjoint[node] = sum(adjoint[user] * slope for user, slope in users[node])
    return [float(a) for a in adjoint[: len(x)]]
