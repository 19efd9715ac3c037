"""Four optimisers on five surfaces, with the reference solutions."""

from functools import lru_cache
from typing import Annotated

import numpy as np

from cairn.playgrounds import Choice, Landscape, Line, Note, Plot, Scene, Slider, Table, Tick, Trail, playground, use

MomentumSGD = use("exercises/momentum-sgd-scratch/solution.py").MomentumSGD
RMSProp = use("exercises/write-rmsprop/solution.py").RMSProp
Adam = use("exercises/write-adam/solution.py").Adam

STEPS = 200
REACHED = 1e-3
RATES = 10.0 ** np.linspace(-4, 0.5, 46)
"""The rates among which the best one is sought: ten to each decade."""


class Surface:
    """A function of the plane with its gradient, a start, a frame to draw, and its minima."""

    def __init__(self, name, value, slope, start, frame, minima, least=0.0):
        self.name, self.value, self.slope, self.start = name, value, slope, np.array(start)
        self.frame, self.minima, self.least = frame, minima, least


def bowl(x, y):
    return 0.5 * (x**2 + 40 * y**2)


def bowl_slope(x, y):
    return x, 40 * y


def rosenbrock(x, y):
    return (1 - x) ** 2 + 100 * (y - x**2) ** 2


def rosenbrock_slope(x, y):
    return -2 * (1 - x) - 400 * x * (y - x**2), 200 * (y - x**2)


def beale(x, y):
    return (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2


def beale_slope(x, y):
    a, b, c = 1.5 - x + x * y, 2.25 - x + x * y**2, 2.625 - x + x * y**3
    return (
        2 * (a * (y - 1) + b * (y**2 - 1) + c * (y**3 - 1)),
        2 * x * (a + 2 * b * y + 3 * c * y**2),
    )


def himmelblau(x, y):
    return (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2


def himmelblau_slope(x, y):
    return 4 * x * (x**2 + y - 11) + 2 * (x + y**2 - 7), 2 * (x**2 + y - 11) + 4 * y * (x + y**2 - 7)


def saddle(x, y):
    return 0.5 * x**2 + 0.25 * y**4 - 0.5 * y**2


def saddle_slope(x, y):
    return x, y**3 - y


HIMMELBLAU = ((3, 2), (-2.805118, 3.131312), (-3.779310, -3.283186), (3.584428, -1.848126))
SURFACES = {
    "bowl": Surface("a long valley", bowl, bowl_slope, (-9.0, 1.6), (-10, 4, -3, 3), ((0, 0),)),
    "rosenbrock": Surface("Rosenbrock", rosenbrock, rosenbrock_slope, (-1.4, 1.2), (-2, 2, -1, 2.4), ((1, 1),)),
    "beale": Surface("Beale", beale, beale_slope, (1.0, 1.5), (-0.5, 4.5, -1.5, 2), ((3, 0.5),)),
    "himmelblau": Surface("Himmelblau", himmelblau, himmelblau_slope, (-0.5, -0.2), (-5, 5, -5, 5), HIMMELBLAU),
    "saddle": Surface("a saddle", saddle, saddle_slope, (-1.8, 0.001), (-2, 2, -1.6, 1.6), ((0, 1), (0, -1)), -0.25),
}
LEVELS = 12


def racers(beta):
    """Fresh optimisers by name; gradient descent is momentum that remembers nothing."""
    return {
        "gradient descent": MomentumSGD(beta=0.0),
        "momentum": MomentumSGD(beta=beta),
        "RMSProp": RMSProp(),
        "Adam": Adam(beta1=beta),
    }


def run(surface, optimiser, rates):
    """The paths of one optimiser at several rates at once, of shape (STEPS + 1, rates, 2)."""
    rates = np.asarray(rates, dtype=float)[:, None]
    at = np.tile(surface.start, (len(rates), 1))
    path = [at]
    for _ in range(STEPS):
        slope = np.stack(surface.slope(at[:, 0], at[:, 1]), axis=1)
        at = optimiser.step([at], [slope], rates)[0]
        path.append(at)
    return np.array(path)


@lru_cache(maxsize=64)
def best(name, racer, beta):
    """The rate with the lowest value after all steps, and its path."""
    surface = SURFACES[name]
    paths = run(surface, racers(beta)[racer], RATES)
    last = surface.value(paths[-1, :, 0], paths[-1, :, 1])
    i = int(np.argmin(np.where(np.isfinite(last), last, np.inf)))
    return float(RATES[i]), paths[:, i]


def number(value):
    """Three digits, or words where there is no number."""
    if not np.isfinite(value) or abs(value) > 1e12:
        return "diverged"
    return f"{value:.3g}".replace("-", "−")


@playground(
    "optimiser-race",
    "A race of optimisers",
    "Let four optimisers run from the same start, at one rate for all or each at its own best.",
    after="Statement",
    sources={
        "paper-momentum": "Section 2, momentum", "paper-adam": "Algorithm 1",
        "paper-optimizer-benchmark": "abstract: how well an optimiser does varies greatly across tasks",
    },
)
def race(
    surface: Annotated[str, Choice({k: s.name for k, s in SURFACES.items()})] = "bowl",
    own: Annotated[bool, Tick("each at its own best rate")] = False,
    rate: Annotated[float, Slider(-4, 0.4, step=0.1, power=True, label="learning rate for all")] = -1.6,
    beta: Annotated[float, Slider(0, 0.99, step=0.01, label="momentum β, and Adam's β₁")] = 0.9,
    steps: Annotated[int, Slider(1, STEPS, label="steps taken", plays=True)] = 60,
) -> Scene:
    s = SURFACES[surface]
    rows, trails, lines, values = [], [], [], {}
    for name, optimiser in racers(beta).items():
        used, path = best(surface, name, beta) if own else (rate, run(s, optimiser, [rate])[:, 0])
        with np.errstate(all="ignore"):
            above = s.value(path[:, 0], path[:, 1]) - s.least
        there = np.nonzero(above[: steps + 1] < REACHED)[0]
        gap = min(np.hypot(*(path[steps] - np.array(m))) for m in s.minima)
        values[name] = float(above[steps])
        trails.append(Trail(name, path[: steps + 1, 0], path[: steps + 1, 1]))
        drawn = np.where(np.isfinite(above) & (above < 1e9), np.maximum(above, 1e-12), np.nan)
        lines.append(Line(name, np.arange(steps + 1), drawn[: steps + 1]))
        rows.append((name, f"{used:.2g}", number(above[steps]), number(gap), str(there[0]) if there.size else "–"))
    x0, x1, y0, y1 = s.frame
    xs, ys = np.meshgrid(np.linspace(x0, x1, 61), np.linspace(y0, y1, 41))
    heights = s.value(xs, ys)
    low, high = np.log10(max(heights.min() - s.least, 1e-2)), np.log10(heights.max() - s.least)
    levels = s.least + 10.0 ** np.linspace(max(low, high - 4), high, LEVELS)[:-1]
    ahead = {n: v for n, v in values.items() if np.isfinite(v)}
    winner = min(ahead, key=ahead.get) if ahead else ""
    lost = [n for n, v in values.items() if not np.isfinite(v) or v > 1e6]
    says = (
        f"After {steps} steps {winner} is lowest, {number(ahead[winner])} above the minimum."
        if winner and winner not in lost
        else f"After {steps} steps nobody is near the minimum."
    )
    if lost:
        says += f" {' and '.join([', '.join(lost[:-1]), lost[-1]] if len(lost) > 1 else lost)} diverged: the rate is too high."
    alt = f"Lines of equal height of {s.name}, with the paths of four optimisers from one start; {winner or 'none'} is lowest."
    return Scene(says, [
        Landscape("x", "y", s.frame, heights, levels, trails, alt, best=s.minima[0]),
        Table(
            f"After {steps} steps",
            ("optimiser", "rate", "above the minimum", "distance to one", "below 0.001 from step"),
            rows,
        ),
        Plot("step", "above the minimum", lines, f"The height above the minimum against the step; {winner or 'none'} ends lowest.", log_y=True),
        Note(
            "Two dimensions and exact gradients: the order here says little about your network. Its own best rate is the one "
            f"of {len(RATES)} between {RATES[0]:g} and {RATES[-1]:.1f} that is lowest after {STEPS} steps."
        ),
    ])
