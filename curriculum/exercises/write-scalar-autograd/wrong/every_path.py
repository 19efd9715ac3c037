# misconception: backward-walks-every-path
# says: You walk every path from the result to the inputs, and k diamonds in a row have 2^k of them.
# repairs: computational-graphs#derivation
# caught by: the sweep visits each operation once
import math


class Value:
    def __init__(self, data, parents=(), slopes=()):
        self.data = data
        self.grad = 0.0
        self._parents = parents
        self._slopes = slopes

    @staticmethod
    def _of(x):
        return x if isinstance(x, Value) else Value(x)

    def __add__(self, other):
        other = Value._of(other)
        return Value(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        other = Value._of(other)
        return Value(self.data * other.data, (self, other), (other.data, self.data))

    def __pow__(self, exponent):
        slope = exponent * self.data ** (exponent - 1)
        return Value(self.data**exponent, (self,), (slope,))

    def relu(self):
        return Value(max(self.data, 0.0), (self,), (1.0 if self.data > 0 else 0.0,))

    def tanh(self):
        t = math.tanh(self.data)
        return Value(t, (self,), (1.0 - t * t,))

    __radd__ = __add__
    __rmul__ = __mul__

    def __neg__(self):
        return self * -1.0

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other

    def __truediv__(self, other):
        return self * Value._of(other) ** -1

    def __rtruediv__(self, other):
        return self**-1 * other

    def backward(self):
        stack = [(self, 1.0)]
        while stack:
            value, flow = stack.pop()
            value.grad += flow
            for parent, slope in zip(value._parents, value._slopes):
                stack.append((parent, slope * flow))


def value_and_gradients(f, *numbers):
    inputs = [Value(x) for x in numbers]
    result = f(*inputs)
    result.backward()
    return result.data, [x.grad for x in inputs]
