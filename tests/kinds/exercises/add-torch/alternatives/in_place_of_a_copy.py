def add(a, b):
    return b.clone().add_(a)
