"""Requests for tests, said briefly."""

from __future__ import annotations

import random
from datetime import date, timedelta

from cairn.planning import Availability, PaceBelief, Planner, Request, Strictness, Wish

MONDAY = date(2027, 1, 4)


def asked(atlas, *goals, hours=7.0, start=MONDAY, deadline=None, off=(), background=None, **more):
    """A request for some goals."""
    time = Availability.weekly(hours, start, deadline, frozenset(off))
    wishes = tuple(Wish(atlas.target(goal)) for goal in goals)
    return Request(wishes, time, background=atlas.background(background), **more)


def planned(atlas, *goals, past=None, **more):
    """The plan for some goals."""
    return Planner(atlas.curriculum).plan(asked(atlas, *goals, **more), past)


def anybody(atlas, seed):
    """A request that somebody might make: goals, hours, days off, deadline, belief, reviews, gates."""
    rng = random.Random(seed)
    curriculum = atlas.curriculum
    paths = [p.id for p in curriculum.paths.values() if p.targets]
    pool = [*paths, *rng.sample(list(curriculum.topics), min(8, len(curriculum.topics)))]
    wishes = tuple(
        Wish(atlas.target(name), rng.choice([0.5, 1, 2, 5])) for name in rng.sample(pool, rng.randint(1, 3))
    )
    minutes = tuple(rng.choice([0, 20, 45, 60, 90, 150, 240]) for _ in range(7))
    start = MONDAY + timedelta(days=rng.randrange(2000))
    off = frozenset(start + timedelta(days=rng.randrange(200)) for _ in range(rng.randrange(20)))
    deadline = start + timedelta(days=rng.randrange(400)) if rng.random() < 0.5 else None
    nodes = curriculum.graph.nodes
    return Request(
        wishes,
        Availability(minutes if any(minutes) else (30,) * 7, start, deadline, off),
        known=tuple(rng.sample(nodes, rng.randrange(min(20, len(nodes))))),
        belief={s: rng.random() for s in rng.sample(nodes, rng.randrange(min(200, len(nodes))))},
        background=rng.choice([None, *curriculum.backgrounds.values()]),
        review=rng.choice([0, 0, 5, 15, 60]),
        strictness=rng.choice(list(Strictness)),
        pace=PaceBelief(rng.gauss(0, 0.3), 0.04, 5),
        hold={s: start + timedelta(days=rng.randrange(60)) for s in rng.sample(nodes, rng.randrange(3))},
    )
