# misconception: recursion-over-the-graph
# says: You sort the graph by recursion, and Python stops at a depth of about 1000 calls.
# repairs: automatic-differentiation#failure-modes
# caught by: a long chain is no harder than a short one
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

    def _order(self):
        order, seen = [], set()

        def visit(value):
            if value not in seen:
                seen.add(value)
                for parent in value._parents:
                    visit(parent)
                order.append(value)

        visit(self)
        return order

    def backward(self):
        self.grad += 1.0
        for value in reversed(self._order()):
            for parent, slope in zip(value._parents, value._slopes):
                parent.grad += slope * value.grad


def value_and_gradients(f, *numbers):
    inputs = [Value(x) for x in numbers]
    result = f(*inputs)
    result.backward()
    return result.data, [x.grad for x in inputs]
