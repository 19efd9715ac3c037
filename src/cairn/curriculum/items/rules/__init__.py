"""The rules that a good item keeps, each on its own."""
