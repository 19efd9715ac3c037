"""The tiers: how much stands between the learner's code and the machine."""

from __future__ import annotations

from enum import StrEnum


class Tier(StrEnum):
    """How a runner is held, strongest first. Every verdict names its tier."""

    FULL = "full"
    CHILD_ONLY = "child-only"
    PLAIN = "plain"

    @property
    def layers(self) -> tuple[str, ...]:
        """What holds it, from the outside in."""
        process = ("own process", "limits")
        inner = ("landlock", "seccomp", "no new privileges")
        return {Tier.FULL: ("namespaces", *process, *inner), Tier.CHILD_ONLY: (*process, *inner)}.get(
            self, process
        )

    @property
    def means(self) -> str:
        """One sentence for a person."""
        return {
            Tier.FULL: "No network, no other files, no other processes, in namespaces of its own.",
            Tier.CHILD_ONLY: "No network, no other files, no other processes; this host gives no namespaces.",
            Tier.PLAIN: "A process of its own with limits, no sandbox: run your own code only.",
        }[self]

    @property
    def serves_others(self) -> bool:
        """Whether code of other people may run in it."""
        return self is Tier.FULL


class TierError(RuntimeError):
    """The host cannot give the tier that was asked for, or a probe found a hole in it."""
