"""Values and derivatives of a formula given as a list of steps."""

import math


def evaluate(program, x):
    """Compute every node.

    Args:
        program: steps such as ("mul", 0, 1) or ("sin", 2); operations add, sub, mul, sin, exp, log.
        x: the n inputs, a list of floats.

    Returns:
        A list of n + len(program) floats: the inputs, then the result of each step.
    """
    raise NotImplementedError


def forward(program, x, v):
    """Carry a rate of change from the inputs to the output.

    Args:
        program: as in evaluate.
        x: the n inputs.
        v: the rate of change of each input, a list of n floats.

    Returns:
        A tuple: the value of the last node, and its rate of change.
    """
    raise NotImplementedError


def backward(program, x):
    """Carry the derivative of the output back to all inputs in one sweep.

    Args:
        program: as in evaluate.
        x: the n inputs.

    Returns:
        A list of n floats, the derivative of the last node by each input.
    """
    raise NotImplementedError
