import math


class Value:
    """A number that remembers how it was computed.

    data: the number
    grad: what backward() has added up so far; 0.0 before

    Supports +, -, *, / with values and plain numbers on either side, unary -, ** with a plain exponent,
    relu() and tanh(). backward() fills in the gradients of everything the value depends on.
    """

    def __init__(self, data):
        self.data = data
        self.grad = 0.0

    def __add__(self, other):
        raise NotImplementedError

    def __mul__(self, other):
        raise NotImplementedError

    def __pow__(self, exponent):
        raise NotImplementedError

    def relu(self):
        raise NotImplementedError

    def tanh(self):
        raise NotImplementedError

    def backward(self):
        raise NotImplementedError

    # Add the other operators: -a, a - b, a / b, and those with a plain number on the left.


def value_and_gradients(f, *numbers):
    """The value of f at some numbers, and its derivatives.

    f: takes one Value for each number, returns a Value
    numbers: plain numbers

    Returns (value, gradients): a number, and a list with one derivative for each of the numbers.
    """
    raise NotImplementedError
