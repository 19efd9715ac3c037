"""The checks of pages: what authors declare, what runs them, and what the shipped pages claim."""
