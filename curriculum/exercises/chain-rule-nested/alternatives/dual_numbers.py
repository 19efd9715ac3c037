"""Pairs of value and rate forwards; a tape of closures backwards."""

import math


def _apply(name, parents):
    if name == "add":
        return parents[0] + parents[1]
    if name == "sub":
        return parents[0] - parents[1]
    if name == "mul":
        return parents[0] * parents[1]
    return {"sin": math.sin, "exp": math.exp, "log": math.log}[name](parents[0])


def evaluate(program, x):
    values = [float(t) for t in x]
    for name, *parents in program:
        values.append(_apply(name, [values[p] for p in parents]))
    return values


def forward(program, x, v):
    pairs = list(zip(map(float, x), map(float, v)))
    for name, *parents in program:
        given = [pairs[p] for p in parents]
        value = _apply(name, [a for a, _ in given])
        (a, da), (b, db) = given[0], given[-1]
        rate = {
            "add": lambda: da + db,
            "sub": lambda: da - db,
            "mul": lambda: da * b + a * db,
            "sin": lambda: da * math.cos(a),
            "exp": lambda: da * value,
            "log": lambda: da / a,
        }[name]()
        pairs.append((value, rate))
    return pairs[-1]


def backward(program, x):
    values = evaluate(program, x)
    grads = {len(values) - 1: 1.0}
    for node in range(len(values) - 1, len(x) - 1, -1):
        g = grads.pop(node, 0.0)
        name, *parents = program[node - len(x)]
        a, b = values[parents[0]], values[parents[-1]]
        if name in ("add", "sub"):
            shares = [g, g if name == "add" else -g]
        elif name == "mul":
            shares = [g * b, g * a]
        elif name == "sin":
            shares = [g * math.cos(a)]
        elif name == "exp":
            shares = [g * values[node]]
        else:
            shares = [g / a]
        for p, share in zip(parents, shares):
            grads[p] = grads.get(p, 0.0) + share
    return [grads.get(i, 0.0) for i in range(len(x))]
