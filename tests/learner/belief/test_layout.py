from __future__ import annotations

from hypothesis import given, settings

from cairn.learner.belief.layout import Layout
from tests.learner.belief.worlds import graphs

Needs = tuple[tuple[int, ...], ...]


@given(graphs(most=14))
@settings(max_examples=60, deadline=None)
def test_blocks_change_at_once(needs: Needs) -> None:
    """Each skill is in one block, and no two of a block are joined by an edge or by a common upper skill."""
    layout = Layout.of(needs)
    seen: list[int] = []
    for block in layout.blocks:
        members = layout.order[block.start : block.stop].tolist()
        seen += members
        for upper in range(len(needs)):
            family = {upper, *needs[upper]}
            assert len(family.intersection(members)) <= 1
        assert len(set(block.above.tolist())) == len(block.above)
    assert sorted(seen) == list(range(len(needs)))


@given(graphs(most=14))
@settings(max_examples=60, deadline=None)
def test_edges_are_all_there(needs: Needs) -> None:
    """Each edge is found once in the blocks, once in the tiers, and its ends are the right rows."""
    layout = Layout.of(needs)
    wanted = sorted((i, p) for i, needed in enumerate(needs) for p in needed)
    ends = [
        (int(layout.order[u]), int(layout.order[v])) for u, v in zip(layout.upper, layout.lower, strict=True)
    ]
    assert sorted(ends) == wanted
    in_blocks = [
        (int(layout.order[above]), int(layout.order[block.start + own]))
        for block in layout.blocks
        for above, own in zip(block.above, block.own, strict=True)
    ]
    assert sorted(in_blocks) == wanted
    assert sorted(int(e) for block in layout.blocks for e in block.edges) == list(range(len(wanted)))
    assert sum(len(tier.lower) for tier in layout.tiers) == len(wanted)


@given(graphs(most=14))
@settings(max_examples=40, deadline=None)
def test_tiers_look_down(needs: Needs) -> None:
    """A tier's skills require only skills of lower tiers."""
    layout = Layout.of(needs)
    for tier in layout.tiers:
        assert all(lower < tier.start for lower in tier.lower.tolist())
