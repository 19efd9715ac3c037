# misconception: reflected-operator-not-swapped
# says: You let `2 - x` do what `x - 2` does: in the reflected operator the plain number stands on the left.
# repairs: python-classes-oop#statement
# caught by: plain numbers may stand on either side
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
        return self - other

    def __truediv__(self, other):
        return self * Value._of(other) ** -1

    def __rtruediv__(self, other):
        return self**-1 * other

    def _order(self):
        """All values that this one depends on, each after its parents, with this one at the end."""
        order, seen, stack = [], set(), [(self, False)]
        while stack:
            value, finished = stack.pop()
            if finished:
                order.append(value)
            elif value not in seen:
                seen.add(value)
                stack.append((value, True))
                stack.extend((parent, False) for parent in value._parents)
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
