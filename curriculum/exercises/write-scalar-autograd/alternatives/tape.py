"""Counts the users of each value and lets it pass its gradient on when the last of them has reported."""

from math import tanh


class Value:
    def __init__(self, data, *edges):
        self.data, self.grad, self.edges = data, 0.0, edges

    def _binary(self, other, result, left, right):
        if isinstance(other, Value):
            return Value(result, (self, left), (other, right))
        return Value(result, (self, left))

    def __add__(self, other):
        b = getattr(other, "data", other)
        return self._binary(other, self.data + b, 1, 1)

    def __sub__(self, other):
        b = getattr(other, "data", other)
        return self._binary(other, self.data - b, 1, -1)

    def __mul__(self, other):
        b = getattr(other, "data", other)
        return self._binary(other, self.data * b, b, self.data)

    def __truediv__(self, other):
        b = getattr(other, "data", other)
        return self._binary(other, self.data / b, 1 / b, -self.data / (b * b))

    def __radd__(self, other):
        return Value(other + self.data, (self, 1))

    def __rsub__(self, other):
        return Value(other - self.data, (self, -1))

    def __rmul__(self, other):
        return Value(other * self.data, (self, other))

    def __rtruediv__(self, other):
        return Value(other / self.data, (self, -other / self.data**2))

    def __neg__(self):
        return Value(-self.data, (self, -1))

    def __pow__(self, n):
        return Value(self.data**n, (self, n * self.data ** (n - 1)))

    def relu(self):
        on = self.data > 0
        return Value(self.data * on, (self, int(on)))

    def tanh(self):
        t = tanh(self.data)
        return Value(t, (self, (1 - t) * (1 + t)))

    def backward(self):
        users = {self: 0}
        queue = [self]
        for value in queue:
            for parent, _ in value.edges:
                if parent not in users:
                    users[parent] = 0
                    queue.append(parent)
                users[parent] += 1
        flow = dict.fromkeys(users, 0.0)
        flow[self] = 1.0
        ready = [self]
        while ready:
            value = ready.pop()
            value.grad += flow[value]
            for parent, slope in value.edges:
                flow[parent] += slope * flow[value]
                users[parent] -= 1
                if not users[parent]:
                    ready.append(parent)


def value_and_gradients(f, *numbers):
    xs = tuple(map(Value, numbers))
    y = f(*xs)
    y.backward()
    return [y.data, tuple(x.grad for x in xs)]
