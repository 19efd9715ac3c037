"""Add two numbers."""


def add(a, b):
    """The sum of two arrays of the same shape."""
    raise NotImplementedError
