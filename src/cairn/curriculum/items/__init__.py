"""Items: questions graded by the machine, drawn from a seed. The map does not need them: imported where used."""
