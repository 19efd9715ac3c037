"""Who else speaks: readers of foreign maps."""
