"""The terminal face."""

from cairn.cli.main import main

__all__ = ["main"]
