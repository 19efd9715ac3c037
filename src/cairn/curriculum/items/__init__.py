"""Items: questions graded by the machine, drawn from a seed. Imported where they are used; the map does not need them."""
