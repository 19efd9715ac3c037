"""Each operation leaves a function that passes the gradient on; the order is the order of creation."""

import itertools
import math

_clock = itertools.count()


class Value:
    def __init__(self, data, parents=()):
        self.data = float(data)
        self.grad = 0.0
        self.parents = parents
        self.born = next(_clock)
        self.push = lambda: None

    def __add__(self, other):
        if not isinstance(other, Value):
            other = Value(other)
        out = Value(self.data + other.data, (self, other))

        def push():
            self.grad += out.grad
            other.grad += out.grad

        out.push = push
        return out

    def __mul__(self, other):
        if not isinstance(other, Value):
            other = Value(other)
        out = Value(self.data * other.data, (self, other))

        def push():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.push = push
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def push():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.push = push
        return out

    def relu(self):
        out = Value(self.data if self.data > 0 else 0, (self,))

        def push():
            self.grad += (out.data > 0) * out.grad

        out.push = push
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def push():
            self.grad += out.grad / math.cosh(min(abs(self.data), 300.0)) ** 2

        out.push = push
        return out

    def __neg__(self):
        return -1 * self

    def __sub__(self, other):
        return self + (-1 * other)

    def __truediv__(self, other):
        return self * other**-1.0

    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other

    def __rsub__(self, other):
        return Value(other) - self

    def __rtruediv__(self, other):
        return Value(other) / self

    def backward(self):
        # A value is always born after the values it was made from.
        found, waiting = {self}, [self]
        while waiting:
            for parent in waiting.pop().parents:
                if parent not in found:
                    found.add(parent)
                    waiting.append(parent)
        self.grad += 1.0
        for value in sorted(found, key=lambda v: v.born, reverse=True):
            value.push()


def value_and_gradients(f, *numbers):
    inputs = [Value(x) for x in numbers]
    result = f(*inputs)
    result.backward()
    return result.data, [x.grad for x in inputs]
