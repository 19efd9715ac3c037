"""What holds the learner's code: resource limits, Landlock, seccomp, namespaces. ctypes alone, no package.

These modules run inside the runner too, where Cairn cannot be imported: they use the standard library and
each other, nothing else.
"""
