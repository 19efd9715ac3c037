"""Read what a shipped playground shows."""

from __future__ import annotations

from cairn.playgrounds.running import show


def scene(shipped, topic, **values):
    """The scene of a topic's first playground, for values as the form holds them."""
    return show(next(iter(shipped[topic][1].values())), values)


def parts(found, kind):
    """The parts of one kind."""
    return [p for p in found.parts if isinstance(p, kind)]
