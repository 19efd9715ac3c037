"""What runs inside: the warm parent, the child that holds one submission, and what watches its calls.

These modules are copied, with `protocol` and `sandbox`, to a folder of their own and started from there:
nothing else of Cairn can be imported, read or seen by them.
"""
