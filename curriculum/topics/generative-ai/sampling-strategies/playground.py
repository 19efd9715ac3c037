"""Temperature, top-k and top-p on one distribution, with the reference solution."""

from typing import Annotated

import numpy as np

from cairn.playgrounds import Choice, Note, Number, Pieces, Scene, Slider, Table, playground, use

sampling = use("exercises/sampling-strategies-implement/solution.py")

TOKENS = ("mat", "sofa", "floor", "bed", "chair", "rug", "roof", "table", "fence", "lap", "moon", "idea")
SCORES = {
    "sure": (6.0, 2.4, 2.0, 1.6, 1.2, 1.0, 0.4, 0.2, 0.0, -0.4, -1.0, -2.0),
    "torn": (3.0, 2.9, 2.8, 2.6, 2.4, 0.4, 0.2, 0.0, -0.2, -0.4, -1.0, -2.0),
    "flat": (1.2, 1.1, 1.05, 1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6),
}
DRAWS = 24


def bits(p):
    """The entropy in bits."""
    return abs(float((p * np.log2(np.where(p > 0, p, 1))).sum()))


@playground(
    "sampling",
    "Temperature, top-k and top-p",
    "Change how the next token is drawn, and see which tokens remain and how the draws change.",
    after="Statement",
    sources={"paper-nucleus-sampling": "Section 3: nucleus, top-k and temperature"},
)
def sampler(
    scores: Annotated[str, Choice({"sure": "sure", "torn": "torn", "flat": "flat"}, label="the model is")] = "torn",
    temperature: Annotated[float, Slider(0.1, 3, step=0.1)] = 1.0,
    top_k: Annotated[int, Slider(1, 12, label="top-k, 12 keeps all")] = 12,
    top_p: Annotated[float, Slider(0.05, 1, step=0.05, label="top-p, 1 keeps all")] = 0.9,
    seed: Annotated[int, Number(0, 9999)] = 1,
) -> Scene:
    z = np.array(SCORES[scores])
    plain = sampling.sampling_probabilities(z)
    heated = sampling.sampling_probabilities(z, temperature)
    p = sampling.sampling_probabilities(z, temperature, top_k, top_p)
    kept = int((p > 0).sum())
    rng = np.random.default_rng(seed)
    drawn = [TOKENS[sampling.draw(p, u)] for u in rng.random(DRAWS)]
    rows = [
        (t, f"{a:.1f}".replace("-", "−"), f"{b:.3f}", f"{c:.3f}", f"{d:.3f}" if d > 0 else "cut")
        for t, a, b, c, d in zip(TOKENS, z, plain, heated, p)
    ]
    rest = "every token" if kept == len(TOKENS) else f"{kept} of {len(TOKENS)} tokens"
    says = (
        f"{rest[0].upper()}{rest[1:]} can be drawn, “{TOKENS[int(p.argmax())]}” with probability {p.max():.2f}; "
        f"entropy {bits(p):.2f} bits, down from {bits(plain):.2f}."
        if bits(p) < bits(plain) - 1e-9
        else f"{rest[0].upper()}{rest[1:]} can be drawn, “{TOKENS[int(p.argmax())]}” with probability {p.max():.2f}; "
        f"entropy {bits(p):.2f} bits; the plain softmax has {bits(plain):.2f}."
    )
    top = max(p.max(), plain.max())
    return Scene(says, [
        Note("“The cat sat on the …”: the scores of the next token are made up, to show three kinds of distribution."),
        Table(
            "From scores to what is drawn from; bars show the last column, strokes the plain softmax",
            ("token", "score", "softmax", f"at temperature {temperature:g}", "after both cuts"),
            rows, shares=p / top, marks=plain / top,
        ),
        Pieces(f"{DRAWS} draws with seed {seed}", [("drawn", drawn)]),
        Note(
            "The order matters: temperature first, then the k best, then the fewest of these that hold the mass p. "
            "With temperature first, a hot distribution lets more tokens through the same top-p."
        ),
    ])
