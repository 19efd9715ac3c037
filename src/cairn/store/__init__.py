"""Where things are kept: the curriculum folder on disk, and people, evidence and goals in a database."""
