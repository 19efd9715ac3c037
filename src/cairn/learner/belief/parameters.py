"""What belief assumes of people before it has heard this one: fitted to other learners, or general."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from cairn.learner.belief.arrays import Floats
from cairn.learner.belief.component import Component, Kind

FORMAT = 1
Needs = Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True, eq=False)
class Parameters:
    """A distribution over what people know, on one graph.

    Attributes:
        needs: for each position of the graph the positions of its direct prerequisites, ascending.
        components: the ways knowledge comes about; their weights add up to 1.
    """

    needs: tuple[tuple[int, ...], ...]
    components: tuple[Component, ...]

    def __post_init__(self) -> None:
        n, m = len(self.needs), sum(map(len, self.needs))
        if not self.components:
            msg = "parameters need at least one component"
            raise ValueError(msg)
        for c in self.components:
            if c.bias.shape != (n,) or c.loadings.shape[:1] != (n,) or c.leak.shape != (m,):
                msg = (
                    f"the parameters do not fit the graph: it has {n} skills and {m} edges, they are for "
                    f"{c.bias.shape[0]} and {c.leak.shape[0]}; fit them again"
                )
                raise ValueError(msg)

    @property
    def edges(self) -> tuple[tuple[int, int], ...]:
        """(upper, lower) for each edge, in the order of `Component.leak`."""
        return tuple((i, p) for i, needed in enumerate(self.needs) for p in needed)

    @classmethod
    def general(
        cls,
        needs: Needs,
        groups: Sequence[int] | None = None,
        ease: Sequence[float] | None = None,
        leak: float = 0.02,
    ) -> Parameters:
        """What is assumed where nothing was learned from other people.

        Two ways of knowing, three to one: people who climbed, by an ability and a bent for each group of skills,
        the harder the higher; and people who sought a few goals.

        Args:
            needs: for each position the positions of its direct prerequisites; all are smaller.
            groups: for each position a number from 0 on: the field it belongs to. Default: one field.
            ease: for each position, added to the log odds that it is known where it can be: a person's
                background, as `eased` gives it.
            leak: P(upper known | lower unknown) over P(upper known | lower known).
        """
        tidy = tuple(tuple(sorted(needed)) for needed in needs)
        n, m = len(tidy), sum(map(len, tidy))
        height = np.zeros(n)
        for i, needed in enumerate(tidy):
            height[i] = 1 + max((height[p] for p in needed), default=-1.0)
        if n:
            height = (height - height.mean()) / max(float(height.std()), 1e-9)
        field = np.zeros(n, dtype=int) if groups is None else np.asarray(groups)
        fields = int(field.max(initial=0)) + 1
        bents = np.eye(fields)[field] if fields > 1 else np.zeros((n, 0))
        climbed = Component(
            Kind.CLIMBED, 0.75,
            bias=1.8 - 1.2 * height + (0.0 if ease is None else np.asarray(ease, dtype=float)),
            loadings=np.hstack([np.full((n, 1), 1.8), 0.9 * bents]),
            leak=np.full(m, leak),
        )  # fmt: skip
        sought = Component(
            Kind.SOUGHT, 0.25,
            bias=3.2 + 0.4 * height - (0.0 if ease is None else np.asarray(ease, dtype=float)),
            loadings=np.hstack([np.full((n, 1), -0.8), -0.9 * bents]),
            leak=np.full(m, leak),
        )  # fmt: skip
        return cls(tidy, (climbed, sought))

    def eased(self, ease: Floats) -> Parameters:
        """The same for a person to whom skills come with other odds: a background.

        Args:
            ease: shape (n,), added to the log odds of each skill where it can be known.
        """
        signs = {Kind.CLIMBED: 1.0, Kind.SOUGHT: -1.0}
        changed = [replace(c, bias=c.bias + signs[c.kind] * ease) for c in self.components]
        return replace(self, components=tuple(changed))

    def to_dict(self) -> dict[str, Any]:
        """As plain values, for JSON. `Parameters.from_dict` reads them."""
        return {
            "format": FORMAT,
            "needs": [list(needed) for needed in self.needs],
            "components": [
                {
                    "kind": c.kind.value,
                    "weight": c.weight,
                    "bias": np.round(c.bias, 4).tolist(),
                    "loadings": np.round(c.loadings, 4).tolist(),
                    "leak": np.round(c.leak, 5).tolist(),
                    "hole": round(c.hole, 5),
                    "stray": round(c.stray, 5),
                }
                for c in self.components
            ],
        }

    @classmethod
    def from_dict(cls, document: Mapping[str, Any]) -> Parameters:
        """Read what `to_dict` gave.

        Raises:
            ValueError: it is of another format, or its parts do not fit each other.
        """
        if document.get("format") != FORMAT:
            msg = f"parameters of format {document.get('format')!r}; this version reads {FORMAT}: fit them again"
            raise ValueError(msg)
        try:
            needs = tuple(tuple(map(int, needed)) for needed in document["needs"])
            components = tuple(
                Component(
                    Kind(c["kind"]),
                    float(c["weight"]),
                    np.asarray(c["bias"], dtype=float),
                    np.asarray(c["loadings"], dtype=float).reshape(len(needs), -1),
                    np.asarray(c["leak"], dtype=float),
                    float(c["hole"]),
                    float(c["stray"]),
                )
                for c in document["components"]
            )
            return cls(needs, components)
        except (KeyError, TypeError) as error:
            msg = f"the parameters are incomplete: {error}"
            raise ValueError(msg) from error
