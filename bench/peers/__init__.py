"""Other methods, to stand beside Cairn's in the benchmarks."""
